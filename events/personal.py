"""What the events app keeps of a person: series, seats, topics, what they wrote in minutes, what they were told."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from commons.bus import publish
from commons.people import holdings
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User
from events.actions.seats import free_seat
from events.actions.topics import voter_key
from events.enums import MinutesState
from events.models import Block, Minutes, Occurrence, Question, Revision, Seat, Series, Told, Topic, TopicVote
from events.queries.minutes import markdown_of
from events.signals import OccurrenceChanged

NAMELESS = "stays, without the person"
COLUMNS = {
    "events.Series.created_by": NAMELESS,
    "events.Series_facilitators.user": "deleted; a series nobody confirms is postponed by the worker",
    "events.Occurrence.confirmed_by": NAMELESS,
    "events.Topic.by": "stays without the person; in removal, deleted unless others want it",
    "events.Block.by": "stays without the person; in removal, deleted unless approved, edited or built on by others",
    "events.Block.owner": "stays without the person: the action is to be taken up",
    "events.Revision.by": "stays without the person; in removal, deleted with its block",
    "events.Hand.user": "deleted, as when the room closes",
    "events.Turn.user": "deleted, as when the room closes",
    "events.Question.by": "stays without the person; in removal, deleted unless others want it",
    "events.Seat.user": "freed and given to who waits",
    "events.Told.user": "deleted",
}


def _sections(person: User) -> Iterator[Section]:
    series = Series.objects.filter(Q(created_by=person) | Q(facilitators=person)).distinct()
    yield section("ateliers", _("Mes ateliers"), series, "title", "about", "start", "rrule", "created_at")
    confirmed = Occurrence.objects.filter(confirmed_by=person)
    yield section(
        "seances-confirmees", _("Séances que j’ai confirmées"), confirmed, "series__title", "start", "confirmed_at"
    )
    yield section(
        "places",
        _("Mes places"),
        person.seats,
        "occurrence__series__title",
        "occurrence__start",
        "answer",
        "mode",
        "status",
        "attendance_confirmed_at",
        "created_at",
    )
    yield section(
        "sujets",
        _("Mes sujets"),
        Topic.objects.filter(by=person),
        "occurrence__series__title",
        "title",
        "text",
        "created_at",
    )
    blocks = Block.objects.filter(Q(by=person) | Q(owner=person))
    yield section(
        "comptes-rendus",
        _("Dans les comptes rendus"),
        blocks,
        "minutes__occurrence__series__title",
        "kind",
        "text",
        "due_date",
        "is_done",
        "created_at",
    )
    revisions = Revision.objects.filter(by=person)
    yield section(
        "comptes-rendus-revisions",
        _("Mes textes de comptes rendus"),
        revisions,
        "block_id",
        "number",
        "text",
        "created_at",
    )
    asked = Question.objects.filter(by=person)
    yield section("questions", _("Mes questions en séance"), asked, "room__occurrence_id", "text", "created_at")
    told = Told.objects.filter(user=person)
    yield section("rappels", _("Rappels reçus"), told, "occurrence__series__title", "kind", "start", "sent_at")


def _erase(person: User, mode: ErasureMode) -> None:
    for seat in Seat.objects.filter(user=person).select_related("occurrence"):
        free_seat(seat)
    coming = Topic.objects.filter(occurrence__ends_at__gt=timezone.now())
    TopicVote.objects.filter(voter__in=[voter_key(person, topic) for topic in coming.only("pk")]).delete()
    named = Q(blocks__by=person) | Q(blocks__owner=person)
    minutes = list(Minutes.objects.filter(named).select_related("occurrence__series").distinct())
    if mode == ErasureMode.REMOVE:
        _remove_words(person)
    Block.objects.filter(by=person).update(by=None)
    Block.objects.filter(owner=person).update(owner=None)
    for one in minutes:
        _freeze_again(one)


def _remove_words(person: User) -> None:
    """Delete the topics that nobody else wants, and the blocks that are not approved and that nobody else worked on."""
    for topic in Topic.objects.filter(by=person):
        if not topic.votes.exclude(voter=voter_key(person, topic)).exists():
            topic.delete()
    Question.objects.filter(by=person, voices__lte=1).delete()
    others = Revision.objects.exclude(by=person).values("block")
    own = Block.objects.filter(by=person, carried=None, origins=None).exclude(minutes__state=MinutesState.FROZEN)
    own.exclude(pk__in=others).delete()


def _freeze_again(minutes: Minutes) -> None:
    """Draw approved minutes again without the name; they say the same."""
    if minutes.state == MinutesState.FROZEN:
        with translation.override("fr"):
            Minutes.objects.filter(pk=minutes.pk).update(frozen_text=markdown_of(minutes))
    publish(OccurrenceChanged(minutes.occurrence_id, minutes.occurrence.series_id))


def register() -> None:
    """Say what this app keeps of people."""
    holdings.register(holdings.Holding(app="events", columns=COLUMNS, sections=_sections, erase=_erase))
