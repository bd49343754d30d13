"""Addresses of houses, networks and collections."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.houses import collections, institutions, networks

urlpatterns = [
    path(_("maisons/"), institutions.institutions, name="institutions"),
    path(_("maisons/ajouter/"), institutions.add, name="institution_create"),
    path(_("maisons/<slug:slug>/"), institutions.institution, name="institution"),
    path(_("maisons/<slug:slug>/modifier/"), institutions.change, name="institution_edit"),
    path(_("reseaux/"), networks.networks, name="networks"),
    path(_("reseaux/<slug:slug>/"), networks.network, name="network"),
    path(_("reseaux/<slug:slug>/modifier/"), networks.change, name="network_edit"),
    path(_("reseaux/<slug:slug>/logo/"), networks.logo, name="network_logo"),
    path(_("reseaux/<slug:slug>/adhesion/"), networks.membership, name="membership"),
    path(_("reseaux/<slug:slug>/membres/"), networks.members, name="members"),
    path(_("reseaux/<slug:network_slug>/collections/nouvelle/"), collections.create, name="collection_create"),
    path(_("collections/"), collections.collections, name="collections"),
    path(_("collections/<slug:network_slug>/<slug:slug>/"), collections.collection, name="collection"),
    path(_("collections/<slug:network_slug>/<slug:slug>/integrer/"), collections.embed, name="collection_embed"),
    path(_("collections/<slug:network_slug>/<slug:slug>/modifier/"), collections.change, name="collection_edit"),
    path(_("collections/<slug:network_slug>/<slug:slug>/couverture/"), collections.cover, name="collection_cover"),
    path(_("collections/<slug:network_slug>/<slug:slug>/curation/"), collections.curators, name="collection_curators"),
    path(_("collections/<slug:network_slug>/<slug:slug>/fiches/"), collections.items, name="collection_items"),
]
