"""Owns what a reader is given of one text of a sheet: its summary card, its sections, its small facts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from commons.vocabularies.queries import entries_of, label_of
from practices.actions.versions import publishable, render_content
from practices.enums import EditorialState, Genre
from practices.fields.display import Shown, day, shown_fields
from practices.fields.table import STEPS, field_of
from practices.models import Sheet, Version

HEAD = ("title", "summary", "kind", "language", "domain", "institution", "authors", "tags", "media", "based_on")
CARD = ("outcome", "evidence", "effort_setup", "effort_running", "cost_setup", "cost_running", "status")
FOOT = ("licence", "confidentiality", "owner_contact")
HEADING = re.compile(r'<h3 id="([^"]+)"[^>]*>(.*?)</h3>', re.DOTALL)
MAX_HEADINGS = 12
UNPUBLISHED = (EditorialState.DRAFT, EditorialState.SUBMITTED)


@dataclass(frozen=True)
class Text:
    """One text of a sheet: a version as it was published, or the working one that only its authors and curators see."""

    content: Mapping[str, Any]
    html: Mapping[str, str]
    house: Mapping[str, Any] = field(default_factory=dict)
    version: Version | None = None


def text_shown(sheet: Sheet) -> Text:
    """Return what the sheet's page shows: the current version, or the working text of what is not published yet."""
    if sheet.version and sheet.editorial_state not in UNPUBLISHED:
        return text_of(sheet.version)
    content = publishable(sheet.content)
    house = sheet.institution
    facts = {"name": house.name, "slug": house.slug, "place": house.place} if house else {}
    return Text(content, render_content(content, prefix="brouillon", language=sheet.language), facts)


def text_of(version: Version) -> Text:
    """Return a version's text."""
    return Text(version.content, version.html, version.house, version)


@dataclass(frozen=True)
class Section:
    """A part of the page with its own title."""

    id: str
    label: str
    fields: list[Shown]


def sections(text: Text) -> list[Section]:
    """Return the long fields grouped as the form groups them; the steps stand by themselves."""
    found: dict[str, Section] = {}
    for one in shown_fields(text.content, text.html, leave=HEAD + CARD + FOOT):
        if one.is_short:
            continue
        step = "steps" if one.shape == "steps" else field_of(one.code).step
        found.setdefault(step, Section(f"partie-{step}", _section_label(text, step, one), [])).fields.append(one)
    return list(found.values())


def _section_label(text: Text, step: str, first: Shown) -> str:
    if step == "steps":
        return str(first.label)
    if step == "story" and text.content["kind"] == Genre.GUIDE:
        return _("Le guide")
    return str(STEPS[step])


def small_facts(text: Text) -> list[dict[str, str]]:
    """Return the short fields as labels and words."""
    short = [one for one in shown_fields(text.content, text.html, leave=HEAD + CARD + FOOT) if one.is_short]
    return [{"label": str(one.label), "value": one.words} for one in short]


def card(sheet: Sheet, text: Text, *, evidence: str = "") -> list[dict[str, str]]:
    """Return the summary card: what it gave, what it took, who did it. What is not known is left out."""
    facts = [_outcome(text, evidence), _effort(text), _cost(text), _trials(sheet), *_house(text), _status(text)]
    return [fact for fact in facts if fact["value"]]


def _outcome(text: Text, evidence: str) -> dict[str, str]:
    code = text.content.get("outcome", "")
    proof = label_of("evidence", evidence or text.content.get("evidence", ""))
    return {"label": _("Résultat"), "value": label_of("outcome", code), "outcome": code, "note": proof}


def _effort(text: Text) -> dict[str, str]:
    running = label_of("effort_band", text.content.get("effort_running", ""))
    note = _("puis %(time)s par mois") % {"time": running.lower()} if running else ""
    return {"label": _("Temps"), "value": label_of("effort_band", text.content.get("effort_setup", "")), "note": note}


def _cost(text: Text) -> dict[str, str]:
    running = label_of("budget_band", (text.content.get("cost_running") or {}).get("band", ""))
    note = _("puis %(amount)s par an") % {"amount": running.lower()} if running else ""
    setup = label_of("budget_band", (text.content.get("cost_setup") or {}).get("band", ""))
    return {"label": _("Budget"), "value": setup, "note": note}


