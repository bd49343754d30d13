"""Addresses of people's pages (signing in and out is allauth's)."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from frontend.pages.people import leaving, openid, views

OPENID = [path("oidc/<str:provider_id>/login/callback/", openid.callback, name="openid_connect_callback")]

urlpatterns = [
    path(_("compte/"), include(OPENID)),  # allauth's own address, taken before allauth
    path(_("personnes/<int:pk>/"), views.person, name="person"),
    path(_("bienvenue/"), views.welcome, name="welcome"),
    path(_("profil/"), views.profile, name="profile"),
    path(_("profil/cles/"), views.tokens, name="tokens"),
    path(_("profil/cles/<int:pk>/revoquer/"), views.revoke, name="token_revoke"),
    path(_("profil/donnees/"), leaving.my_data, name="my_data"),
    path(_("profil/donnees/<int:pk>/"), leaving.my_archive, name="my_archive"),
    path(_("profil/quitter/"), leaving.leave, name="leave"),
    path(_("profil/rester/"), leaving.stay, name="stay"),
    path(_("profil/code/"), leaving.mail_code, name="mail_code"),
]
