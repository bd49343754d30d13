"""The addresses of pages; French words, translated for English (French is the source)."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path("", include("frontend.pages.home.urls")),
    path(_("compte/"), include("allauth.urls")),
]
