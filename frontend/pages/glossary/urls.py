"""Addresses of the glossary and of the vocabularies."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.glossary import views

urlpatterns = [
    path(_("glossaire/"), views.glossary, name="glossary"),
    path(_("glossaire/<slug:slug>/"), views.term, name="term"),
    path(_("glossaire/<slug:slug>/modifier/"), views.change, name="term_edit"),
    path(_("glossaire/<slug:slug>/fusionner/"), views.merge, name="term_merge"),
    path(_("vocabulaires/<slug:vocabulary>/<str:code>/"), views.entry, name="entry_edit"),
    path(_("vocabulaires/"), views.vocabularies, name="vocabularies"),
]
