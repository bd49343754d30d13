"""Addresses of the catalogue. The sheet's own comes last: its readable end would match any word."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.catalogue import exports, feeds, lists, sheets, versions

urlpatterns = [
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", feeds.sitemap_part, name="sitemap_part"),
    path(_("flux/"), feeds.feeds, name="feeds"),
    path(_("flux/fiches.<slug:form>"), feeds.all_sheets, name="feed_sheets"),
    path(_("flux/domaines/<slug:code>.<slug:form>"), feeds.of_domain, name="feed_domain"),
    path(_("flux/reseaux/<slug:slug>.<slug:form>"), feeds.of_network, name="feed_network"),
    path(_("flux/collections/<slug:network>/<slug:slug>.<slug:form>"), feeds.of_collection, name="feed_collection"),
    path(_("fiches/"), lists.sheets, name="sheets"),
    path(_("fiches/<str:pk>/versions/"), versions.versions, name="versions"),
    path(_("fiches/<str:pk>/versions/<int:number>/"), versions.version, name="version"),
    path(_("fiches/<str:pk>/versions/<int:number>/changements/"), versions.changes, name="version_changes"),
    path(_("fiches/<str:pk>/versions/<int:number>/retour/"), versions.revert, name="version_revert"),
    path(_("fiches/<str:pk>/export/<str:format>/"), exports.sheet_export, name="sheet_export"),
    path(
        _("collections/<slug:network>/<slug:slug>/export/<str:format>/"),
        exports.collection_export,
        name="collection_export",
    ),
    path(_("fiches/<str:pk>/<slug:slug>/"), sheets.sheet, name="sheet"),
]
