"""What houses like mine tried and what is new in my networks: seen, recent, near, never one's own."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from commons.people.models import User
from practices.actions import add_trial
from practices.digests import new_in_my_networks, tried_in_houses_like_mine
from practices.models import Sheet, Trial
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def entries(part: Any, person: User) -> list[tuple[str, str, str]]:
    now = timezone.now()
    found = part(person, now - datetime.timedelta(days=7), now + datetime.timedelta(days=7))
    return [(entry.title, entry.url, entry.note) for entry in found]


def tried(sheet: Sheet, **house: Any) -> Trial:
    person = UserFactory.create(institution=InstitutionFactory.create(**house))
    return add_trial(by=person, sheet=sheet, adaptation="same", outcome="worked", recommend=9)


def test_trials_of_the_houses_most_like_mine_come_first() -> None:
    me, sheet = UserFactory.create(), published_sheet()
    near = tried(sheet, name="Le Quai", territory="urban")
    nearest = tried(sheet, name="La Grange")
    tried(sheet, type="museum", team_size="t5", disciplines=["heritage"], budget="i5", territory="urban")
    Trial.objects.filter(pk=tried(sheet).pk).update(created_at=timezone.now() - datetime.timedelta(days=8))
    found = entries(tried_in_houses_like_mine, me)
    assert [url for _title, url, _note in found] == [
        f"{sheet.get_absolute_url()}#essai-{trial.pk}" for trial in (nearest, near)
    ]
    assert found[0][0] == sheet.title
    assert found[0][2].startswith("La Grange · A fonctionné · théâtre")
    assert entries(tried_in_houses_like_mine, UserFactory.create(institution=None)) == []


def test_sheets_of_my_networks_are_told_not_mine_nor_old_nor_others() -> None:
    me, network = UserFactory.create(), NetworkFactory.create(name="Réseau des scènes")
    other = UserFactory.create()
    for person in (me, other):
        join(person, network)
    new = sheet_in("adopted", by=other, network=network, title="Affiches à plusieurs")
    sheet_in("adopted", by=me, network=network, title="La mienne")
    old = sheet_in("adopted", by=other, network=network, title="L’ancienne")
    Sheet.objects.filter(pk=old.pk).update(published_at=timezone.now() - datetime.timedelta(days=8))
    published_sheet(title="D’ailleurs")
    assert entries(new_in_my_networks, me) == [("Affiches à plusieurs", new.get_absolute_url(), "Réseau des scènes")]
    assert entries(new_in_my_networks, UserFactory.create()) == []
