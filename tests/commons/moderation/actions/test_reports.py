"""Reports: made of what one may read, handled by those it concerns, never by whom they are about."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import Settings

from commons.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from commons.moderation.actions import add_note, add_report, close_report, take_report
from commons.moderation.models import AuditEntry, Report
from commons.moderation.queries import reports_handled_by, reports_of
from commons.people.models import User
from events.enums import Visibility
from forum.actions import delete_post
from forum.models import Post
from tests.factories.events import series_of
from tests.factories.forum import posts_in, thread_of
from tests.factories.moderation import report_on
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return posts_in(thread_of(), 1)[0]


def test_a_report_keeps_the_thing_as_it_was(post: Post) -> None:
    reader = UserFactory.create()
    report = add_report(by=reader, kind="post", object_id=str(post.pk), reason="spam", text=" Une publicité. ")
    kept = (report.label, report.url, report.excerpt, report.about, report.text, report.state, report.network)
    url = f"{post.thread.get_absolute_url()}?autour=2#m2"
    assert kept == ("Filmer sans équipe · 2", url, "Message numéro 0", post.author, "Une publicité.", "open", None)


def test_each_kind_is_reported_by_who_may_read_it() -> None:
    reader, sheet, series, person = UserFactory.create(), published_sheet(), series_of(), UserFactory.create()
    things = [("sheet", sheet.pk), ("series", series.pk), ("person", str(person.pk))]
    labels = [add_report(by=reader, kind=kind, object_id=pk, reason="rights").label for kind, pk in things]
    assert labels == [sheet.title, series.title, person.public_name]


def test_what_one_may_not_read_is_not_found() -> None:
    network, reader = NetworkFactory.create(), UserFactory.create()
    closed = thread_of(curator_of(network), network=network)
    gone = posts_in(thread_of(), 1)[0]
    delete_post(by=gone.author, post=gone)
    series = series_of(curator_of(network), network=network, visibility=Visibility.NETWORK)
    hidden = [
        ("post", str(closed.posts.get().pk)), ("post", str(gone.pk)), ("post", "99999999999999999999"),
        ("post", "premier"), ("sheet", draft_sheet().pk), ("series", series.pk), ("person", "0"), ("person", "moi"),
        ("planet", "1"),
    ]  # fmt: skip
    for kind, pk in hidden:
        with pytest.raises(NotFound):
            add_report(by=reader, kind=kind, object_id=pk, reason="spam")
    assert not Report.objects.exists()


def test_the_same_report_is_made_once_while_it_waits(post: Post) -> None:
    reader, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    first = report_on(post, reader)
    assert report_on(post, reader) == first
    close_report(by=moderator, report=first, state="rejected", outcome="Rien à redire.")
    assert report_on(post, reader) != first


@pytest.mark.parametrize(("values", "field"), [({"reason": "boredom"}, "reason"), ({"text": "x" * 1001}, "text")])
def test_a_report_that_cannot_be_kept_is_refused(post: Post, values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        report_on(post, **values)
    assert list(refused.value.fields) == [field]


def test_nobody_reports_their_own_nor_as_a_visitor(post: Post) -> None:
    with pytest.raises(Invalid) as refused:
        report_on(post, post.author)
    assert refused.value.code == "own"
    with pytest.raises(NotAllowed):
        add_report(by=AnonymousUser(), kind="post", object_id=str(post.pk), reason="spam")


def test_reports_have_a_rate(post: Post, settings: Settings) -> None:
    settings.REPORTS_PER_HOUR = 1
    reader, other = UserFactory.create(), posts_in(post.thread, 1)[0]
    report_on(post, reader)
    with pytest.raises(TooMany):
        report_on(other, reader)
    report_on(other)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        report_on(other, reader)


def test_a_report_is_taken_noted_and_closed_and_the_trail_says_so(post: Post) -> None:
    one, two = UserFactory.create(is_moderator=True), UserFactory.create(is_moderator=True)
    report = report_on(post)
    take_report(by=one, report=report)
    take_report(by=one, report=report)
    assert take_report(by=two, report=report).taken_by == two
    add_note(by=one, report=report, text="Je connais la personne.")
    closed = close_report(by=two, report=report, state="resolved", outcome="Message supprimé.")
    assert (closed.state, closed.taken_by, closed.outcome) == ("resolved", two, "Message supprimé.")
    assert [note.text for note in report.notes.all()] == ["Je connais la personne."]
    entries = AuditEntry.objects.order_by("pk").values_list("by", "deed", "object_id", "why")
    assert list(entries) == [
        (one.pk, "take_report", str(post.pk), ""),
        (two.pk, "take_report", str(post.pk), ""),
        (two.pk, "resolve_report", str(post.pk), "Message supprimé."),
    ]
    for again in (take_report, lambda **who: close_report(**who, state="rejected", outcome="Non")):
        with pytest.raises(Conflict) as refused:
            again(by=one, report=report)
        assert refused.value.code == "closed"


@pytest.mark.parametrize(("state", "outcome", "field"), [("open", "Oui", "state"), ("resolved", " ", "outcome")])
def test_closing_says_how_and_why(post: Post, state: str, outcome: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        close_report(by=UserFactory.create(is_moderator=True), report=report_on(post), state=state, outcome=outcome)
    assert list(refused.value.fields) == [field]


def test_curators_handle_their_networks_reports_and_nobody_their_own() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    author, curator = UserFactory.create(), curator_of(network)
    for person in (author, reader := UserFactory.create()):
        join(person, network)
    report = report_on(thread_of(author, network=network).posts.get(), reader)
    everywhere = report_on(thread_of(author, title="Ailleurs").posts.get(), reader)
    own = report_on(thread_of(curator, network=network, title="La mienne").posts.get(), reader)
    moderator, administrator = UserFactory.create(is_moderator=True), UserFactory.create(is_administrator=True)
    seen: dict[str, tuple[User | AnonymousUser, set[Report]]] = {
        "visitor": (AnonymousUser(), set()),
        "reporter": (reader, set()),
        "curator": (curator, {report}),
        "curator elsewhere": (curator_of(other), set()),
        "moderator": (moderator, {report, everywhere, own}),
        "administrator": (administrator, {report, everywhere, own}),
    }
    for role, (user, expected) in seen.items():
        assert set(reports_handled_by(user)) == expected, role
        assert {r for r in Report.objects.all() if user.has_perm("moderation.handle_report", r)} == expected, role
    with pytest.raises(NotAllowed):
        add_note(by=curator, report=own, text="Moi")
    assert list(reports_of(reader)) == [own, everywhere, report]
    author.is_moderator = True
    author.save()
    assert set(reports_handled_by(author)) == {own}
