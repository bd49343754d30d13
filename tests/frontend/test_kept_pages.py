"""Kept pages: for visitors alone, by language, never older than what they show."""

import gzip
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from commons.people.models import Institution, Network, User
from commons.vocabularies.models import Entry
from commons.vocabularies.queries import forget
from forum.actions import add_post, change_post, change_thread, close_thread, react
from forum.models import Thread
from frontend.kept_pages import GENERATIONS, UNSEEN, generations_ended_by, kept_for_visitors
from practices.actions import add_trial, rate_sheet
from practices.enums import Confidentiality
from practices.models import Sheet
from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory
from tests.factories.sheets import published_sheet

TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def _try(sheet: Sheet) -> None:
    add_trial(by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="worked", recommend=9)


def _page(path: str, **headers: str) -> str:
    return Client().get(path, headers=headers).content.decode()


@pytest.mark.parametrize(
    ("sql", "ended"),
    [
        ('SELECT "forum_post"."id" FROM "forum_post"', ""),
        ('INSERT INTO "forum_post" ("seq") VALUES (1)', "threads"),
        ('INSERT OR IGNORE INTO "practices_term" ("slug") VALUES (1)', "sheets"),
        ('UPDATE "practices_trial" SET "html" = %s WHERE "practices_trial"."id" = %s', "sheets"),
        ('DELETE FROM "people_user" WHERE "people_user"."id" IN (%s)', "sheets"),
        ('UPDATE "events_occurrence" SET "note" = %s WHERE "events_occurrence"."id" = %s', "workshops"),
        ('UPDATE "people_user" SET "last_login" = %s WHERE "people_user"."id" = %s', ""),
        ('UPDATE "people_user" SET "last_login" = %s, "public_name" = %s WHERE "people_user"."id" = 1', "sheets"),
        ('UPDATE "practices_sheet" SET "content" = %s, "stamps" = %s WHERE "practices_sheet"."id" = 1', ""),
        ('UPDATE "forum_follow" SET "level" = %s WHERE "forum_follow"."id" = 1', ""),
        ('INSERT INTO "forum_birth" ("sheet_id") VALUES (%s)', "threads births"),
        ('UPDATE "forum_thread" SET "title" = %s WHERE "forum_thread"."id" = %s', "threads births"),
        ('UPDATE "forum_thread" SET "last_seq" = %s, "answer_id" = NULL WHERE "forum_thread"."id" = %s', "threads"),
        ('DELETE FROM "forum_thread" WHERE "forum_thread"."id" = %s', "threads births"),
        ('INSERT INTO "django_session" ("session_key") VALUES (%s)', ""),
    ],
)
def test_a_write_ends_the_generation_of_what_shows_it(sql: str, ended: str) -> None:
    assert generations_ended_by(sql) == set(ended.split())


