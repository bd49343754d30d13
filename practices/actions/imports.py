"""Writes the sheets that files bring: created, brought up to date without overwriting anybody, or left alone."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import Institution, Network, User
from commons.permissions import require
from commons.text.markdown import MAX_LENGTH
from practices.actions.editorial import move_sheet
from practices.actions.sheets import DEFAULTS, copy_columns, refuse_missing, refuse_unearned
from practices.actions.uploads import keep_upload
from practices.actions.versions import HOUSE_FACTS, record_version
from practices.enums import EditorialState, Gate, Genre
from practices.fields import fields_for, missing
from practices.fields import types as t
from practices.fields.values import clean_values, without_empty
from practices.models import Authorship, ImportedFile, Sheet, Version
from practices.signals import SheetChanged

KEY_LENGTH = 300
WIDER: dict[str, t.Type] = {"title": t.Text(200), "what": t.Markdown(MAX_LENGTH), "tags": t.Tags(50)}
"""What an import may bring beyond the limits of the form: text is kept whole (docs/adr/0005-long-imports.md)."""
DATED = ("created_at", "published_at", "confirmed_at", "review_by")


class ImportResult(StrEnum):
    """What importing a file did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class IncomingFile:
    """A file that lies beside a sheet's, and the identifier that the sheet names it by.

    `is_ours` when its listing bears its digest: an export wrote it.
    """

    id: str
    path: Path
    name: str
    digest: str
    is_ours: bool = False


@dataclass(frozen=True)
class IncomingSheet:
    """A sheet as a file brings it. Only `content` is cleaned; what an export adds restores what the sheet was."""

    content: Mapping[str, Any]
    digest: str
    source_key: str | None = None
    id: str = ""
    version: int = 1
    state: str = EditorialState.CANDIDATE
    house: Mapping[str, Any] = field(default_factory=dict)
    dates: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[IncomingFile] = ()


@transaction.atomic
def import_sheet(*, by: User | None, incoming: IncomingSheet, network: Network | None = None) -> ImportResult:
    """Publish a file as a candidate, or bring its sheet up to date, or do nothing when the file has not changed.

    `by` is a curator of the network (an administrator without one), or `None` for whoever runs the machine. What the
    publication gate lacks is noted in the decision and asked for at the next change. A field that changed both in
    the file and here is a `Conflict`: nothing is overwritten. A value that cannot be taken is `Invalid`.
    """
    if by is not None:
        require(by, "practices.import_sheet", network)
    content = _clean(incoming.content)
    sheet = _known_sheet(incoming)
    if sheet is None:
        _create(by=by, incoming=incoming, content=content, network=network)
        return ImportResult.CREATED
    return _update(by=by, sheet=sheet, incoming=incoming, content=content)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    values = DEFAULTS | {"language": "fr"} | dict(values)
    genre = str(values.get("kind") or "")
    if genre not in Genre.values:
        raise Invalid({"kind": [_("Ce genre n’existe pas : practice, guide ou need.")]})
    fields = [replace(f, type=WIDER[f.code], limits={}) if f.code in WIDER else f for f in fields_for(genre)]
    content = without_empty(clean_values(values, fields, genre=genre))
    refuse_missing(content, Gate.DRAFT)
    refuse_unearned(content)
    return content


def _known_sheet(incoming: IncomingSheet) -> Sheet | None:
    locked = Sheet.objects.select_for_update(of=("self",))
    found = locked.filter(pk=incoming.id).first() if incoming.id else None
    if found is None and incoming.source_key:
        found = locked.filter(source_key=incoming.source_key[:KEY_LENGTH]).first()
    return found


def _create(*, by: User | None, incoming: IncomingSheet, content: dict[str, Any], network: Network | None) -> None:
    _open_house(content.get("institution"), incoming.house)
    sheet = Sheet(created_by=by, content=content, stamps=dict.fromkeys(content, 1), network=network)
    if incoming.id:
        sheet.pk = incoming.id
    sheet.source_key = incoming.source_key[:KEY_LENGTH] if incoming.source_key else None
    copy_columns(sheet, content)
    sheet.save(force_insert=True)
    if by is not None:
        Authorship.objects.create(sheet=sheet, user=by, is_credited=False)
    version = record_version(by=by, sheet=sheet, reason=_("Import"), house=incoming.house or None)
    move_sheet(by=by, sheet=sheet, state=EditorialState(incoming.state), reason=_reason(content))
    _restore(sheet, version, incoming)
    _remember(sheet, incoming, content)
    _keep_files(by=by, sheet=sheet, files=incoming.files)


