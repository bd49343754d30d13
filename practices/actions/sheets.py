"""Writes what authors are writing: creation, autosave."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import Institution, User
from commons.permissions import require
from practices.actions.evidence import STRONG
from practices.enums import Gate
from practices.fields import changed_values, clean_content, field_of, missing
from practices.fields.types import nest
from practices.fields.values import without_empty
from practices.models import Authorship, Sheet
from practices.signals import SheetChanged

COLUMNS = ("title", "summary", "kind", "language", "outcome", "evidence", "licence", "confidentiality", "effort_setup")
DEFAULTS = {"confidentiality": "public", "licence": "CC-BY-SA-4.0"}


@transaction.atomic
def create_sheet(*, by: User, values: Mapping[str, Any]) -> Sheet:
    """Open a draft that only its author sees. `kind` and `title` are needed; `language` is French unless given.

    The author's name (when they agreed to be credited), house and the default licence are filled in.
    Raises `Invalid` when a value is wrong or the draft gate's fields are missing.
    """
    require(by, "practices.add_sheet")
    content = _opening(by) | {"language": by.language} | dict(values)
    genre = _genre(content.get("kind"))
    content = {code: v for code, v in content.items() if code in values or _has(code, genre)}
    content = without_empty(clean_content(content, genre=genre))
    refuse_missing(content, Gate.DRAFT)
    _check(content)
    sheet = Sheet(created_by=by, content=content, stamps=dict.fromkeys(content, 1))
    copy_columns(sheet, content)
    sheet.save(force_insert=True)
    Authorship.objects.create(sheet=sheet, user=by, is_credited=by.is_credited)
    return sheet


def _genre(value: Any) -> str:
    try:
        genre = str(field_of("kind").type.clean(value))
    except Invalid as error:
        raise Invalid(nest("kind", error)) from error
    if not genre:
        raise Invalid({"kind": [_("À remplir.")]}, code="incomplete")
    return genre


def _opening(by: User) -> dict[str, Any]:
    opening: dict[str, Any] = dict(DEFAULTS)
    if by.is_credited:
        opening["authors"] = [{"name": by.public_name}]
        opening["owner_contact"] = {"name": by.public_name}
    if by.institution:
        opening["institution"] = by.institution.slug
    return opening


def _has(code: str, genre: str) -> bool:
    return genre in field_of(code).genres


@transaction.atomic
def save_sheet(
    *, by: User, sheet: Sheet, values: Mapping[str, Any], revision: int, bases: Mapping[str, int] | None = None
) -> Sheet:
    """Save some fields of the working text, as autosave does: readers of a published sheet see nothing yet.

    `revision` is the one the editor started from; `bases` names an earlier one for the fields that collided and are
    not settled yet. A field that somebody else changed since, to another value, is a `Conflict` that carries their
    values; nothing of either text is overwritten. Saving what is there already
    changes nothing, even where an import brought more than the limits allow. A draft may be saved with any field
    empty but its title, genre and language.
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    genre = _genre(values.get("kind", locked.content["kind"]))
    changed = changed_values(values, locked.content, genre=genre)
    bases = bases or {}
    theirs = {c: locked.content.get(c) for c in changed if locked.stamps.get(c, 0) > bases.get(c, revision)}
    if theirs:
        raise Conflict(theirs=theirs, revision=locked.revision)
    if not changed:
        return locked
    content = without_empty({c: v for c, v in (locked.content | changed).items() if _has(c, genre)})
    refuse_missing(content, Gate.DRAFT)
    _check(changed)
    locked.revision += 1
    locked.content = content
    locked.stamps = locked.stamps | dict.fromkeys(changed, locked.revision)
    locked.updated_at = timezone.now()
    if not locked.is_published:
        copy_columns(locked, content)
    locked.save()
    publish(SheetChanged(locked.pk))
    return locked


def locked_sheet(*, by: User, sheet: Sheet, permission: str) -> Sheet:
    """Return the sheet as it is now, locked until the transaction ends, to a person who may do this to it."""
    locked = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    require(by, permission, locked, see="practices.view_sheet")
    return locked


def refuse_missing(content: Mapping[str, Any], gate: Gate) -> None:
    """Raise `Invalid` naming every field the content lacks for the gate."""
    if lacking := missing(content, gate):
        raise Invalid(
            {field.code: [_("À remplir.")] for field in lacking},
            _("Il manque encore : %(fields)s.") % {"fields": ", ".join(str(f.label) for f in lacking)},
            code="incomplete",
        )


def _check(content: Mapping[str, Any]) -> None:
    """Refuse a house that does not exist, and evidence that only trials can give."""
    refuse_unearned(content)
    slug = content.get("institution")
    if slug and not Institution.objects.filter(slug=slug).exists():
        raise Invalid({"institution": [_("Cette structure n’existe pas.")]})


def refuse_unearned(content: Mapping[str, Any]) -> None:
    """Refuse evidence that only trials can give."""
    if content.get("evidence") == STRONG:
        raise Invalid({"evidence": [_("Ce niveau se gagne : trois maisons doivent l’avoir essayé avec succès.")]})


def copy_columns(sheet: Sheet, content: Mapping[str, Any]) -> None:
    """Repeat in the sheet's columns what lists and filters need of a content."""
    for code in COLUMNS:
        setattr(sheet, code, content.get(code) or DEFAULTS.get(code, ""))
    sheet.status = (content.get("status") or {}).get("code", "")
    sheet.cost_setup = (content.get("cost_setup") or {}).get("band", "")
    sheet.institution = Institution.objects.filter(slug=content.get("institution") or "").first()
