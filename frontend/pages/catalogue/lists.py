"""The catalogue's page: the search among sheets alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from frontend.pages.search.asking import Asked
from frontend.pages.search.results import answered


@require_safe
@gzip_page
def sheets(request: HttpRequest) -> HttpResponse:
    """List the published sheets the reader may read, filtered and ordered as the address says."""
    return answered(request, Asked.of(request.GET), "catalogue/list.html", {"section": "sheets"})
