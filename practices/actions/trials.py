"""Writes trials: "essayé chez nous"."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Invalid
from commons.people.models import User
from commons.permissions import require
from commons.text.markdown import render
from practices.actions.drafts import TRIAL, correction_of, forget_draft
from practices.actions.evidence import settle_evidence
from practices.actions.sheets import locked_sheet
from practices.actions.versions import house_snapshot, render_content
from practices.enums import Adaptation, Outcome
from practices.fields.table import trial_fields
from practices.fields.values import clean_values, without_empty
from practices.models import Sheet, Trial
from practices.signals import SheetChanged, TrialAdded

TEN = 10
CHANGED_LIMIT = 1500


@transaction.atomic
def add_trial(
    *,
    by: User,
    sheet: Sheet,
    adaptation: str,
    outcome: str,
    recommend: int,
    changed: str = "",
    parent: Trial | None = None,
    values: Mapping[str, Any] | None = None,
) -> Trial:
    """Report that the person's house tried the sheet, or adapted another house's trial of it (`parent`).

    The house's facts are kept as they are today; so is whom the sheet is open to: the report goes no further when the
    sheet does. Three independent houses for which it worked earn the sheet
    `strong` evidence; nobody can type that in. Raises `Invalid` without a house, or with a parent of another sheet.
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.add_trial")
    if by.institution is None:
        raise Invalid({"institution": [_("Indiquez d’abord votre structure dans votre profil.")]}, code="no_house")
    if parent is not None and (parent.sheet_id != locked.pk or not by.has_perm("practices.view_trial", parent)):
        raise Invalid({"parent": [_("Cet essai porte sur une autre fiche.")]})
    facts = _clean(adaptation=adaptation, outcome=outcome, recommend=recommend, changed=changed, values=values or {})
    house = house_snapshot(by.institution.slug)
    trial = Trial(sheet=locked, by=by, institution=by.institution, house=house, parent=parent)
    _write(trial, locked, facts)
    forget_draft(by=by, sheet=locked, form=TRIAL)
    publish(TrialAdded(trial.pk, locked.pk, by.pk))
    return trial


@transaction.atomic
def change_trial(
    *,
    by: User,
    trial: Trial,
    adaptation: str,
    outcome: str,
    recommend: int,
    changed: str = "",
    values: Mapping[str, Any] | None = None,
) -> Trial:
    """Correct one's own report, as the trial goes on; it is then open to the sheet's readers as they are today."""
    require(by, "practices.change_trial", trial, see="practices.view_trial")
    locked = Sheet.objects.select_for_update(of=("self",)).get(pk=trial.sheet_id)
    facts = _clean(adaptation=adaptation, outcome=outcome, recommend=recommend, changed=changed, values=values or {})
    _write(trial, locked, facts)
    forget_draft(by=by, sheet=locked, form=correction_of(trial.pk))
    return trial


def _clean(*, adaptation: str, outcome: str, recommend: int, changed: str, values: Mapping[str, Any]) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    if adaptation not in Adaptation.values:
        errors["adaptation"] = [_("Choisissez dans la liste.")]
    if outcome not in Outcome.values:
        errors["outcome"] = [_("Choisissez dans la liste.")]
    if isinstance(recommend, bool) or not isinstance(recommend, int) or not 0 <= recommend <= TEN:
        errors["recommend"] = [_("Un nombre de 0 à 10 est attendu.")]
    if len(changed) > CHANGED_LIMIT:
        errors["changed"] = [_("1 500 caractères au plus.")]
    if adaptation == Adaptation.ADAPTED and not changed.strip():
        errors["changed"] = [_("Dites ce que vous avez changé.")]
    if errors:
        raise Invalid(errors)
    own = [field for field in trial_fields() if field.code != "outcome"]
    content = without_empty(clean_values(values, own))
    return {
        "adaptation": adaptation,
        "outcome": outcome,
        "recommend": recommend,
        "changed": changed.strip(),
        "content": content,
    }


def _write(trial: Trial, sheet: Sheet, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(trial, name, value)
    trial.confidentiality, trial.network_id = sheet.confidentiality, sheet.network_id
    trial.updated_at = timezone.now()
    trial.save()
    trial.changed_html = render(trial.changed, prefix=f"t{trial.pk}")
    trial.html = render_content(trial.content, prefix=f"t{trial.pk}", language=sheet.language)
    trial.save(update_fields=["changed_html", "html"])
    count_trials(sheet)
    publish(SheetChanged(sheet.pk))


def count_trials(sheet: Sheet) -> None:
    """Recount a locked sheet's trials by outcome, and the evidence they earn."""
    counts = sheet.trials.aggregate(
        all=Count("pk"),
        **{o: Count("pk", filter=Q(outcome=o)) for o in (Outcome.WORKED, Outcome.MIXED, Outcome.FAILED)},
    )
    sheet.trial_count = counts["all"]
    sheet.worked_count, sheet.mixed_count, sheet.failed_count = counts["worked"], counts["mixed"], counts["failed"]
    sheet.last_activity_at = timezone.now()
    sheet.save()
    settle_evidence(sheet)
