"""The pages that answer a search: everything, and the suggestions under the box; what they share with the catalogue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from commons.search.actions import note_wanted_text
from commons.search.engines.protocol import EngineDownError
from commons.search.finding import suggest
from frontend.pages.search import showing
from frontend.pages.search.answering import Answer, answer, marked_rows
from frontend.pages.search.asking import MAX_TEXT, Asked
from frontend.pages.search.scopes import EVERYTHING, TAB

FRAGMENT = "search/_answer.html"


@require_safe
@gzip_page
def search(request: HttpRequest) -> HttpResponse:
    """Answer with things of every kind that the reader may read; whole, or the part that a change brings back."""
    return answered(request, Asked.of(request.GET, EVERYTHING), "search/search.html", {})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Offer the best few for what is typed so far; nothing when the engine is down, since the box works without."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_TEXT]
    try:
        rows = marked_rows(suggest(request.user, text)) if text else []
    except EngineDownError:
        rows = []
    return render(
        request, "search/_suggestions.html", {"rows": rows, "text": text, "url": Asked(scope=EVERYTHING, q=text).url()}
    )


def answered(request: HttpRequest, asked: Asked, page: str, more: dict[str, Any]) -> HttpResponse:
    """Return the page of an answer, or only its part below the box when a script asks.

    Words asked of everything in vain, on a whole page and without filters, are counted: nothing says by whom.
    """
    is_fragment = "HX-Request" in request.headers
    found = answer(request.user, asked)
    is_vain = not (found.total or found.is_down or asked.chosen) and asked.is_first_page and bool(asked.q)
    if is_vain and not is_fragment:
        note_wanted_text(text=asked.q)
    context = context_of(asked, found) | more
    context |= {
        "is_fold_open": request.headers.get("HX-Source", "").startswith("form"),
        "is_noted": is_vain and not is_fragment,
    }
    response = render(request, FRAGMENT if is_fragment else page, context)
    patch_vary_headers(response, ["HX-Request", "HX-Source"])
    return response


def context_of(asked: Asked, found: Answer) -> dict[str, Any]:
    """Return what the templates of an answer need."""
    return {
        "asked": asked,
        "q": asked.q,
        "answer": found,
        "total": found.total,
        "rows": found.rows,
        "kinds": asked.chosen.get(TAB, []),
        "tabs": showing.tabs(asked, found.counts),
        "facets": showing.shown_facets(asked, found.counts),
        "chips": showing.chips(asked),
        "orders": showing.orders(asked),
        "previous_url": found.previous_url,
        "next_url": found.next_url,
        "clear_url": asked.cleared(),
        "more_url": "" if asked.is_full else asked.url(full="1"),
        "less_url": asked.url(full="") if asked.is_full else "",
        "spelt_url": asked.url(q=found.did_you_mean) if found.did_you_mean else "",
        "address": asked.url().partition("?")[2],
        "is_alone": bool(asked.chosen or asked.q or not asked.is_first_page),
    }
