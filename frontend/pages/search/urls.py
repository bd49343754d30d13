"""Addresses of the search."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.search import results, saved, wanted

urlpatterns = [
    path(_("recherche/"), results.search, name="search"),
    path(_("recherche/suggestions/"), results.suggestions, name="suggestions"),
    path(_("recherche/garder/"), saved.save, name="search_save"),
    path(_("profil/recherches/"), saved.saved_searches, name="saved_searches"),
    path(_("profil/recherches/<int:pk>/"), saved.saved_search, name="saved_search"),
    path(_("profil/recherches/<int:pk>/nommer/"), saved.rename, name="saved_search_rename"),
    path(_("profil/recherches/<int:pk>/retirer/"), saved.remove, name="saved_search_remove"),
    path(_("fiches-recherchees/"), wanted.wanted_sheets, name="wanted_sheets"),
    path(_("fiches-recherchees/noter/"), wanted.note, name="wanted_sheet_note"),
    path(_("fiches-recherchees/<int:pk>/retirer/"), wanted.remove, name="wanted_sheet_remove"),
]
