"""The catalogue's page: the search among sheets alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend.kept_pages import kept_for_visitors
from frontend.pages.search.asking import Asked
from frontend.pages.search.results import answered


def _version(request: HttpRequest) -> str | None:
    """Keep no answer to words: the index follows the database by some moments."""
    return None if request.GET.get("q") else ""


@require_safe
@kept_for_visitors("sheets", version=_version)
def sheets(request: HttpRequest) -> HttpResponse:
    """List the published sheets the reader may read, filtered and ordered as the address says."""
    return answered(request, Asked.of(request.GET), "catalogue/list.html", {"section": "sheets"})
