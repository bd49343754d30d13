"""What probes and monitors read: is it up, can it serve, how much."""

import hmac
import ipaddress

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when pages can be served: the process runs and the database answers; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when traffic may come: the database answers and every migration is applied; 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"database": False, "migrations": False}, status=503)
    return JsonResponse({"database": True, "migrations": is_migrated}, status=200 if is_migrated else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its figures: to this machine, or to who bears `METRICS_TOKEN`; hidden from everybody else."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    is_token_right = bool(settings.METRICS_TOKEN) and hmac.compare_digest(bearer, settings.METRICS_TOKEN)
    if not (is_token_right or _is_local(request)):
        raise Http404
    return ExportToDjangoView(request)  # type: ignore[no-any-return]


def _is_local(request: HttpRequest) -> bool:
    """Tell whether the request comes from this machine itself, not through a proxy on it."""
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not is_forwarded and ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback
