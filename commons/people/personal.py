"""What the people app keeps of a person, below all: the account, its keys, its sessions, its places in networks."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from commons.people import holdings
from commons.people.actions.exports import delete_export
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User

GONE = "deleted with the account"
COLUMNS = {
    "account.EmailAddress.user": GONE,
    "mfa.Authenticator.user": GONE,
    "socialaccount.SocialAccount.user": GONE,
    "usersessions.UserSession.user": "deleted with the account, and the session itself",
    "people.ApiToken.user": GONE,
    "people.Consent.user": "deleted with the account: nothing that rested on it goes on",
    "people.ErasureRequest.user": GONE,
    "people.Membership.user": "deleted with the account, even the last curator's: administrators then curate",
    "people.PersonalExport.user": "deleted with the account, file and row",
    "search.SavedSearch.user": GONE,
}
ACCOUNT = (
    "email", "public_name", "job", "institution__name", "help_text", "language", "is_credited", "shows_presence",
    "is_moderator", "is_administrator", "date_joined", "last_login",
)  # fmt: skip


def _sections(person: User) -> Iterator[Section]:
    rows: Any = person
    yield section("compte", _("Compte"), User.objects.filter(pk=person.pk), *ACCOUNT)
    yield section("adresses", _("Adresses e-mail"), rows.emailaddress_set, "email", "verified", "primary")
    yield section("reseaux", _("Réseaux"), person.memberships, "network__name", "role", "state", "created_at")
    yield section(
        "cles",
        _("Clés d’accès à l’API"),
        person.api_tokens,
        "name",
        "scope",
        "created_at",
        "last_used_at",
        "revoked_at",
    )
    yield section(
        "connexions", _("Connexions ouvertes"), rows.usersession_set, "ip", "user_agent", "created_at", "last_seen_at"
    )
    yield section(
        "doubles-facteurs", _("Double authentification"), rows.authenticator_set, "type", "created_at", "last_used_at"
    )
    yield section(
        "comptes-lies", _("Comptes liés"), rows.socialaccount_set, "provider", "uid", "extra_data", "date_joined"
    )
    yield section(
        "recherches", _("Recherches gardées"), rows.saved_searches, "name", "text", "filters", "created_at", "seen_at"
    )
    yield section("choix", _("Consentements"), person.consents, "purpose", "is_given", "version", "how", "created_at")


def _erase(person: User, _mode: ErasureMode) -> None:
    """End every session, delete the copies; what else points at the account goes with it."""
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
    for export in person.exports.all():
        delete_export(export)


def register() -> None:
    """Say what this app, the sign-in and the search keep of people."""
    holdings.register(holdings.Holding(app="people", columns=COLUMNS, sections=_sections, erase=_erase))
