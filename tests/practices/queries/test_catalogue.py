"""How the catalogue is searched, counted, paged and kept."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from practices.actions import decide_sheet, publish_version, save_sheet
from practices.enums import EditorialState
from practices.models import Collection, CollectionItem, Sheet
from practices.queries import (
    catalogue,
    catalogue_counts,
    catalogue_page,
    catalogue_stamp,
    collections_holding,
    sheets_related_to,
    sheets_visible_to,
    sheets_with_words,
)
from tests.factories.people import NetworkFactory, UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def _all() -> Any:
    return sheets_visible_to(VISITOR).published()


def _many(count: int) -> list[Sheet]:
    author, now = UserFactory.create(), timezone.now()
    sheets = [published_sheet(author, title=f"Fiche numéro {n}") for n in range(count)]
    for n, sheet in enumerate(sheets):
        Sheet.objects.filter(pk=sheet.pk).update(published_at=now - datetime.timedelta(days=n // 2), trial_count=n % 3)
    return sheets


def test_words_are_looked_for_in_title_summary_and_tags() -> None:
    sheet = published_sheet(title="La captation légère", summary="Une caméra", tags=["Régie vidéo"])
    published_sheet(title="Autre chose", summary="Rien", tags=["Billet"])
    for text in ("captation", "CAMÉRA légère".lower(), "regie", "caméra vidéo", ""):
        expected = {sheet.pk} if text else set(_all().values_list("pk", flat=True))
        assert set(sheets_with_words(_all(), text).values_list("pk", flat=True)) == expected, text
    assert not sheets_with_words(_all(), "captation billet").exists()
    assert not sheets_with_words(_all(), "?? !!").exists()


def test_a_facet_in_use_still_counts_its_other_values(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    author = UserFactory.create()
    published_sheet(author, format=["podcast"], outcome="worked")
    published_sheet(author, format=["vod"], outcome="mixed")
    published_sheet(author, format=["podcast", "vod"], outcome="mixed")
    with django_assert_num_queries(2):
        counts = catalogue_counts(_all(), {"format": ["podcast"]})
    assert counts["format"] == {"podcast": 2, "vod": 2}
    assert counts["outcome"] == {"mixed": 1, "worked": 1}


@pytest.mark.parametrize("sort", ["new", "tried", "useful"])
def test_pages_by_cursor_show_every_sheet_once_and_come_back(sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practices.queries.catalogue.PAGE_SIZE", 2)
    _many(5)
    first = catalogue_page(_all(), sort=sort)
    second = catalogue_page(_all(), sort=sort, after=first.next)
    third = catalogue_page(_all(), sort=sort, after=second.next)
    seen = [sheet.pk for page in (first, second, third) for sheet in page.sheets]
    assert (len(seen), len(set(seen)), first.previous, third.next) == (5, 5, "", "")
    back = catalogue_page(_all(), sort=sort, before=third.previous)
    assert back == second
    assert catalogue_page(_all(), sort=sort, before=back.previous).sheets == first.sheets
    assert catalogue_page(_all(), sort=sort, before=second.previous).previous == ""


def test_the_order_is_the_one_asked_for() -> None:
    sheets = _many(3)
    Sheet.objects.filter(pk=sheets[1].pk).update(rating_count=2, useful_sum=10)
    Sheet.objects.filter(pk=sheets[2].pk).update(rating_count=2, useful_sum=2)
    assert [s.title[-1] for s in catalogue_page(_all(), sort="tried").sheets] == ["2", "1", "0"]
    assert [s.title[-1] for s in catalogue_page(_all(), sort="useful").sheets] == ["1", "0", "2"]


@pytest.mark.parametrize("cursor", ["", "~", "hier~x", "2026-01-01~x", "2026-01-01T00:00:00", "😀"])
def test_a_cursor_that_says_nothing_gives_the_first_page(cursor: str) -> None:
    _many(1)
    assert len(catalogue_page(_all(), after=cursor).sheets) == 1
    assert len(catalogue_page(_all(), before=cursor).sheets) == 1


def test_an_empty_list_has_one_empty_page() -> None:
    page = catalogue_page(_all())
    assert (page.sheets, page.previous, page.next) == ([], "", "")


def test_the_stamp_moves_with_what_readers_see_and_not_with_drafts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sheet = published_sheet()
    author, before = sheet.created_by, catalogue_stamp()
    assert author is not None
    draft_sheet(author)
    save_sheet(by=author, sheet=sheet, values={"summary": "Autre"}, revision=sheet.revision)
    assert catalogue_stamp() == before
    publish_version(by=author, sheet=sheet, reason="")
    published = catalogue_stamp()
    moderator = UserFactory.create(is_moderator=True)
    decide_sheet(by=moderator, sheet=sheet, state=EditorialState.ARCHIVED, reason="Fini")
    with django_assert_num_queries(1):
        archived = catalogue_stamp()
    assert len({before, published, archived}) == 3


def test_related_sheets_share_the_most_and_are_readable(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    author = UserFactory.create()
    sheet = published_sheet(author, domain=["mediation"], format=["podcast"], phase=["during"])
    near = published_sheet(author, domain=["mediation"], format=["podcast"], phase=["beyond"])
    far = published_sheet(author, domain=["mediation"], format=["vod"], phase=["beyond"])
    published_sheet(author, domain=["rights"], format=["vod"], phase=["beyond"])
    published_sheet(author, domain=["mediation"], format=["podcast"], confidentiality="members")
    sheet.refresh_from_db()
    with django_assert_num_queries(2):
        assert sheets_related_to(VISITOR, sheet) == [near, far]
    draft = draft_sheet(author, domain=[], format=[], phase=[])
    assert sheets_related_to(VISITOR, draft) == []


def test_related_sheets_are_looked_for_among_the_last_published(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, *others = _many(4)
    monkeypatch.setattr(catalogue, "NEAREST_AMONG", 2)
    newest = {others[0].pk, others[2].pk}  # of the two of one day, the last made
    assert {one.pk for one in sheets_related_to(VISITOR, sheet)} == newest


def test_collections_that_hold_a_sheet_are_those_the_reader_may_read() -> None:
    sheet, network = published_sheet(), NetworkFactory.create()
    for slug, confidentiality in (("ouverte", "public"), ("fermee", "network")):
        collection = Collection.objects.create(network=network, slug=slug, title=slug, confidentiality=confidentiality)
        CollectionItem.objects.create(collection=collection, sheet=sheet, position=1)
    assert [c.slug for c in collections_holding(VISITOR, sheet)] == ["ouverte"]
