"""The sheet's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from frontend.kept_pages import kept_for_visitors
from frontend.pages.catalogue import births, citing, echoes, gallery, listing, reading
from frontend.pages.catalogue.reading import Text
from frontend.sheet_rows import sheet_rows
from practices.actions.versions import publishable
from practices.enums import EditorialState, Genre
from practices.exchange.jsonld import json_in_page, sheet_node
from practices.models import Sheet
from practices.queries import collections_holding, sheets_visible_to

ACTIONS = ("change_sheet", "propose_change", "add_trial", "rate_sheet", "support_sheet", "decide_sheet")


@kept_for_visitors("sheets", "births", "workshops")
def sheet(request: HttpRequest, pk: str, slug: str) -> HttpResponseBase:
    """Show a sheet; a slug that is not the current one redirects to it."""
    visible = sheets_visible_to(request.user).select_related("version", "institution", "network")
    readable = births.with_births(visible)
    if request.user.is_authenticated:
        readable = readable.prefetch_related("authorships")
    found = get_object_or_404(readable, pk=pk)
    return redirect(found) if slug != found.slug else _page(request, found)


def _page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    return render(request, "catalogue/sheet.html", _context(request.user, sheet))


def _context(user: Any, sheet: Sheet) -> dict[str, Any]:
    text = reading.text_shown(sheet)
    mine = user.institution if user.is_authenticated else None
    context = text_context(sheet, text)
    birth = births.birth_of(sheet, user)
    return context | {
        "birth": birth,
        "origin": births.less_birth(context["origin"], birth),
        "trials": echoes.trials_shown(user, sheet, mine) if sheet.trial_count else [],
        "opinions": echoes.opinions(sheet, mine),
        "related": sheet_rows(listing.nearest(user, sheet), is_brief=True),
        "collections": list(collections_holding(user, sheet)),
        "can": permissions_on(user, sheet),
        "banner": _banner(sheet),
        "structured_data": _structured_data(sheet, text),
        "has_unpublished": text.version is not None
        and user.has_perm("practices.change_sheet", sheet)
        and _is_ahead(sheet),
    }


def text_context(sheet: Sheet, text: Text) -> dict[str, Any]:
    """Return what the page of a sheet and the page of one of its versions both show."""
    parts = reading.sections(text)
    return {
        "section": "sheets",
        "sheet": sheet,
        "text": text,
        "kind_label": Genre(text.content["kind"]).label,
        "is_need": text.content["kind"] == Genre.NEED,
        "facts": reading.card(sheet, text, evidence=sheet.evidence),
        "parts": parts,
        "small_facts": reading.small_facts(text),
        "house_url": reading.house_url(text),
        "domains": reading.domains(text),
        "tags": reading.tags(sheet, text),
        "origin": reading.origin(text),
        "birth": None,
        "media": gallery.media_shown(sheet, text),
        "contents": reading.contents(parts, *_after(sheet, text)),
        "citation": citing.citation_of(text),
        "crumbs": crumbs(sheet),
    }


def _structured_data(sheet: Sheet, text: Text) -> str:
    """Return what search engines read, less the long text, which is on the page; a draft says nothing to them."""
    if text.version is None:
        return ""
    node = sheet_node(sheet)
    return json_in_page({name: value for name, value in node.items() if name != "text"})


def _after(sheet: Sheet, text: Text) -> list[tuple[str, str]]:
    trials = [("essais", _("Essayé chez nous"))] if sheet.trial_count else []
    return trials + ([("citer", _("Citer et reprendre"))] if text.version else [])


def crumbs(sheet: Sheet, *more: dict[str, str]) -> list[dict[str, str]]:
    """Return the way to a sheet, or to a page below it."""
    way = [{"label": _("Fiches"), "url": reading.catalogue_url()}]
    return (
        [*way, {"label": sheet.title, "url": sheet.get_absolute_url()}, *more]
        if more
        else [*way, {"label": sheet.title}]
    )


def permissions_on(user: Any, sheet: Sheet) -> dict[str, bool]:
    """Return what the person may do to the sheet; nothing, without a question, for a visitor."""
    if not user.is_authenticated:
        return {}
    allowed = {name: user.has_perm(f"practices.{name}", sheet) for name in ACTIONS}
    return allowed if any(allowed.values()) else {}


def _banner(sheet: Sheet) -> dict[str, Any] | None:
    """Return what readers must know of the sheet's state, and the last word said about it; nothing once adopted."""
    if sheet.editorial_state == EditorialState.ADOPTED:
        return None
    last = sheet.decisions.order_by("-pk").first()
    return {
        "code": sheet.editorial_state,
        "label": sheet.get_editorial_state_display(),
        "text": reading.definition_of("editorial_state", sheet.editorial_state),
        "reason": last.reason if last and last.to_state == sheet.editorial_state else "",
    }


def _is_ahead(sheet: Sheet) -> bool:
    return sheet.version is not None and sheet.version.content != publishable(sheet.content)
