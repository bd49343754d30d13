"""Addresses of people's pages (signing in and out is allauth's)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.people import views

urlpatterns = [
    path(_("personnes/<int:pk>/"), views.person, name="person"),
    path(_("bienvenue/"), views.welcome, name="welcome"),
    path(_("profil/"), views.profile, name="profile"),
    path(_("profil/cles/"), views.tokens, name="tokens"),
    path(_("profil/cles/<int:pk>/revoquer/"), views.revoke, name="token_revoke"),
]
