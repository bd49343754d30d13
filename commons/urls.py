"""Every address of the site: the API outside of languages, pages in French at the root and in English below /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("frontend.pages.operations.urls")),
    path("api/", include("frontend.api_urls")),
    *i18n_patterns(path("", include("frontend.urls")), prefix_default_language=False),
]
