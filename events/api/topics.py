"""The doors of topics: proposed, voted for, made into the agenda."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import idempotent, page_of, shaped
from commons.errors import NotFound
from commons.people.api.authentication import person_of
from commons.people.rules import is_signed_in
from events.actions import make_agenda, propose_topic, vote_topic
from events.actions.topics import voter_key
from events.api.doors import answered, visible_occurrence
from events.api.frames import agenda_state
from events.api.rooms import ClockSerializer
from events.api.schema import OccurrenceSerializer
from events.models import Occurrence, Topic, TopicVote
from events.queries import room_of, topics_of


class TopicSerializer(serializers.Serializer[Any]):
    """A topic and its voices; `by` is null for who is not credited, and for everybody under Chatham."""

    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=160)
    text = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    by = serializers.CharField(read_only=True, allow_null=True)
    voices = serializers.IntegerField(read_only=True)
    is_mine = serializers.BooleanField(read_only=True, help_text="whether my voice is among them")


class AgendaInputSerializer(serializers.Serializer[Any]):
    """Which topics, in which order; none is the most wanted first."""

    topics = serializers.ListField(child=serializers.IntegerField(), max_length=12, required=False)
    minutes = serializers.IntegerField(min_value=1, max_value=240, required=False)


def topic_rows(request: Request, occurrence: Occurrence) -> list[dict[str, Any]]:
    """Return the topics of a meeting, the most wanted first."""
    rows: list[Any] = list(topics_of(occurrence))
    keys = {voter_key(person_of(request), row) for row in rows} if is_signed_in(request.user) else set()
    mine = set(TopicVote.objects.filter(topic__in=rows, voter__in=keys).values_list("topic_id", flat=True))
    return [
        {
            "id": row.pk,
            "title": row.title,
            "text": row.text,
            "by": row.by.public_name if row.by is not None and row.by.is_credited else None,
            "voices": row.voices,
            "is_mine": row.pk in mine,
        }
        for row in rows
    ]


def _row(request: Request, occurrence: Occurrence, pk: int) -> dict[str, Any]:
    return next(row for row in topic_rows(request, occurrence) if row["id"] == pk)


class TopicsView(APIView):
    """The topics of a meeting."""

    @extend_schema(responses=page_of(TopicSerializer), operation_id="topics_list")
    def get(self, request: Request, pk: int) -> Response:
        """List topics, the most wanted first."""
        rows = topic_rows(request, visible_occurrence(request, pk))
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(request=TopicSerializer, responses={201: TopicSerializer}, operation_id="topics_propose")
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Propose a topic, with one's own voice for it."""
        occurrence = visible_occurrence(request, pk)
        values = shaped(request, TopicSerializer(data=request.data))
        topic = propose_topic(by=person_of(request), occurrence=occurrence, **values)
        return Response(_row(request, occurrence, topic.pk), status=status.HTTP_201_CREATED)


class VoteView(APIView):
    """One's own voice for a topic."""

    @extend_schema(request=None, responses=TopicSerializer, operation_id="topics_vote")
    def put(self, request: Request, pk: int, topic_pk: int) -> Response:
        """Give one's voice; twice is once."""
        return self._voted(request, pk, topic_pk, is_on=True)

    @extend_schema(request=None, responses=TopicSerializer, operation_id="topics_unvote")
    def delete(self, request: Request, pk: int, topic_pk: int) -> Response:
        """Take one's voice back."""
        return self._voted(request, pk, topic_pk, is_on=False)

    def _voted(self, request: Request, pk: int, topic_pk: int, *, is_on: bool) -> Response:
        occurrence = visible_occurrence(request, pk)
        topic = Topic.objects.filter(occurrence=occurrence, pk=topic_pk).select_related("occurrence__series").first()
        if topic is None:
            raise NotFound
        vote_topic(by=person_of(request), topic=topic, is_on=is_on)
        return Response(_row(request, occurrence, topic.pk))


class AgendaView(APIView):
    """The agenda of a meeting."""

    @extend_schema(responses=ClockSerializer, operation_id="agenda_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read the steps, the current one, and its clock."""
        return Response(agenda_state(room_of(visible_occurrence(request, pk)))["agenda"])

    @extend_schema(request=AgendaInputSerializer, responses=OccurrenceSerializer, operation_id="agenda_make")
    def put(self, request: Request, pk: int) -> Response:
        """Make the agenda from topics."""
        values = {"topics": []} | shaped(request, AgendaInputSerializer(data=request.data))
        make_agenda(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return answered(request, pk)
