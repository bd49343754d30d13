"""Seeding gives the same sheets for the same seed, whole enough to be shown, and goes as a whole."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from commons.people.models import Institution, User
from practices.fields import clean_content
from practices.models import Sheet, TaggedSheet
from practices.queries import facet_counts
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def contents() -> list[tuple[str, dict[str, Any]]]:
    rows = Sheet.objects.filter(source_key__startswith="seed:").order_by("source_key")
    return list(rows.values_list("source_key", "content"))


def test_the_same_seed_gives_the_same_sheets() -> None:
    call_command("seed", sheets=12, people=8, seed=3)
    first = contents()
    call_command("seed", sheets=12, people=8, seed=3)
    assert contents() == first
    call_command("seed", remove=True)
    call_command("seed", sheets=5, people=8, seed=3)
    call_command("seed", sheets=12, people=8, seed=3)
    assert contents() == first
    call_command("seed", sheets=12, people=8, seed=4)
    assert len(contents()) == 24


def test_seeded_sheets_are_right_and_shown(client: Client) -> None:
    call_command("seed", sheets=30, people=4)
    sheets = Sheet.objects.select_related("version")
    assert [s.pk for s in sheets if clean_content(s.content, genre=s.kind) != s.content] == []
    assert sum(facet_counts(sheets.published(), ["kind"])["kind"].values()) == 30
    assert TaggedSheet.objects.count() == 60
    page = client.get(reverse("sheets")).content.decode()
    assert page.count('class="row"') == 20
    sheet = sheets[0]
    assert client.get(sheet.get_absolute_url()).status_code == 200


def test_what_is_not_seeded_stays(capsys: pytest.CaptureFixture[str]) -> None:
    kept, person = published_sheet(), UserFactory.create()
    call_command("seed", sheets=3, people=3)
    call_command("seed", remove=True)
    assert capsys.readouterr().out == "seed: 3 sheets and 3 people added\nseed: 0 threads and 3 sheets removed\n"
    assert list(Sheet.objects.all()) == [kept]
    assert User.objects.filter(email__endswith="@semis.example").count() == 0
    assert Institution.objects.filter(slug__startswith="semis-").count() == 0
    assert User.objects.filter(pk=person.pk).exists()
