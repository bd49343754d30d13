"""Cuts a list into pages and says where the previous and the next one are."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 30


def page_of(
    request: HttpRequest, rows: QuerySet[Any], *, per_page: int = PER_PAGE, total: int | None = None
) -> dict[str, Any]:
    """Return one page's rows, the total, and the addresses around it; a page out of range is the nearest one.

    Who knows the total already says so: it is not counted again.
    """
    pages = Paginator(rows, per_page)
    if total is not None:
        pages.count = total
    page = pages.get_page(request.GET.get("page"))
    return {
        "rows": list(page.object_list),
        "total": page.paginator.count,
        "previous_url": _url(request, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _url(request, page.next_page_number()) if page.has_next() else "",
    }


def _url(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
