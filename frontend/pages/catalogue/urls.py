"""Addresses of the catalogue. The sheet's own comes last of all: its readable end would match any word."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.catalogue import lists, sheets, versions

urlpatterns = [
    path(_("fiches/"), lists.sheets, name="sheets"),
    path(_("fiches/<str:pk>/versions/"), versions.versions, name="versions"),
    path(_("fiches/<str:pk>/versions/<int:number>/"), versions.version, name="version"),
    path(_("fiches/<str:pk>/versions/<int:number>/changements/"), versions.changes, name="version_changes"),
    path(_("fiches/<str:pk>/versions/<int:number>/retour/"), versions.revert, name="version_revert"),
    path(_("fiches/<str:pk>/<slug:slug>/"), sheets.sheet, name="sheet"),
]
