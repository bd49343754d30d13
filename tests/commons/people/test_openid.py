"""What is believed of an OpenID provider: what it signed, for this site, in time, of one person, for this request."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from commons.people.models import User
from commons.people.openid import leaving_address, nonce_of
from tests.identity import STRANGE, Behaviour, providers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,  # allauth leaves names of its own undefined
]
PROCONNECT = {"ID": "proconnect", "NAME": "ProConnect"}
NAMED = {"name": None, "given_name": "Camille", "usual_name": "Durand", "email_verified": None}
Run = Callable[..., Behaviour]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Return a way to run a provider."""
    with providers(settings, monkeypatch) as run:
        yield run


def sent_back(address: str) -> str:
    """Return where the provider sends a browser that comes to this address."""
    opened = build_opener(_Stay, _Kept).open(address)
    return str(opened.headers["Location"])


class _Kept(_Stay):
    def http_error_302(self, _request: Any, answer: Any, *_facts: Any) -> Any:
        return answer


def come_in(client: Client, house: str = "maison", prefix: str = "/compte") -> Any:
    """Go to the provider and back, and return the page that the site then shows."""
    leaving = client.post(f"{prefix}/oidc/{house}/login/")
    back = urlsplit(sent_back(leaving.url))
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> bool:
    return bool(client.get("/profil/").status_code == 200)


@pytest.mark.parametrize("kid", [None, "essai", "courbe"])
def test_who_comes_is_read_from_json_and_from_either_signature(client: Client, provider: Run, kid: str | None) -> None:
    provider(Behaviour(info_kid=kid))
    come_in(client)
    assert list(SocialAccount.objects.values_list("provider", "uid")) == [("maison", "42")]
    assert [person.public_name for person in User.objects.all()] == ["Camille D."]
    assert signed_in(client)


@pytest.mark.parametrize("prefix", ["/compte", "/en/account"])
def test_proconnect_is_asked_as_it_wants_and_its_names_are_read(client: Client, provider: Run, prefix: str) -> None:
    said = provider(Behaviour(info=NAMED, info_kid="essai"), **PROCONNECT)
    come_in(client, "proconnect", prefix)
    assert set(said.asked["scope"].split()) == {"openid", "given_name", "usual_name", "email", "uid", "siret"}
    assert said.asked["acr_values"] == "eidas1"
    assert (len(said.asked["state"]) >= 32, len(said.asked["nonce"]) >= 32) == (True, True)
    kept = SocialAccount.objects.get()
    assert kept.user.public_name == "Camille Durand"
    assert kept.user.emailaddress_set.get().verified is False  # ProConnect does not say so: a code is mailed


def test_another_house_is_asked_as_standard_and_as_it_is_configured(client: Client, provider: Run) -> None:
    said = provider()
    come_in(client)
    assert set(said.asked["scope"].split()) == {"openid", "profile", "email"}
    assert ("acr_values" in said.asked, "code_challenge" in said.asked) == (False, True)
    client.logout()
    said = provider(SCOPE="openid email", ACR="haut", PKCE="off")
    come_in(client)
    assert set(said.asked["scope"].split()) == {"openid", "email"}
    assert (said.asked["acr_values"], "code_challenge" in said.asked) == ("haut", False)


REFUSED = {
    "signature": Behaviour(info_kid="essai", info_key=STRANGE),
    "autre site": Behaviour(info_kid="essai", info={"aud": "another"}),
    "autre fournisseur": Behaviour(info_kid="essai", info={"iss": "http://elsewhere.example"}),
    "autre personne": Behaviour(info_kid="essai", info={"sub": "43"}),
    "a expiré": Behaviour(info_kid="essai", info={"exp": 1}),
    "demande de connexion": Behaviour(info_kid="essai", proof={"nonce": "another"}),
}
UNSIGNED = jwt.encode({"iss": "x", "aud": "commons", "sub": "42"}, None, algorithm="none")
SHARED = jwt.encode({"iss": "x", "aud": "commons", "sub": "42"}, "k" * 32, algorithm="HS256", headers={"kid": "essai"})


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_not_proven_signs_nobody_in_and_says_why(client: Client, provider: Run, reason: str) -> None:
    provider(REFUSED[reason])
    page = come_in(client)
    assert page.status_code == 401
    told = page.content.decode()
    assert (reason in told, "Personne n’est connecté." in told) == (True, True)
    assert (User.objects.count(), SocialAccount.objects.count(), signed_in(client)) == (0, 0, False)
    assert leaving_address(client.session) is None


def test_the_reason_is_said_in_english_too(client: Client, provider: Run) -> None:
    provider(REFUSED["autre personne"])
    assert "Its answer speaks of another person." in come_in(client, prefix="/en/account").content.decode()


@pytest.mark.parametrize("other", [{"sub": "43"}, {"sub": None}])
def test_plain_json_about_another_person_is_refused(client: Client, provider: Run, other: dict[str, Any]) -> None:
    provider(Behaviour(info=other))
    assert (come_in(client).status_code, User.objects.count()) == (401, 0)


@pytest.mark.parametrize("raw", ["", "a.b.c", UNSIGNED, SHARED])
def test_an_id_token_that_no_published_key_signed_is_refused(client: Client, provider: Run, raw: str) -> None:
    provider(Behaviour(proof={"raw": raw}))
    page = come_in(client)
    assert (page.status_code, "signature" in page.content.decode(), User.objects.count()) == (401, True, 0)


def test_an_answer_serves_once(client: Client, provider: Run) -> None:
    provider()
    leaving = client.post("/compte/oidc/maison/login/")
    back = urlsplit(sent_back(leaving.url))
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    client.logout()
    assert client.get(f"{back.path}?{back.query}").status_code == 401


def test_nonces_follow_their_states() -> None:
    assert nonce_of("one") == nonce_of("one") != nonce_of("two")


def test_signing_out_goes_by_the_provider_for_who_came_from_it(
    client: Client, provider: Run, settings: Settings
) -> None:
    settings.SITE_URL = "https://commons.example"
    provider(Behaviour(info_kid="essai"))
    come_in(client)
    hint = client.session["openid"]["hint"]
    address = urlsplit(client.post("/compte/logout/").url)
    asked = parse_qs(address.query)
    assert (address.path, asked["id_token_hint"]) == ("/session/end", [hint])
    assert asked["post_logout_redirect_uri"] == ["https://commons.example/"]
    assert len(asked["state"][0]) >= 32
    assert not signed_in(client)


def test_signing_out_stays_here_for_who_did_not() -> None:
    assert leaving_address({}) is None
    assert leaving_address({"openid": {"hint": "a.b.c", "end": None}}) is None
