"""The floors: what Django costs for the least that can be called an answer, a page of rows, a write."""

from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: TID251 - doors of their own
from django.shortcuts import render  # noqa: TID251 - same
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from practices.models import FacetValue, Sheet

ROWS = 20


def bare_json(_request: HttpRequest) -> JsonResponse:
    """Answer the least that Django can."""
    return JsonResponse({"ok": True})


def twenty_rows(request: HttpRequest) -> HttpResponse:
    """Show twenty sheets with three prefetches, as the first draft of any Django page would."""
    domains = Prefetch("facet_values", FacetValue.objects.filter(field="domain"))
    sheets = Sheet.objects.defer("content", "stamps").prefetch_related("institution", "tagged_terms", domains)
    return render(request, "rows.html", {"sheets": sheets.order_by("-pk")[:ROWS]})


@csrf_exempt
def bare_insert(_request: HttpRequest) -> JsonResponse:
    """Insert a small row and commit."""
    row = Session.objects.create(session_key=uuid4().hex, session_data="x" * 200, expire_date=timezone.now())
    return JsonResponse({"id": row.pk}, status=201)