def _keep_files(*, by: User | None, sheet: Sheet, files: Sequence[IncomingFile]) -> None:
    """Keep what lies beside the sheet's file; last, so that little can fail once bytes are written."""
    for file in files:
        with file.path.open("rb") as held:
            keep_upload(by=by, sheet=sheet, file=File(held, name=file.name), pk=file.id, is_drawn=file.is_ours)


def _reason(content: Mapping[str, Any]) -> str:
    lacking = missing(content, Gate.PUBLISH)
    if not lacking:
        return _("Import")
    return _("Import. À compléter : %(fields)s.") % {"fields": ", ".join(str(f.label) for f in lacking)}


def _open_house(slug: str | None, facts: Mapping[str, Any]) -> None:
    """Make the house that a file names and describes, when there is none of that address here."""
    if not slug or Institution.objects.filter(slug=slug).exists():
        return
    if facts.get("slug") != slug or not facts.get("name"):
        raise Invalid({"institution": [_("Cette structure n’existe pas.")]})
    Institution.objects.create(**{fact: facts[fact] for fact in HOUSE_FACTS if fact in facts})


def _restore(sheet: Sheet, version: Version, incoming: IncomingSheet) -> None:
    """Give a new sheet the number and the dates its file remembers; none of them lies in the future."""
    now = timezone.now()
    dates = {name: value for name, value in incoming.dates.items() if name in DATED and value}
    for name, value in dates.items():
        is_future = isinstance(value, datetime.datetime) and value > now
        setattr(sheet, name, now if is_future else value)
    written = incoming.dates.get("updated_at") or incoming.dates.get("published_at") or now
    sheet.updated_at = sheet.last_activity_at = version.created_at = min(written, now)
    version.number = incoming.version
    version.save(update_fields=["number", "created_at"])
    sheet.save()


def _remember(sheet: Sheet, incoming: IncomingSheet, content: Mapping[str, Any]) -> None:
    facts = {"digest": incoming.digest, "content": content, "imported_at": timezone.now()}
    ImportedFile.objects.update_or_create(sheet=sheet, defaults=facts)


def _update(*, by: User | None, sheet: Sheet, incoming: IncomingSheet, content: dict[str, Any]) -> ImportResult:
    known = ImportedFile.objects.filter(sheet=sheet).first()
    if known is not None and known.digest == incoming.digest:
        return ImportResult.UNCHANGED
    if sheet.version is None:
        raise Conflict(_("Cette fiche est ici un brouillon : ses auteur·rices l’écrivent."), code="draft")
    base = known.content if known else _base(sheet, incoming)
    if not incoming.content.get("licence") and base.get("licence"):
        content["licence"] = base["licence"]  # a file that states none says nothing against the one it came under
    merged = _merged(sheet, base, content)
    _keep_files(by=by, sheet=sheet, files=incoming.files)
    _remember(sheet, incoming, content)
    if merged == sheet.content:
        return ImportResult.UNCHANGED
    _open_house(merged.get("institution"), incoming.house)
    changed = {code for code in merged.keys() | sheet.content.keys() if merged.get(code) != sheet.content.get(code)}
    sheet.revision += 1
    sheet.stamps = sheet.stamps | dict.fromkeys(changed, sheet.revision)
    sheet.content = merged
    if sheet.is_published:
        record_version(by=by, sheet=sheet, reason=_("Import"), house=incoming.house or None)
    else:
        sheet.updated_at = timezone.now()
        sheet.save()
        publish(SheetChanged(sheet.pk))
    return ImportResult.UPDATED


def _base(sheet: Sheet, incoming: IncomingSheet) -> dict[str, Any]:
    """Return what the file was written from, as far as is known: the version it names, else the text as it is."""
    named = sheet.versions.filter(number=incoming.version).first() if incoming.id else None
    return dict(named.content if named else sheet.content)


def _merged(sheet: Sheet, base: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the working text with what the file changed since `base`, field by field."""
    here = sheet.content
    changed = {code for code in base.keys() | content.keys() if content.get(code) != base.get(code)}
    theirs = {c: here.get(c) for c in changed if here.get(c) not in (base.get(c), content.get(c))}
    if theirs:
        names = ", ".join(sorted(theirs))
        message = _("Le fichier et la fiche ont changé tous les deux : %(names)s.") % {"names": names}
        raise Conflict(message, theirs=theirs, revision=sheet.revision)
    return without_empty({**here, **{code: content.get(code) for code in changed}})
