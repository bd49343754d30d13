"""The pages of one's saved searches: keeping one from its results, finding it again, its news, its name, its end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commons.errors import CommonsError
from commons.notices.actions import read_subject
from commons.search.actions import remove_saved_search, rename_saved_search, save_search, see_saved_search
from commons.search.engines.protocol import EngineDownError
from commons.search.models import SavedSearch
from commons.search.queries import saved_searches_of
from frontend.pages.search.answering import search_for
from frontend.pages.search.asking import Asked
from frontend.pages.search.scopes import CATALOGUE, EVERYTHING, TAB
from frontend.pages.search.showing import chips, kind_label
from frontend.signed_in import person_of
from practices.alerts import subject_of
from practices.queries import newest_found, news_dates


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search whose results the person is looking at; the catalogue's becomes a search among sheets."""
    scope = CATALOGUE if request.POST.get("view") == CATALOGUE.view else EVERYTHING
    asked = Asked.of(QueryDict(request.POST.get("address", "")), scope)
    search = search_for(asked)
    filters = {**search.filters, TAB: search.kinds}
    try:
        saved = save_search(by=request.user, name=request.POST.get("name", ""), text=asked.q, filters=filters)
    except CommonsError as error:
        messages.error(request, _("Cette recherche n’a pas été gardée : %(why)s") % {"why": error.message})
        return redirect(asked.url())
    messages.success(request, _("La recherche « %(name)s » est gardée.") % {"name": saved.name})
    return redirect("saved_searches")


@require_safe
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """List one's saved searches, newest first, and how many sheets are new in each since one looked."""
    saved = list(saved_searches_of(request.user))
    news = _news(request.user, saved)
    rows = [{"saved": one, "parts": _parts(one), "news": news.get(one.pk, 0)} for one in saved]
    return render(request, "search/saved.html", {"rows": rows})


@require_safe
@login_required
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the results, and note that the person has looked."""
    saved = see_saved_search(by=request.user, saved=_own(request, pk))
    read_subject(by=person_of(request), subject=subject_of(saved.pk))
    return redirect(asked_by(saved).url())


@require_POST
@login_required
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a saved search otherwise."""
    try:
        saved = rename_saved_search(by=request.user, saved=_own(request, pk), name=request.POST.get("name", ""))
    except CommonsError:
        messages.error(request, _("Il lui faut un nom."))
    else:
        messages.success(request, _("La recherche s’appelle « %(name)s ».") % {"name": saved.name})
    return redirect("saved_searches")


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved search."""
    remove_saved_search(by=request.user, saved=_own(request, pk))
    read_subject(by=person_of(request), subject=subject_of(pk))
    messages.success(request, _("Cette recherche n’est plus gardée."))
    return redirect("saved_searches")


def asked_by(saved: SavedSearch) -> Asked:
    """Return what a saved search asks for, as if its address had been typed."""
    address = QueryDict(mutable=True)
    address["q"] = saved.text
    for name, codes in saved.filters.items():
        address.setlist(name, codes)
    return Asked.of(address, EVERYTHING)


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(saved_searches_of(request.user), pk=pk)


def _parts(saved: SavedSearch) -> list[str]:
    asked = asked_by(saved)
    return [kind_label(kind) for kind in asked.chosen.get(TAB, [])] + [chip["label"] for chip in chips(asked)]


def _news(user: Any, saved: list[SavedSearch]) -> dict[int, int]:
    """Count the sheets that came into each search since it was last looked at; none when the engine is down."""
    try:
        found = {one.pk: newest_found(user, one) for one in saved}
    except EngineDownError:
        return {}
    dates = news_dates(user, {pk for pks in found.values() for pk in pks})
    seen = {one.pk: one.seen_at for one in saved}
    return {key: sum(1 for pk in pks if pk in dates and dates[pk] > seen[key]) for key, pks in found.items()}
