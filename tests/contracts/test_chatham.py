"""Proves that under the Chatham House rule nothing says who spoke: a whole session, then all that is kept or sent.

One person, with a name, an address, a house and numbers that nothing else has, proposes, votes, posts, drafts, reacts,
writes minutes and collides with somebody. Then every table, answer, page, export, mail and log is searched for them.
"""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from commons.notices.delivering import deliver
from commons.notices.models import Notice
from commons.notices.spreading import spread
from commons.people.models import User
from commons.search.outbox import drain
from events.actions import freeze_minutes, note_due, tell_noted
from events.models import Minutes, Occurrence
from events.search import occurrence_document
from forum.models import Post
from forum.search import thread_document
from frontend.pages.workshops.papers import minutes_page
from tests.factories.api import client_of
from tests.factories.events import rows_of, series_of
from tests.factories.pages import signed_in
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, curator_of, join
from tests.factories.search import found_by, fresh_index

pytestmark = pytest.mark.django_db
PERSON, HOUSE = 987_654_321, 876_543_219
MARKS = ("Quercitron", "quercitron", str(PERSON), str(HOUSE))
WHO_IS_WHO = {"people_apitoken", "people_institution", "people_membership", "people_user", "usersessions_usersession"}
"""The tables that say who people are, apart from any meeting."""
WHO_COMES = {"events_seat", "events_told", "forum_follow", "notices_notice"}
"""The tables that say who comes to a meeting, follows it and is told of it: not who says what."""
START = datetime.datetime(2026, 10, 13, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:  # noqa: ARG001 - the index reads the database
    fresh_index()
    with time_machine.travel(START - datetime.timedelta(days=20), tick=True) as traveller:
        yield traveller


def marks_in(text: object) -> list[str]:
    return [mark for mark in MARKS if mark in str(text)]


class Session:
    """A series under the rule, two meetings of it, who hosts, who speaks and who else is there."""

    def __init__(self) -> None:
        network = NetworkFactory.create()
        self.host = curator_of(network)
        house = InstitutionFactory.create(pk=HOUSE, name="Maison Quercitron", slug="maison-quercitron")
        self.speaker: User = UserFactory.create(
            pk=PERSON,
            public_name="Philomène Quercitron",
            email="p.quercitron@maison.example",
            institution=house,
            is_credited=True,
        )
        self.other: User = UserFactory.create()
        for person in (self.speaker, self.other):
            join(person, network)
        self.network = network
        self.series = series_of(
            self.host,
            network=network,
            visibility="network",
            is_chatham=True,
            start="2026-10-13T14:00",
            rrule="FREQ=WEEKLY;COUNT=2",
            title="Ce que nous avons raté",
            seats_online=1,
        )
        self.meeting, self.next = rows_of(self.series)
        self.api = f"/api/v1/occurrences/{self.meeting.pk}/"
        self.page = f"/ateliers/{self.meeting.pk}/"
        self.thread = ""
        self.kept: list[Any] = []

    def speak(self) -> None:
        """Do, as the speaker, everything that one may do around a meeting, and what is refused there too."""
        api, browser = client_of(self.speaker), signed_in(self.speaker)
        assert api.post(f"{self.api}seats/").json()["status"] == "going"
        topic = api.post(f"{self.api}topics/", {"title": "La jauge", "text": "Trop grande"}).json()
        api.put(f"{self.api}topics/{topic['id']}/vote/")
        self.thread = api.put(f"{self.api}thread/").json()["thread"]
        posts = f"/api/v1/threads/{self.thread}/posts/"
        sent = {"body": "Nous avons menti sur la jauge.", "client_id": "quercitron-1"}
        first = api.post(posts, sent)
        assert (first.status_code, first.json()["author"]) == (201, None)
        again = client_of(self.speaker, **{"Idempotency-Key": "quercitron"}).post(posts, sent)
        assert again.json()["id"] == first.json()["id"]
        theirs = client_of(self.other).post(posts, {"body": "Nous aussi."}).json()
        assert api.put(f"{posts}{theirs['id']}/reactions/thanks/").status_code == 403
        assert api.patch(f"{posts}{first.json()['id']}/", {"body": "Non.", "revision": 1}).status_code == 403
        reply = f"/discussions/{self.thread}/repondre/"
        browser.post(reply, {"body": "Un brouillon"}, headers={"X-Autosave": "1"})
        browser.post(reply, {"body": "Un aperçu", "preview": "1"})
        assert browser.post(reply, {"body": "Et sur le budget.", "client_id": f"c{PERSON}"}).status_code == 302
        self.write()

    def write(self) -> None:
        """Write minutes as the speaker, and collide with somebody else's text."""
        api, blocks = client_of(self.speaker), f"{self.api}minutes/blocks/"
        failure = {"kind": "failure", "text": "La jauge trop grande", "client_id": "quercitron-2"}
        block = api.post(blocks, failure).json()
        action = {"kind": "action", "text": "Mesurer la salle", "due_date": "2026-10-20"}
        api.post(blocks, action)
        assert api.post(blocks, action | {"owner": PERSON}).status_code == 422
        client_of(self.other).patch(f"{blocks}{block['id']}/", {"text": "La jauge était trop grande", "revision": 1})
        late = api.patch(f"{blocks}{block['id']}/", {"text": "La jauge, bien trop grande", "revision": 1}).json()
        assert late["asides"] == ["La jauge, bien trop grande"]
        decision = {"kind": "decision", "text": "Compter avant", "method": "consentement", "review_date": "2026-10-15"}
        signed_in(self.speaker).post(f"{self.page}blocs/", decision)
        client_of(self.other).post(f"{blocks}{block['id']}/sheet/")
        assert api.post(f"/api/v1/occurrences/{self.next.pk}/minutes/blocks/", {"text": "Suite"}).status_code == 201

    def meet(self) -> None:
        """Ask to speak, speak, question and answer in the live room; closing it forgets who did."""
        host, api = client_of(self.host), client_of(self.speaker)
        assert host.post(f"{self.api}room/opening/").status_code == 200
        hand = api.post(f"{self.api}queue/", {"kind": "point"}).json()["queue"][0]["id"]
        assert host.put(f"{self.api}floor/", {"hand": hand}).status_code == 200
        question = {"text": "Qui mesure la salle ?", "client_id": "quercitron-3"}
        asked = api.post(f"{self.api}questions/", question).json()
        assert asked["by"] is None
        poll = host.post(f"{self.api}polls/", {"question": "On arrête ?", "options": ["Oui", "Non"]}).json()
        assert api.put(f"{self.api}polls/{poll['id']}/answer/", {"option": 0}).status_code == 200
        assert host.post(f"{self.api}room/closure/").status_code == 200

    def finish(self, clock: time_machine.Traveller) -> None:
        """Let time pass: reminders, minutes read again and frozen, decisions looked at again."""
        for days in (-7, -1, 0, 1.2, 2, 3):
            clock.move_to(START + datetime.timedelta(days=days))
            note_due(now=timezone.now())
            tell_noted()
            spread()
            deliver()
            if not days:
                self.meet()
        client_of(self.host).post(f"{self.api}minutes/review/")
        clock.move_to(START + datetime.timedelta(days=20))
        assert freeze_minutes(now=timezone.now()) == 1


@pytest.fixture
def session(
    clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> Session:
    caplog.set_level("INFO")
    with django_capture_on_commit_callbacks(execute=True):
        session = Session()
        session.speak()
        session.finish(clock)
    return session


def rows_by_table() -> dict[str, list[Any]]:
    """Return every row of every table, whatever wrote it."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own tables
            found[table] = cursor.fetchall()
    return found


def assert_only_the_tables_of_who_is_who_and_who_comes_know_the_person(session: Session) -> None:
    drain()
    rows = rows_by_table()
    for table in ("events_topic", "events_topicvote", "events_block", "events_revision", "forum_post", "forum_event"):
        assert rows[table], table
    assert (rows["forum_draft"], rows["forum_reaction"]) == ([], [])
    knowing = {table for table, found in rows.items() if any(marks_in(row) for row in found)}
    assert knowing == WHO_IS_WHO | WHO_COMES
    assert list(Notice.objects.filter(by=PERSON)) == []
    assert Post.objects.filter(thread=session.thread).values_list("author", flat=True).distinct().get() is None


def assert_the_index_finds_what_was_said_and_nobody(session: Session) -> None:
    meeting = ("occurrence", str(session.meeting.pk))
    talk = ("thread", session.thread)
    assert {meeting, talk} <= set(found_by(session.other, "jauge"))
    assert {kind for kind, _pk in found_by(session.other, "Quercitron")} <= {"person", "institution"}
    occurrence = Occurrence.objects.select_related("series", "series__network", "thread").get(pk=session.meeting.pk)
    assert occurrence.thread is not None
    for document in (occurrence_document(occurrence), thread_document(occurrence.thread)):
        assert ("jauge" in str(document), marks_in(document)) == (True, [])


def assert_no_answer_nor_page_nor_export_names_the_person(session: Session) -> None:
    series, thread = f"/api/v1/series/{session.series.pk}/", f"/api/v1/threads/{session.thread}/"
    answers = [
        session.api, f"{session.api}topics/", f"{session.api}minutes/", f"{session.api}minutes.md",
        f"{session.api}seats/", f"{session.api}calendar.ics", "/api/v1/occurrences/", "/api/v1/series/", series,
        f"{series}occurrences/",
        f"{series}calendar.ics", f"/api/v1/networks/{session.network.slug}/calendar.ics", thread, f"{thread}posts/",
        f"{thread}events/?after=0", "/api/v1/threads/", "/api/v1/search/?q=jauge",
    ]  # fmt: skip
    pages = [
        session.meeting.get_absolute_url(), session.next.get_absolute_url(), session.series.get_absolute_url(),
        f"{session.page}compte-rendu/historique/", "/ateliers/", "/ateliers/?mois=2026-10", "/discussions/",
        f"/discussions/{session.thread}/ce-que-nous-avons-rate-13-10-2026/", "/recherche/?q=jauge",
    ]  # fmt: skip
    rooms = [f"{session.api}{door}" for door in ("room/", "queue/", "events/?after=0", "questions/", "polls/")]
    moderator = UserFactory.create(is_moderator=True)
    for reader in (session.other, session.host, moderator):
        for doors, addresses in ((client_of(reader), answers), (signed_in(reader), pages)):
            for address in addresses:
                response = doors.get(address, follow=True)
                assert (address, response.status_code, marks_in(response.content.decode())) == (address, 200, [])
    for reader in (session.other, session.host, moderator):
        for address in rooms:  # closed to who has no seat, and says so without a name
            shown = client_of(reader).get(address)
            assert shown.status_code in (200, 403), address
            assert marks_in(shown.content.decode()) == [], address
    minutes = Minutes.objects.select_related("occurrence__series__network").get(occurrence=session.meeting)
    for text in (minutes.frozen_text, minutes_page(minutes)):
        assert ("jauge" in text, marks_in(text)) == (True, [])


def assert_no_mail_to_others_and_no_log_names_the_person(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    others = [message for message in mail.outbox if message.to != [session.speaker.email]]
    assert session.host.email in {message.to[0] for message in others}
    assert [marks_in(message.message().as_string()) for message in others] == [[]] * len(others)
    records = [*caplog.get_records("setup"), *caplog.records]
    logged = [record.getMessage() + str(record.msg) for record in records]
    assert any("POST" in line for line in logged)
    assert [line for line in logged if marks_in(line)] == []


def test_nothing_kept_or_sent_says_who_spoke(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    assert_only_the_tables_of_who_is_who_and_who_comes_know_the_person(session)
    assert_the_index_finds_what_was_said_and_nobody(session)
    assert_no_answer_nor_page_nor_export_names_the_person(session)
    assert_no_mail_to_others_and_no_log_names_the_person(session, caplog)
