"""Writes personal API tokens."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.people.enums import TokenScope
from commons.people.models import ApiToken, User
from commons.permissions import require

PREFIX = "commons_"
MOST_TOKENS = 20


def digest_of(key: str) -> str:
    """Return what is kept of a key. A key is 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def create_token(*, by: User, name: str, scope: str) -> tuple[ApiToken, str]:
    """Make a token and return it with its key, which nobody can read again. Twenty per person at most."""
    require(by, "people.add_token")
    if scope not in TokenScope.values:
        raise Invalid({"scope": [_("Choisissez dans la liste.")]})
    if not name.strip():
        raise Invalid({"name": [_("Donnez un nom à cette clé, pour la reconnaître plus tard.")]})
    if by.api_tokens.filter(revoked_at__isnull=True).count() >= MOST_TOKENS:
        raise Invalid({"": [_("Vous avez déjà vingt clés : révoquez-en une.")]}, code="too_many_tokens")
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user=by, name=name.strip()[:80], scope=scope, digest=digest_of(key))
    return token, key


@transaction.atomic
def revoke_token(*, by: User, token: ApiToken) -> None:
    """Stop a token for ever; revoking again changes nothing."""
    require(by, "people.revoke_token", token)
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
