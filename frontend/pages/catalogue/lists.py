"""The catalogue's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from frontend.pages.catalogue import listing
from frontend.pages.catalogue.listing import Wanted
from frontend.sheet_rows import sheet_rows

PARTIAL = "catalogue/_results.html"


@gzip_page
def sheets(request: HttpRequest) -> HttpResponse:
    """List the published sheets the reader may read, filtered and ordered as the address says."""
    wanted = Wanted.of(request.GET)
    is_fragment = "HX-Request" in request.headers
    context = _context(request.user, wanted) | {"is_fragment": is_fragment}
    response = render(request, PARTIAL if is_fragment else "catalogue/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(user: Any, wanted: Wanted) -> dict[str, Any]:
    key = listing.key_of(user, wanted)
    counts = listing.counts_asked(user, wanted, key)
    page = listing.page_asked(user, wanted, key)
    return {
        "section": "sheets",
        "q": wanted.q,
        "wanted": wanted,
        "total": listing.total_of(wanted, counts),
        "tabs": listing.tabs(wanted, counts),
        "facets": listing.shown_facets(wanted, counts),
        "chips": listing.chips(wanted),
        "kinds": wanted.chosen.get(listing.TAB, []),
        "sorts": _sorts(wanted),
        "sheets": sheet_rows(page.sheets),
        "previous_url": wanted.url(before=page.previous) if page.previous else "",
        "next_url": wanted.url(after=page.next) if page.next else "",
        "clear_url": wanted.url(q="", **{code: [] for code in wanted.chosen if code != listing.TAB}),
        "more_url": "" if wanted.is_full else wanted.url(full="1"),
        "less_url": wanted.url(full="") if wanted.is_full else "",
        "is_alone": bool(wanted.chosen or wanted.q or wanted.after or wanted.before),
    }


def _sorts(wanted: Wanted) -> list[dict[str, Any]]:
    names = {"new": _("Les plus récentes"), "tried": _("Les plus essayées"), "useful": _("Les plus utiles")}
    return [
        {"label": label, "url": wanted.url(sort="" if code == "new" else code), "current": code == wanted.sort}
        for code, label in names.items()
    ]