@pytest.mark.django_db(transaction=True)
def test_a_sheets_page_is_drawn_once_and_again_after_each_change(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    house = InstitutionFactory.create(name="La Fabrique")
    sheet = published_sheet(by=UserFactory.create(institution=house), title="Le podcast du bar")
    neighbour = published_sheet(title="Une fiche voisine")
    path = sheet.get_absolute_url()
    changes: list[tuple[str, Callable[[], Any]]] = [
        (
            "essai-",
            lambda: _try(sheet),
        ),
        ("Avis", lambda: rate_sheet(by=UserFactory.create(), sheet=sheet, useful=4, clear=4, transferable=4)),
        ("Un voisin renommé", lambda: Sheet.objects.filter(pk=neighbour.pk).update(title="Un voisin renommé")),
        ("Médiation autrement", lambda: Entry.objects.filter(code="mediation").update(label_fr="Médiation autrement")),
    ]
    for words, change in changes:
        before = _page(path)
        with django_assert_num_queries(0):
            assert _page(path) == before
        change()
        forget()
        assert (words in before, words in _page(path)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_a_threads_page_is_drawn_again_after_each_change(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    author = UserFactory.create(public_name="Awa")
    network: Network = NetworkFactory.create(name="Réseau des fils")
    thread = thread_of(by=author, title="Quel micro ?")
    first = thread.posts.get()
    path = thread.get_absolute_url()
    changes: list[tuple[str, Callable[[], Any]]] = [
        ("Un second avis", lambda: add_post(by=UserFactory.create(), thread=thread, body="Un second avis")),
        ("Un texte repris", lambda: change_post(by=author, post=first, body="Un texte repris", revision=1)),
        ('<span class="count">1</span>', lambda: react(by=UserFactory.create(), post=first, kind="thanks", is_on=True)),
        ("Awa Diop", lambda: User.objects.filter(pk=author.pk).update(public_name="Awa Diop")),
        ("Réseau des fils", lambda: Thread.objects.filter(pk=thread.pk).update(network=network)),
        ("on n’y écrit plus", lambda: close_thread(by=author, thread=thread)),
    ]
    for words, change in changes:
        before = _page(path)
        with django_assert_num_queries(0):
            assert _page(path) == before
        change()
        assert (words in before, words in _page(path)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_lists_and_the_home_page_show_what_is_new_and_leave_what_is_private() -> None:
    sheet, thread = published_sheet(title="Une fiche ouverte"), thread_of(title="Un fil ouvert")
    for path, title in (
        ("/", "Une fiche ouverte"),
        ("/fiches/", "Une fiche ouverte"),
        ("/discussions/", "Un fil ouvert"),
    ):
        assert title in _page(path)
    assert [Client().get(one.get_absolute_url()).status_code for one in (sheet, thread)] == [200, 200]
    Sheet.objects.filter(pk=sheet.pk).update(confidentiality=Confidentiality.MEMBERS)
    change_thread(by=thread.created_by, thread=thread, values={"audience": "members"})
    for path, title in (
        ("/", "Une fiche ouverte"),
        ("/fiches/", "Une fiche ouverte"),
        ("/discussions/", "Un fil ouvert"),
    ):
        assert title not in _page(path)
    assert [Client().get(one.get_absolute_url()).status_code for one in (sheet, thread)] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_a_thread_about_a_sheet_leaves_with_it() -> None:
    sheet = published_sheet()
    thread = thread_of(title="Un fil sur la fiche")
    Thread.objects.filter(pk=thread.pk).update(sheet=sheet)
    assert Client().get(thread.get_absolute_url()).status_code == 200
    Sheet.objects.filter(pk=sheet.pk).update(confidentiality=Confidentiality.MEMBERS)
    assert Client().get(thread.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_writes_ends_a_page_too() -> None:
    house: Institution = InstitutionFactory.create(name="Ancien nom")
    sheet = published_sheet(by=UserFactory.create(institution=house))

    def rename() -> None:
        Sheet.objects.filter(pk=sheet.pk).update(title="Le nouveau titre")
        connection.close()

    assert "Le nouveau titre" not in _page("/fiches/")
    worker = threading.Thread(target=rename)
    worker.start()
    worker.join()
    assert "Le nouveau titre" in _page("/fiches/")


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_ends_nothing_and_what_is_not_kept_yet_is_seen_by_its_writer_alone() -> None:
    sheet = published_sheet(title="Le titre d’avant")
    before = _page("/fiches/")
    generation = caches["pages"].get("sheets")
    with transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(title="Le titre essayé")
        assert "Le titre essayé" in _page("/fiches/")
        transaction.set_rollback(True)
    assert caches["pages"].get("sheets") == generation
    assert _page("/fiches/") == before


@pytest.mark.django_db(transaction=True)
def test_each_language_has_its_own_page() -> None:
    published_sheet()
    for _twice in range(2):
        assert re.findall(r'<html lang="(\w+)">', _page("/fiches/") + _page("/en/sheets/")) == ["fr", "en"]


@pytest.mark.django_db(transaction=True)
def test_a_member_is_given_no_kept_page_and_leaves_none() -> None:
    sheet = published_sheet()
    member, path = signed_in(UserFactory.create(public_name="Zoé Quatrepoint")), sheet.get_absolute_url()
    for _twice in range(2):
        own = member.get(path)
        assert ('class="avatar"' in own.content.decode(), "ETag" in own.headers) == (True, False)
        page = Client().get(path)
        assert ("Mon compte" in page.content.decode(), "csrfmiddlewaretoken" in page.content.decode()) == (
            False,
            False,
        )
        assert page.headers["Cache-Control"] == "max-age=0, must-revalidate"


@pytest.mark.django_db(transaction=True)
def test_a_part_of_a_page_and_a_message_to_read_are_not_kept() -> None:
    published_sheet()
    whole = _page("/fiches/")
    part = _page("/fiches/", **{"HX-Request": "true"})
    assert ("<html" in part, _page("/fiches/") == whole) == (False, True)
    told = Client()
    told.cookies["messages"] = "quelque chose"
    assert "ETag" not in told.get("/fiches/").headers


@pytest.mark.django_db(transaction=True)
def test_a_visitors_copy_is_not_sent_again_until_something_moves(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sheet, client = published_sheet(), Client()
    first = client.get(sheet.get_absolute_url())
    known = {"If-None-Match": first.headers["ETag"]}
    with django_assert_num_queries(0):
        again = client.get(sheet.get_absolute_url(), headers=known)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    _try(sheet)
    assert client.get(sheet.get_absolute_url(), headers=known).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_comes_compressed_to_who_takes_it() -> None:
    published_sheet()
    plain = [Client().get("/fiches/") for _twice in range(2)]
    packed = [Client().get("/fiches/", headers={"Accept-Encoding": "gzip"}) for _twice in range(2)]
    assert {gzip.decompress(page.content) for page in packed} == {page.content for page in plain}
    assert [page.headers.get("Content-Encoding") for page in plain + packed] == [None, None, "gzip", "gzip"]
    assert {page.headers["Vary"] for page in plain + packed} == {
        "HX-Request, HX-Source, Accept-Encoding, Cookie, Accept-Language"
    }


def _view(request: HttpRequest, what: str) -> HttpResponseBase:
    """Count how often it is drawn; hold what must not be kept."""
    drawn.append(what)
    answer = HttpResponse(f"{what} {len(drawn)}")
    match what:
        case "token":
            get_token(request)
        case "nonce":
            request.csp_nonce = "once"
        case "cookie":
            answer.set_cookie("seen", "1")
        case "missing":
            answer.status_code = 404
    return answer


drawn: list[str] = []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "times"), [("page", 1), ("token", 2), ("nonce", 2), ("cookie", 2), ("missing", 2), ("off", 2)]
)
def test_only_what_every_visitor_may_be_given_is_kept(what: str, times: int, settings: Settings) -> None:
    settings.PAGES_KEPT_SECONDS = 0 if what == "off" else 300
    drawn.clear()
    view = kept_for_visitors("sheets")(_view)
    for _twice in range(2):
        view(RequestFactory().get("/x/"), what)
    assert drawn == [what] * times


class CountedCache(LocMemCache):
    """A cache that tells what it is asked, as often as a server would be."""

    trips: ClassVar[list[str]] = []

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Count one."""
        self.trips.append(key)
        return super().get(key, default, version)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Count one for them all."""
        asked = [*keys]
        self.trips.append(" ".join(asked))
        found = {key: LocMemCache.get(self, key, None, version) for key in asked}
        return {key: value for key, value in found.items() if value is not None}


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_costs_one_question_to_the_cache_and_none_to_the_database(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counted = {"BACKEND": f"{__name__}.CountedCache", "LOCATION": "counted"}
    settings.CACHES = settings.CACHES | {"pages": counted}
    sheet, thread = published_sheet(), thread_of(title="Un fil")
    for path in ("/", "/fiches/", sheet.get_absolute_url(), "/discussions/", thread.get_absolute_url()):
        first = Client().get(path)
        CountedCache.trips.clear()
        with django_assert_num_queries(0):
            again = Client().get(path)
        assert (again.content, len(CountedCache.trips)) == (first.content, 1), path


@pytest.mark.django_db(transaction=True)
def test_every_table_that_a_kept_page_reads_ends_its_generation() -> None:
    sheet = published_sheet()
    _try(sheet)
    rate_sheet(by=UserFactory.create(), sheet=sheet, useful=4, clear=4, transferable=4)
    thread = thread_of(title="Un fil", tags=["podcast"])
    bears = {
        "/": {"sheets"},
        "/fiches/": {"sheets"},
        sheet.get_absolute_url(): {"sheets", "births", "workshops", "threads"},  # threads: of their births alone
        "/discussions/": {"sheets", "threads", "births"},
        thread.get_absolute_url(): {"sheets", "threads", "workshops", "births"},
    }
    for path, generations in bears.items():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path).status_code == 200
        tables = {table for query in asked for table in TABLES.findall(query["sql"])}
        assert tables - UNSEEN == tables
        assert {name for table in tables for name in generations_ended_by(f'INSERT INTO "{table}"')} <= generations
    assert set(GENERATIONS.values()) == {"sheets", "threads", "workshops"}


@pytest.mark.django_db(transaction=True)
def test_a_cache_that_is_away_costs_a_writer_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_given: object) -> None:
        raise ConnectionError("no cache")

    writer = UserFactory.create()
    thread = thread_of(writer)
    monkeypatch.setattr(caches["pages"], "set", away)
    post = add_post(by=writer, thread=thread, body="Gardé tout de même.")
    assert thread.posts.filter(pk=post.pk).exists()
    assert "_Ended(" in caplog.text
