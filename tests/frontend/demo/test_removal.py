"""Removing takes what the demonstration brought, and nothing that others made."""

import datetime
from collections.abc import Callable

import pytest

from commons.people.models import Institution, Network
from frontend.demo.loading import load_demo
from frontend.demo.people import people_of_demo
from frontend.demo.removal import remove_demo
from practices.actions import add_trial, rate_sheet, support_sheet
from practices.models import Sheet
from tests.factories.people import UserFactory, join
from tests.factories.sheets import draft_sheet
from tests.frontend.demo.conftest import Picture

pytestmark = pytest.mark.usefixtures("loaded")


def test_remove_demo_leaves_the_database_as_it_was(picture: Callable[[], Picture], today: datetime.date) -> None:
    remove_demo()
    draft_sheet(tags=["échec"])
    before = picture()
    load_demo(today)
    assert remove_demo() == 5 + 30 + 5 + 3 + 24 + 3 + 20
    assert picture() == before
    assert remove_demo() == 0


def test_remove_demo_keeps_the_house_and_the_network_of_somebody_else() -> None:
    guest = UserFactory.create(institution=Institution.objects.get(slug="la-citerne"))
    join(guest, Network.objects.get(slug="demo"))
    assert remove_demo() == 5 + 30 + 5 + 3 + 24 + 2 + 19
    guest.refresh_from_db()
    assert guest.institution is not None
    assert [network.slug for network in guest.networks.all()] == ["demo"]


def _published(**content: object) -> Sheet:
    sheet = draft_sheet(**content)
    now = sheet.created_at
    Sheet.objects.filter(pk=sheet.pk).update(editorial_state="adopted", published_at=now)
    sheet.refresh_from_db()
    return sheet


def test_remove_demo_counts_again_what_its_people_had_rated() -> None:
    sheet, need = _published(), _published()
    Sheet.objects.filter(pk=need.pk).update(kind="need")
    need.refresh_from_db()
    leonie = people_of_demo()["leonie.grasvert@exemple.example"]
    rate_sheet(by=leonie, sheet=sheet, useful=5, clear=5, transferable=5)
    rate_sheet(by=UserFactory.create(), sheet=sheet, useful=1, clear=2, transferable=3)
    support_sheet(by=leonie, sheet=need)
    remove_demo()
    sheet.refresh_from_db()
    need.refresh_from_db()
    assert (sheet.rating_count, sheet.useful_sum, need.support_count) == (1, 1, 0)


def test_remove_demo_keeps_what_was_written_with_its_accounts() -> None:
    leonie = people_of_demo()["leonie.grasvert@exemple.example"]
    written, tried = draft_sheet(leonie), _published()
    trial = add_trial(by=leonie, sheet=tried, adaptation="same", outcome="worked", recommend=8)
    remove_demo()
    assert Sheet.objects.filter(pk=written.pk).exists()
    trial.refresh_from_db()
    assert (trial.house["name"], trial.by) == ("Le Hangar à Bruits", None)
