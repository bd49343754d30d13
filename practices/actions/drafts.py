"""Writes what a person has begun to say of a sheet and not sent: a trial, a proposal."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.people.models import User
from commons.permissions import require
from practices.models import Draft, Sheet

PROPOSAL, TRIAL = "proposal", "trial"
MOST = 200_000  # characters: several times the fullest form


def correction_of(trial_id: int) -> str:
    """Return the name of the form that corrects a trial."""
    return f"{TRIAL}.{trial_id}"


@transaction.atomic
def save_draft(*, by: User, sheet: Sheet, form: str, text: str) -> Draft | None:
    """Keep what the person is writing in a form about a sheet they may read; an empty text is no draft.

    `text` is the form as a browser sends it: nobody but its author ever reads it. Sending the form throws it away.
    """
    require(by, "practices.keep_draft", sheet, see="practices.view_sheet")
    if len(text) > MOST:
        raise Invalid({"": [_("Ce texte est trop long pour être gardé.")]})
    if not text:
        forget_draft(by=by, sheet=sheet, form=form)
        return None
    draft, _is_new = Draft.objects.update_or_create(
        user=by, sheet=sheet, form=form, defaults={"text": text.replace("\x00", ""), "updated_at": timezone.now()}
    )
    return draft


def forget_draft(*, by: User, sheet: Sheet, form: str) -> None:
    """Throw a draft away: its text was sent, or its author wants it no more."""
    Draft.objects.filter(user=by, sheet=sheet, form=form).delete()
