"""Writes topics: proposed by who comes, voted for, made into the agenda."""

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid, TooMany
from commons.people.models import User
from commons.permissions import require
from events.actions.occurrences import locked_occurrence
from events.actions.recording import record_in
from events.actions.values import clean_text
from events.enums import Change
from events.models import Occurrence, Topic, TopicVote
from events.signals import OccurrenceChanged

MOST_TOPICS, MOST_CHOSEN = 100, 12


@transaction.atomic
def propose_topic(*, by: User, occurrence: Occurrence, title: str, text: str = "") -> Topic:
    """Propose a topic, with one's own voice for it. Under the Chatham House rule who proposed it is not written."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.add_topic")
    if locked.ends_at <= timezone.now():
        raise Conflict(_("Cette séance est terminée."), code="over")
    if not clean_text(title):
        raise Invalid({"title": [_("À remplir.")]})
    if locked.topics.count() >= MOST_TOPICS:
        raise TooMany(_("Cette séance a déjà cent sujets."))
    author = None if locked.series.is_chatham else by
    topic = Topic.objects.create(
        occurrence=locked, title=clean_text(title)[:160], text=clean_text(text)[:1000], by=author
    )
    TopicVote.objects.create(topic=topic, voter=voter_key(by, topic))
    publish(OccurrenceChanged(locked.pk, locked.series_id))
    return topic


@transaction.atomic
def vote_topic(*, by: User, topic: Topic, is_on: bool = True) -> Topic:
    """Give or take back one's voice; twice is once."""
    require(by, "events.take_part", topic.occurrence, see="events.view_occurrence")
    voter = voter_key(by, topic)
    if is_on:
        TopicVote.objects.get_or_create(topic=topic, voter=voter)
    else:
        TopicVote.objects.filter(topic=topic, voter=voter).delete()
    return topic


def voter_key(user: User, topic: Topic) -> str:
    """Return what stands for a person on one topic: the same each time, and no one's number."""
    return salted_hmac("events.topics", f"{topic.pk}:{user.pk}", algorithm="sha256").hexdigest()


@transaction.atomic
def make_agenda(*, by: User, occurrence: Occurrence, topics: list[int], minutes: int = 20) -> Occurrence:
    """Put topics on the agenda, in this order; none named is the most wanted first. The template's steps frame them.

    The first and the last step of the agenda stay, the topics take the place of what lies between.
    """
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    rows = {topic.pk: topic for topic in locked.topics.annotate(n=Count("votes")).order_by("-n", "pk")}
    chosen = topics or list(rows)[:MOST_CHOSEN]
    if any(pk not in rows for pk in chosen) or len(chosen) > MOST_CHOSEN:
        raise Invalid({"topics": [_("Douze sujets de cette séance au plus.")]})
    if not 1 <= minutes <= 240:  # noqa: PLR2004 - four hours
        raise Invalid({"minutes": [_("De 1 à 240 minutes par sujet.")]})
    frame = [step for step in locked.series.agenda if "topic" not in step]
    steps = [{"title": rows[pk].title, "minutes": minutes, "topic": pk} for pk in chosen]
    locked.agenda = [*frame[:1], *steps, *frame[1:][-1:]]
    locked.updated_at = timezone.now()
    locked.save(update_fields=["agenda", "updated_at"])
    record_in(locked, Change.AGENDA_CHANGED)
    publish(OccurrenceChanged(locked.pk, locked.series_id))
    return locked
