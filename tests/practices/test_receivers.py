"""A sheet whose text lost a name is no longer fresh in anybody's copy."""

from typing import Any

import pytest
from django.test import Client

from commons.people.actions import erase_person
from commons.people.enums import ErasureCause, ErasureMode
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def test_a_sheet_that_lost_a_name_is_not_unchanged(django_capture_on_commit_callbacks: Any) -> None:
    person = UserFactory.create(public_name="Élise Martin-Roux")
    address = f"/fiches/{published_sheet(person).pk}/export/md/"
    before = Client().get(address)
    assert "Élise Martin-Roux" in before.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person, mode=ErasureMode.ANONYMISE, cause=ErasureCause.ASKED)
    after = Client().get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, "une personne qui a quitté Commons" in after.content.decode()) == (200, True)