def _trials(sheet: Sheet) -> dict[str, str]:
    count = sheet.trial_count
    if not count:
        return {"label": _("Essais"), "value": ""}
    value = ngettext("%(count)d maison", "%(count)d maisons", count) % {"count": count}
    parts = [
        (sheet.worked_count, ngettext("%(n)d réussi", "%(n)d réussis", sheet.worked_count)),
        (sheet.mixed_count, ngettext("%(n)d mitigé", "%(n)d mitigés", sheet.mixed_count)),
        (sheet.failed_count, ngettext("%(n)d sans succès", "%(n)d sans succès", sheet.failed_count)),
    ]
    return {"label": _("Essais"), "value": value, "note": ", ".join(text % {"n": n} for n, text in parts if n)}


def _house(text: Text) -> list[dict[str, str]]:
    house = text.house
    size = label_of("team_size", house.get("team_size", ""))
    return [
        {"label": _("Maison"), "value": label_of("institution_type", house.get("type", ""))},
        {"label": _("Équipe"), "value": _("%(size)s personnes") % {"size": size} if size else ""},
        {"label": _("Territoire"), "value": label_of("territory", house.get("territory", ""))},
    ]


def _status(text: Text) -> dict[str, str]:
    status = text.content.get("status") or {}
    since = _("depuis le %(day)s") % {"day": day(status["since"])} if status.get("since") else ""
    return {"label": _("État"), "value": label_of("status", status.get("code", "")), "note": since}


def house_url(text: Text) -> str:
    """Return the address of the house's page; empty while there is none."""
    try:
        return reverse("institution", args=[text.house["slug"]])
    except (KeyError, NoReverseMatch):
        return ""


def contents(parts: list[Section], *extra: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the table of contents: the sections with the first headings of their long text, then what follows."""
    found: list[dict[str, Any]] = [
        {"id": part.id, "label": part.label, "children": [h for one in part.fields for h in _headings(one)]}
        for part in parts
    ]
    return found + [{"id": code, "label": label} for code, label in extra]


def _headings(one: Shown) -> list[dict[str, str]]:
    if one.code != "what":
        return []
    return [
        {"id": anchor, "label": unescape(strip_tags(inner)).strip()}
        for anchor, inner in HEADING.findall(one.text)[:MAX_HEADINGS]
    ]


def catalogue_url(**chosen: str) -> str:
    """Return the catalogue's address with one code chosen, if any."""
    return f"{reverse('sheets')}?{urlencode(chosen)}" if chosen else reverse("sheets")


def definition_of(vocabulary: str, code: str) -> str:
    """Return what a code means, in the active language."""
    entry = entries_of(vocabulary).get(code)
    if entry is None:
        return ""
    return entry.definition_en if get_language() == "en" else entry.definition_fr


def domains(text: Text) -> list[dict[str, str]]:
    """Return the text's domains with the address of their sheets."""
    codes = text.content.get("domain", [])
    return [{"label": label_of("practice_domain", code), "url": catalogue_url(domain=code)} for code in codes]


def tags(sheet: Sheet, text: Text) -> list[dict[str, str]]:
    """Return the glossary's terms that the sheet bears; one query where there are any."""
    if not text.content.get("tags"):
        return []
    terms = sheet.tags.order_by("name") if text.version else []
    return [{"label": str(term), "url": url_of(term)} for term in terms] or [
        {"label": label, "url": ""} for label in text.content["tags"]
    ]


def url_of(thing: Any) -> str:
    """Return a thing's own page; empty while there is none."""
    try:
        return str(thing.get_absolute_url())
    except NoReverseMatch:
        return ""


def origin(text: Text) -> dict[str, str]:
    """Return what the sheet is inspired by: an address, and what was changed (HTML)."""
    based_on = text.content.get("based_on") or {}
    url = based_on.get("url", "")
    if pk := based_on.get("sheet"):
        url = reverse("sheet", args=[pk, "fiche"])
    return {"url": url, "changed": text.html.get("based_on.changed", "")} if url or based_on.get("changed") else {}
