"""Writes versions: what readers see, for ever."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import Institution, User
from commons.text.markdown import RENDERER_VERSION, render
from practices.actions.evidence import settle_evidence
from practices.actions.glossary import terms_for
from practices.actions.sheets import copy_columns, locked_sheet, refuse_missing
from practices.enums import Confidentiality, Gate
from practices.fields import markdown_parts
from practices.fields.facets import HOUSE_FACETS
from practices.fields.table import facet_fields
from practices.fields.values import codes_of
from practices.models import FacetValue, Sheet, Version
from practices.signals import SheetChanged, VersionPublished

ATTRIBUTING = ("authors", "owner_contact", "institution", "place", "partners")
HOUSE_FACTS = ("slug", "name", "place", "type", "labels", "disciplines", "team_size", "budget", "territory")
UNNAMED_FACTS = ("type", "team_size")
REVIEW_AFTER = datetime.timedelta(days=365)


@transaction.atomic
def publish_version(*, by: User, sheet: Sheet, reason: str) -> Version:
    """Show readers of a published sheet the working text, as a new version with its reason.

    Refuses (`Conflict`) a sheet that is not published, and a text that is the current version already.
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    if not locked.is_published:
        raise Conflict(_("Cette fiche n’est pas publiée : proposez-la d’abord."), code="not_published")
    return write_version(by=by, sheet=locked, reason=reason)


def write_version(*, by: User | None, sheet: Sheet, reason: str) -> Version:
    """Pass a locked sheet's working text through the publication gate and make it the next version.

    The callers have checked who and when. Refuses (`Conflict`) a text that is the current version already.
    """
    refuse_missing(sheet.content, Gate.PUBLISH)
    if sheet.version and sheet.version.content == publishable(sheet.content):
        raise Conflict(_("Rien n’a changé depuis la dernière version."), code="unchanged")
    return record_version(by=by, sheet=sheet, reason=reason)


def record_version(*, by: User | None, sheet: Sheet, reason: str, house: Mapping[str, Any] | None = None) -> Version:
    """Turn a locked sheet's working text into its next version, whatever it lacks: an import keeps what it has.

    Markdown is rendered here, once. Under the Chatham House rule nothing that attributes is written at all.
    `house` is the house as it was, when a file remembers it; else it is looked up as it is today.
    """
    content = publishable(sheet.content)
    if house is None:
        house = house_snapshot(sheet.content.get("institution"), is_named="institution" in content)
    copy_columns(sheet, content)
    version = Version.objects.create(
        sheet=sheet,
        number=sheet.version.number + 1 if sheet.version else 1,
        content=content,
        html=render_content(content, prefix=f"v{sheet.pk[-6:].lower()}", language=sheet.language),
        renderer=RENDERER_VERSION,
        house=house,
        network_id=sheet.network_id,
        by=by,
        reason=reason.strip()[:300],
    )
    now = timezone.now()
    sheet.version = version
    sheet.published_at = sheet.published_at or now
    sheet.updated_at = sheet.last_activity_at = sheet.confirmed_at = now
    sheet.review_by = timezone.localdate(now + REVIEW_AFTER)
    sheet.save()
    _index_codes(sheet, version)
    settle_evidence(sheet)
    sheet.tags.set(terms_for(content.get("tags", [])))
    publish(VersionPublished(sheet.pk, version.pk, by.pk if by else None))
    publish(SheetChanged(sheet.pk))
    return version


def publishable(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what readers may see of a content."""
    if content.get("confidentiality") != Confidentiality.CHATHAM:
        return dict(content)
    return {code: value for code, value in content.items() if code not in ATTRIBUTING}


def render_content(content: Mapping[str, Any], *, prefix: str, language: str) -> dict[str, str]:
    """Return the HTML of every Markdown text by its path; the few words it adds are in the text's language."""
    with translation.override("en" if language.startswith("en") else "fr"):
        return {
            path: render(source, prefix=f"{prefix}-{path.replace('.', '-')}")
            for path, source in markdown_parts(content)
        }


def house_snapshot(slug: str | None, *, is_named: bool = True) -> dict[str, Any]:
    """Return a house's facts as they are today; of one that must not be named, only what many others share."""
    house = Institution.objects.filter(slug=slug or "").first()
    if house is None:
        return {}
    if not is_named:
        return {fact: getattr(house, fact) for fact in UNNAMED_FACTS}
    return {fact: getattr(house, fact) for fact in HOUSE_FACTS}


def _index_codes(sheet: Sheet, version: Version) -> None:
    codes = {field.code: codes_of(field, version.content) for field in facet_fields()}
    codes |= {facet.code: [version.house[facet.fact]] for facet in HOUSE_FACETS if version.house.get(facet.fact)}
    FacetValue.objects.filter(sheet=sheet).delete()
    FacetValue.objects.bulk_create(
        FacetValue(sheet=sheet, field=field, code=code[:160])
        for field, borne in codes.items()
        for code in dict.fromkeys(borne)
    )


@transaction.atomic
def revert_sheet(*, by: User, sheet: Sheet, version: Version, reason: str = "") -> Version:
    """Publish an earlier version's text again, as a new version; the working text becomes it too."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    if version.sheet_id != locked.pk:
        raise Invalid({"version": [_("Cette version est celle d’une autre fiche.")]})
    if not locked.is_published:
        raise Conflict(_("Cette fiche n’est pas publiée : proposez-la d’abord."), code="not_published")
    locked.revision += 1
    changed = set(locked.content) ^ set(version.content) | {
        c for c in version.content if version.content[c] != locked.content.get(c)
    }
    locked.content = dict(version.content)
    locked.stamps = locked.stamps | dict.fromkeys(changed, locked.revision)
    return write_version(
        by=by, sheet=locked, reason=reason or _("Retour à la version %(number)d") % {"number": version.number}
    )
