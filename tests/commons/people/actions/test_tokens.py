"""Personal API tokens."""

import pytest

from commons.errors import Invalid, NotAllowed
from commons.people.actions import create_token, revoke_token
from commons.people.queries import tokens_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_create_token_refuses_a_strange_scope_and_no_name() -> None:
    user = UserFactory.create()
    for name, scope, path in (("a", "admin", "scope"), (" ", "read", "name")):
        with pytest.raises(Invalid) as refusal:
            create_token(by=user, name=name, scope=scope)
        assert list(refusal.value.fields) == [path]


def test_revoke_token_is_its_owners() -> None:
    user = UserFactory.create()
    token, _key = create_token(by=user, name="a", scope="read")
    with pytest.raises(NotAllowed):
        revoke_token(by=UserFactory.create(), token=token)
    revoke_token(by=user, token=token)
    revoke_token(by=user, token=token)
    assert list(tokens_of(user)) == []
