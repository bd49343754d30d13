"""The addresses of the API."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from frontend.errors import no_such_address

urlpatterns = [
    path("v1/", include("forum.api.urls")),  # first: addresses are tried in turn, and posts are what many write at once
    path("v1/", include("commons.people.api.urls")),
    path("v1/", include("commons.moderation.api.urls")),
    path("v1/", include("commons.notices.api.urls")),
    path("v1/", include("commons.vocabularies.api.urls")),
    path("v1/", include("commons.search.api.urls")),
    path("v1/", include("practices.api.urls")),
    path("v1/", include("events.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    re_path("", no_such_address),
]
