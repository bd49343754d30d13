"""Saved searches tell what is new: once, only what their owner may see and did not write, when the engine answers."""

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from commons.notices.actions import choose
from commons.notices.delivering import deliver
from commons.notices.models import Notice
from commons.notices.queries import choices_of, lines_of
from commons.notices.spreading import spread
from commons.people.models import User
from commons.search import finding
from commons.search.actions import ASKED_EVERY, see_saved_search
from commons.search.engines.protocol import EngineDownError
from commons.search.models import SavedSearch
from commons.search.outbox import drain
from practices import alerts
from practices.alerts import NEW_IN_SEARCH, tell_of_new_sheets
from practices.jobs import look_for_new_sheets
from practices.models import Sheet
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.search import fresh_index
from tests.factories.sheets import join_authors, published_sheet

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0
    fresh_index()


def kept_by(person: User, text: str = "podcast", **filters: list[str]) -> SavedSearch:
    """Return a search that its owner looked at an hour ago."""
    seen = timezone.now() - HOUR
    return SavedSearch.objects.create(user=person, name=f"Mes {text}s", text=text, filters=filters, seen_at=seen)


def ticks(later: datetime.timedelta = datetime.timedelta()) -> int:
    """Let the worker do what it does at that time; return how many searches told something."""
    drain()
    told = tell_of_new_sheets(now=timezone.now() + later)
    spread()
    deliver()
    return told


def read_by(person: User) -> list[tuple[str, str]]:
    """Return what a person reads in their language, and where it leads."""
    found = Notice.objects.filter(user=person, kind=NEW_IN_SEARCH)
    with translation.override(person.language):
        return [(line.sentence, line.url) for line in lines_of(person, found)]


def published_at(sheet: Sheet, date: datetime.datetime) -> None:
    """Publish a sheet at another moment than now."""
    Sheet.objects.filter(pk=sheet.pk).update(published_at=date)


def test_what_is_new_is_told_once_and_again_only_when_something_newer_comes() -> None:
    person = UserFactory.create()
    saved = kept_by(person)
    old = published_sheet(title="Un podcast ancien")
    published_at(old, saved.seen_at - HOUR)
    assert (ticks(), read_by(person)) == (0, [])
    published_sheet(title="Un podcast nouveau")
    assert ticks() == 0  # it was asked within the hour
    assert ticks(ASKED_EVERY) == 1
    place = f"/profil/recherches/{saved.pk}/"
    assert read_by(person) == [("1 nouvelle fiche dans votre recherche « Mes podcasts »", place)]
    Notice.objects.update(read_at=timezone.now())
    assert ticks(ASKED_EVERY * 2) == 0
    published_sheet(title="Un podcast encore")
    assert ticks(ASKED_EVERY * 3) == 1
    assert read_by(person) == [("2 nouvelles fiches dans votre recherche « Mes podcasts »", place)]
    assert Notice.objects.get(user=person).read_at is None
    see_saved_search(by=person, saved=saved)
    assert ticks(ASKED_EVERY * 4) == 0


def test_it_is_said_in_the_language_of_the_reader() -> None:
    person = UserFactory.create(language="en")
    saved = kept_by(person)
    published_sheet(title="Un podcast")
    ticks()
    assert read_by(person) == [("1 new sheet in your search “Mes podcasts”", f"/en/profile/searches/{saved.pk}/")]
    published_sheet(title="Un second podcast")
    ticks(ASKED_EVERY)
    assert [said for said, _url in read_by(person)] == ["2 new sheets in your search “Mes podcasts”"]
    with translation.override("en"):
        labels = [str(row.kind.label) for row in choices_of(person) if row.kind.code == NEW_IN_SEARCH]
    assert labels == ["Something new in my saved searches"]


def test_ones_own_sheets_are_no_news() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    kept_by(person)
    kept_by(other)
    sheet = published_sheet(person, title="Un podcast")
    join_authors(published_sheet(title="Un podcast à deux"), person)
    assert ticks() == 1
    assert read_by(person) == []
    assert [said for said, _url in read_by(other)] == ["2 nouvelles fiches dans votre recherche « Mes podcasts »"]
    assert sheet.created_by == person


def test_only_who_may_see_a_sheet_is_told_of_it() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    member, stranger = UserFactory.create(), UserFactory.create()
    join(author, network)
    join(member, network)
    published_sheet(author, title="Un podcast entre nous", confidentiality="network", network=network)
    kept_by(member)
    kept_by(stranger)
    assert ticks() == 1
    assert (len(read_by(member)), read_by(stranger)) == (1, [])


def test_filters_hold_and_searches_for_other_things_than_sheets_tell_nothing() -> None:
    published_sheet(title="Un podcast", format=["podcast"])
    among_sheets, elsewhere, filtered, gone = UserFactory.create_batch(4)
    kept_by(among_sheets, kind=["sheet"], format=["podcast"])
    kept_by(elsewhere, kind=["person"])
    kept_by(filtered, genre=["need"])
    kept_by(gone, forgotten=["facet"])
    assert ticks() == 2
    assert [len(read_by(person)) for person in (among_sheets, elsewhere, filtered, gone)] == [1, 0, 0, 1]


def test_who_wants_none_and_who_left_are_not_even_asked_for() -> None:
    refuser, on_site, gone = UserFactory.create(), UserFactory.create(), UserFactory.create(is_active=False)
    choose(by=refuser, choices={NEW_IN_SEARCH: (False, "")})
    choose(by=on_site, choices={NEW_IN_SEARCH: (True, "")})
    for person in (refuser, on_site, gone):
        kept_by(person)
    published_sheet(title="Un podcast")
    assert ticks() == 1
    asked = SavedSearch.objects.filter(asked_at__isnull=False)
    assert list(asked.values_list("user", flat=True)) == [on_site.pk]
    assert len(read_by(on_site)) == 1


def test_an_engine_that_is_down_tells_nothing_and_the_next_tick_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Down:
        """An engine that does not answer."""

        def search(self, *_asked: object) -> None:
            """Fail as engines do."""
            raise EngineDownError("down")

    person = UserFactory.create()
    kept_by(person)
    published_sheet(title="Un podcast")
    drain()
    with monkeypatch.context() as patched:
        patched.setattr(finding, "engine", Down)
        assert tell_of_new_sheets(now=timezone.now()) == 0
    assert read_by(person) == []
    assert ticks() == 1


def test_a_tick_asks_so_many_and_the_next_one_goes_on_with_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "AT_ONCE", 2)
    saved = [kept_by(UserFactory.create()) for _ in range(3)]
    SavedSearch.objects.filter(pk=saved[0].pk).update(asked_at=timezone.now() - HOUR * 2)
    SavedSearch.objects.filter(pk=saved[1].pk).update(asked_at=timezone.now() - HOUR * 3)
    published_sheet(title="Un podcast")
    assert [ticks(), ticks(), ticks()] == [2, 1, 0]
    order = SavedSearch.objects.order_by("asked_at", "pk").values_list("pk", flat=True)
    assert list(order) == [saved[1].pk, saved[2].pk, saved[0].pk]


def test_the_job_looks_for_what_is_due() -> None:
    person = UserFactory.create()
    kept_by(person)
    published_sheet(title="Un podcast")
    drain()
    look_for_new_sheets.call_local()
    spread()
    assert len(read_by(person)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_as_much_however_many_are_asked(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published_sheet(title="Un podcast")
    drain()
    for _ in range(count):
        kept_by(UserFactory.create())
    with django_assert_num_queries(5 + 9 * count):  # three reads each, and what telling writes
        tell_of_new_sheets(now=timezone.now())
