"""The pages of a sheet's past: to whom, what they say, going back."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.people.models import User
from practices.actions import publish_version, save_sheet
from practices.models import Sheet
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def _reader(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _author(sheet: Sheet) -> User:
    assert sheet.created_by is not None
    return sheet.created_by


def _next_version(sheet: Sheet, **values: object) -> None:
    sheet.refresh_from_db()
    save_sheet(by=_author(sheet), sheet=sheet, values=values, revision=sheet.revision)
    publish_version(by=_author(sheet), sheet=sheet, reason="Précision")
    sheet.refresh_from_db()


def _paths(sheet: Sheet, number: int) -> list[str]:
    names = ("version", "version_changes")
    return [reverse("versions", args=[sheet.pk])] + [reverse(name, args=[sheet.pk, number]) for name in names]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sheet = published_sheet()
    for n in range(count - 1):
        _next_version(sheet, what=f"Texte {n}")
    with django_assert_num_queries(2):
        page = Client().get(reverse("versions", args=[sheet.pk]))
    assert [row["version"].number for row in page.context["rows"]] == list(range(count, 0, -1))


def test_a_version_keeps_its_text_at_its_address() -> None:
    sheet = published_sheet(what="Le **premier** récit")
    _next_version(sheet, what="Le second récit")
    old = Client().get(reverse("version", args=[sheet.pk, 1])).content.decode()
    new = Client().get(reverse("version", args=[sheet.pk, 2])).content.decode()
    assert ("<strong>premier</strong>" in old, "second récit" in old, "La fiche a changé depuis" in old) == (
        True,
        False,
        True,
    )
    assert ("second récit" in new, "C’est la version actuelle" in new, "noindex" in new) == (True, True, False)
    assert Client().get(reverse("version", args=[sheet.pk, 3])).status_code == 404


def test_changes_are_shown_field_by_field() -> None:
    sheet = published_sheet(what="Un micro au bar", format=["podcast"])
    _next_version(sheet, what="Deux micros au bar", format=["podcast", "vod"])
    page = Client().get(reverse("version_changes", args=[sheet.pk, 2]))
    assert [str(change["label"]) for change in page.context["changes"]] == ["Ce qui a été fait", "Formats numériques"]
    assert "<ins>Deux micros" in page.content.decode()
    same = Client().get(reverse("version_changes", args=[sheet.pk, 2]), {"depuis": "2"})
    assert "Aucune différence" in same.content.decode()
    assert Client().get(reverse("version_changes", args=[sheet.pk, 1])).status_code == 404


@pytest.mark.parametrize("confidentiality", ["members", "network"])
def test_a_version_written_for_fewer_stays_theirs_once_the_sheet_is_open(confidentiality: str) -> None:
    network, author, member = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    join(author, network)
    join(member, network)
    sheet = sheet_in("adopted", by=author, network=network, confidentiality=confidentiality, what="Entre nous")
    _next_version(sheet, confidentiality="public", what="Pour tout le monde")
    _next_version(sheet, what="Pour tout le monde, et mieux")
    visitor = Client()
    assert [row["version"].number for row in visitor.get(_paths(sheet, 2)[0]).context["rows"]] == [3, 2]
    assert [visitor.get(path).status_code for path in _paths(sheet, 1)[1:]] == [404, 404]
    assert visitor.get(_paths(sheet, 2)[2]).status_code == 404
    assert visitor.get(_paths(sheet, 3)[2]).status_code == 200
    assert _reader(member).get(_paths(sheet, 1)[1]).status_code == 200
    assert _reader(author).get(_paths(sheet, 1)[1]).status_code == 200


def test_a_version_that_named_people_closes_under_the_chatham_house_rule() -> None:
    sheet = published_sheet()
    _next_version(sheet, confidentiality="chatham")
    reader = _reader(UserFactory.create())
    assert reader.get(reverse("version", args=[sheet.pk, 1])).status_code == 404
    page = reader.get(reverse("version", args=[sheet.pk, 2])).content.decode()
    assert _author(sheet).public_name not in page
    listed = reader.get(reverse("versions", args=[sheet.pk])).content.decode()
    assert _author(sheet).public_name not in listed


@pytest.mark.parametrize("state", ["draft", "submitted", "archived"])
def test_a_hidden_sheets_past_is_hidden(state: str) -> None:
    sheet = sheet_in(state)
    assert [Client().get(path).status_code for path in _paths(sheet, 1)] == [404, 404, 404]


def test_a_draft_has_no_version_yet() -> None:
    sheet = draft_sheet()
    assert "Pas encore de version" in _reader(_author(sheet)).get(reverse("versions", args=[sheet.pk])).content.decode()


def test_going_back_asks_then_publishes_the_old_text_again() -> None:
    sheet = published_sheet(what="Le premier récit")
    _next_version(sheet, what="Le second récit")
    address, author = reverse("version_revert", args=[sheet.pk, 1]), _reader(_author(sheet))
    assert "Rien ne sera effacé" in author.get(address).content.decode()
    done = author.post(address, follow=True)
    sheet.refresh_from_db()
    assert sheet.version is not None
    assert (sheet.version.number, sheet.version.content["what"]) == (3, "Le premier récit")
    assert "de nouveau publié" in done.content.decode()


def test_nobody_but_those_who_write_goes_back() -> None:
    sheet = published_sheet()
    _next_version(sheet, what="Le second récit")
    address = reverse("version_revert", args=[sheet.pk, 1])
    for client in (Client(), _reader(UserFactory.create())):
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    sheet.refresh_from_db()
    assert sheet.version is not None
    assert sheet.version.number == 2
