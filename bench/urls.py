"""The site's addresses, and the floor's."""

from django.http import HttpRequest, JsonResponse  # noqa: TID251 - a door of its own
from django.urls import path

from commons import urls


def floor(_request: HttpRequest) -> JsonResponse:
    """Answer the least that Django can: what a page costs above this is ours."""
    return JsonResponse({"ok": True})


urlpatterns = [path("bench/floor/", floor), *urls.urlpatterns]
