"""Signing in through a house's OpenID provider: nothing is believed that the provider did not sign, for us and now.

allauth takes who came from JSON alone. ProConnect answers with a signed token instead (OpenID Connect Core 1.0,
5.3.2), wants a `nonce`, and calls the family name `usual_name`; providers that answer with JSON are read as well.
"""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 30
SESSION_KEY = "openid"
STATE_LENGTH = 40  # ProConnect refuses states and nonces of less than 32 characters
UNSIGNED = _("La signature de sa réponse n’est pas celle de ce fournisseur.")
REASONS: dict[type[jwt.PyJWTError], Any] = {
    jwt.ExpiredSignatureError: _("Sa réponse a expiré."),
    jwt.InvalidAudienceError: _("Sa réponse était destinée à un autre site."),
    jwt.InvalidIssuerError: _("Sa réponse vient d’un autre fournisseur."),
}


class UnprovenError(OAuth2Error):
    """What the provider said cannot be believed; the sentence tells the person why."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Client(OAuth2Client):
    """Asks each time with a `nonce` that comes back in the ID token."""

    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: dict[str, str]) -> str:
        """Return the provider's address, with the nonce of this very request."""
        address = super().get_redirect_url(authorization_url, scope, extra_params | {"nonce": nonce_of(self.state)})
        return str(address)


class Adapter(OpenIDConnectOAuth2Adapter):
    """Reads who came, and refuses whatever is not proven."""

    client_class = Client

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return the login of the person whom ID token and user info both name; keep what signing out will need.

        Raises `UnprovenError` when either was not signed by the provider's published keys, for this site, in time,
        or answers another request; and when the two speak of different people (OpenID Connect Core 1.0, 5.3.4).
        """
        raw = str(kwargs["response"].get("id_token") or "")
        proof = self._proven(raw, app)
        if not constant_time_compare(str(proof.get("nonce")), nonce_of(request.GET["state"])):
            raise UnprovenError(_("Sa réponse ne répond pas à cette demande de connexion."))
        told = self._told(token.token, app)
        if told.get("sub") != proof["sub"]:
            raise UnprovenError(_("Sa réponse parle d’une autre personne."))
        told.setdefault("family_name", told.get("usual_name", ""))
        request.session[SESSION_KEY] = {"hint": raw, "end": self.openid_config.get("end_session_endpoint")}
        return self.get_provider().sociallogin_from_response(request, {"userinfo": told, "id_token": proof})

    @cached_property
    def _keys(self) -> dict[str | None, jwt.PyJWK]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
            return {key.key_id: key for key in jwt.PyJWKSet.from_dict(response.json()).keys}

    def _told(self, access_token: str, app: Any) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            response.raise_for_status()
        if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/jwt":
            return _given(self._proven(response.text, app))
        return _given(response.json())

    def _proven(self, token: str, app: Any) -> dict[str, Any]:
        try:
            key = self._keys[jwt.get_unverified_header(token).get("kid")]
            return jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "sub"]},
            )
        except KeyError as error:
            raise UnprovenError(UNSIGNED) from error
        except jwt.PyJWTError as error:
            raise UnprovenError(REASONS.get(type(error), UNSIGNED)) from error


def _given(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: claim for name, claim in claims.items() if claim is not None}


class Provider(OpenIDConnectProvider):
    """allauth's provider, read by our adapter; its addresses stay allauth's."""

    package = "allauth.socialaccount.providers.openid_connect"
    oauth2_adapter_class = Adapter


def nonce_of(state: str | None) -> str:
    """Return what the ID token must repeat for this state, which one session holds once: none can be replayed."""
    return salted_hmac("commons.people.openid.nonce", str(state)).hexdigest()


def leaving_address(session: Any) -> str | None:
    """Return where to end the provider's own session as well, or `None` when this one was not opened there.

    The provider sends the browser back to `COMMONS_URL/` (OpenID Connect RP-Initiated Logout 1.0), with a state that
    proves nothing there: the home page changes nothing, and the session has ended by then.
    """
    opened = session.get(SESSION_KEY) or {}
    if not opened.get("end"):
        return None
    asked = {"id_token_hint": opened["hint"], "post_logout_redirect_uri": f"{settings.SITE_URL}/"}
    return f"{opened['end']}?{urlencode(asked | {'state': get_random_string(STATE_LENGTH)})}"
