"""Addresses of the search."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.search import results

urlpatterns = [
    path(_("recherche/"), results.search, name="search"),
    path(_("recherche/suggestions/"), results.suggestions, name="suggestions"),
]
