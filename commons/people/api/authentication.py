"""Signs API requests in by a personal token."""

import datetime
from typing import Any

from django.db.models import CharField
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from commons.people.actions.tokens import digest_of
from commons.people.models import ApiToken, User
from commons.rows import Ready

USED_EVERY = datetime.timedelta(hours=1)


_WORKING = Ready(
    lambda digest: ApiToken.objects.select_related("user", "user__institution").filter(
        digest=digest, revoked_at__isnull=True, user__is_active=True
    ),
    CharField(),
)


def working_token(key: str) -> ApiToken | None:
    """Return the token of a key, with its owner; `None` when it is unknown, revoked or orphaned."""
    return _WORKING.first(digest_of(key))


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer KEY`. An unknown, revoked or orphaned key is refused, never ignored."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's owner, or `None` when the request bears no token."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:  # noqa: PLR2004 - the scheme and the key
            raise AuthenticationFailed(_("Cette clé d’accès n’est pas valable."))
        token = working_token(words[1].decode("latin-1"))
        if token is None:
            raise AuthenticationFailed(_("Cette clé d’accès n’est pas valable."))
        self._remember_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        """Name the scheme in a 401."""
        return "Bearer"

    @staticmethod
    def _remember_use(token: ApiToken) -> None:
        """Note the use, at most once an hour: a read must not cost a write each time."""
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def person_of(request: Request) -> User:
    """Return who asks; a visitor is told to sign in."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells OpenAPI about personal tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - the framework's signature
        """Describe the header."""
        return {"type": "http", "scheme": "bearer"}
