"""One spelling of permissions; an unknown name is a fault, not a no."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.errors import NotAllowed, NotFound
from commons.permissions import require
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("user_kind", ["visitor", "member", "administrator"])
def test_unknown_permission_raises(user_kind: str) -> None:
    users: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "member": UserFactory.create(),
        "administrator": UserFactory.create(is_administrator=True),
    }
    with pytest.raises(KeyError):
        users[user_kind].has_perm("practices.burn_sheet")


def test_require_hides_what_may_not_be_seen() -> None:
    reader = UserFactory.create()
    with pytest.raises(NotFound):
        require(reader, "practices.change_sheet", draft_sheet(), see="practices.view_sheet")
    with pytest.raises(NotAllowed):
        require(reader, "practices.change_sheet", published_sheet(), see="practices.view_sheet")
    with pytest.raises(NotAllowed):
        require(AnonymousUser(), "practices.add_sheet")
    sheet = draft_sheet()
    require(sheet.created_by, "practices.change_sheet", sheet)
