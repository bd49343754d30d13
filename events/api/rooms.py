"""The doors of a meeting's room: as it is now, opened and closed, its agenda, what changed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import shaped
from commons.live.replay import ASKED, asked_after, kept_frames, replayed
from commons.people.api.authentication import person_of
from events.actions import close_room, open_room, pause_agenda, resume_agenda, start_step
from events.api.doors import entered_room, visible_occurrence
from events.api.frames import Frames, agenda_state, room_whole
from events.api.minutes import BlockSerializer
from events.api.polls import PollSerializer
from events.api.questions import QuestionSerializer
from events.api.queue import HandSerializer, TurnSerializer
from events.api.schema import StepSerializer
from events.enums import Balance, Change, RoomState
from events.models import Room
from events.queries import room_events_after


class ClockSerializer(serializers.Serializer[Any]):
    """The agenda: the current step by its place from 0, the seconds spent in it, and since when its clock runs on."""

    steps = StepSerializer(many=True)
    step = serializers.IntegerField(allow_null=True)
    spent_seconds = serializers.IntegerField()
    running_since = serializers.DateTimeField(allow_null=True)


class StartSerializer(serializers.Serializer[Any]):
    """Which step to start, from 0; the next one without it."""

    step: Any = serializers.IntegerField(min_value=0, max_value=100, required=False)


class MinutesStateSerializer(serializers.Serializer[Any]):
    """Where the minutes stand."""

    state = serializers.CharField()
    review_until = serializers.DateTimeField(allow_null=True)
    frozen_at = serializers.DateTimeField(allow_null=True)


class RoomBlockSerializer(BlockSerializer):
    """A block of the minutes, as everybody in the room sees it."""

    sheets = None  # type: ignore[assignment]  # whose sheets one may read differs from reader to reader


class RoomSerializer(serializers.Serializer[Any]):
    """A room as everybody in it sees it, and the number of its last change."""

    occurrence = serializers.IntegerField()
    last_seq = serializers.IntegerField()
    state = serializers.CharField(help_text=", ".join(RoomState.values))
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    agenda = ClockSerializer()
    balance = serializers.CharField(help_text=", ".join(filter(None, Balance.values)))
    queue = HandSerializer(many=True)
    floor = TurnSerializer(allow_null=True)
    minutes = MinutesStateSerializer()
    polls = PollSerializer(many=True)
    questions = QuestionSerializer(many=True)
    blocks = RoomBlockSerializer(many=True)


class RoomEventSerializer(serializers.Serializer[Any]):
    """A change of a room: the same as the sockets' frames."""

    type = serializers.CharField(help_text=", ".join(Change.values))
    occurrence = serializers.IntegerField()
    seq = serializers.IntegerField()
    said = serializers.CharField(allow_blank=True)
    state = serializers.DictField(required=False)
    rows = serializers.DictField(required=False)
    removed = serializers.DictField(required=False)
    html = serializers.DictField(required=False)


class RoomEventsSerializer(serializers.Serializer[Any]):
    """What changed after a number, and the room's last one; more is to be asked for while they differ."""

    events = RoomEventSerializer(many=True)
    last_seq = serializers.IntegerField()


class RoomView(APIView):
    """The room of a meeting."""

    @extend_schema(responses=RoomSerializer, operation_id="room_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read the whole room."""
        return Response(room_whole(entered_room(request, pk)))


class OpeningView(APIView):
    """The opening of a room."""

    @extend_schema(request=None, responses=RoomSerializer, operation_id="room_open")
    def post(self, request: Request, pk: int) -> Response:
        """Open the room."""
        return Response(room_whole(open_room(by=person_of(request), occurrence=visible_occurrence(request, pk))))


class RoomClosureView(APIView):
    """The end of a session."""

    @extend_schema(request=None, responses=RoomSerializer, operation_id="room_close")
    def post(self, request: Request, pk: int) -> Response:
        """Close the room; what says who spoke or voted is deleted."""
        return Response(room_whole(close_room(by=person_of(request), occurrence=visible_occurrence(request, pk))))


class StepView(APIView):
    """The current step of the agenda."""

    @extend_schema(request=StartSerializer, responses=ClockSerializer, operation_id="agenda_step")
    def put(self, request: Request, pk: int) -> Response:
        """Start a step: the one named, or the next."""
        values = shaped(request, StartSerializer(data=request.data))
        occurrence = visible_occurrence(request, pk)
        return _clock(start_step(by=person_of(request), occurrence=occurrence, **values))


class PauseView(APIView):
    """The clock of the current step, stopped."""

    @extend_schema(request=None, responses=ClockSerializer, operation_id="agenda_pause")
    def put(self, request: Request, pk: int) -> Response:
        """Stop the clock."""
        return _clock(pause_agenda(by=person_of(request), occurrence=visible_occurrence(request, pk)))

    @extend_schema(request=None, responses=ClockSerializer, operation_id="agenda_resume")
    def delete(self, request: Request, pk: int) -> Response:
        """Let it run on."""
        return _clock(resume_agenda(by=person_of(request), occurrence=visible_occurrence(request, pk)))


def _clock(room: Room) -> Response:
    return Response(agenda_state(room)["agenda"])


class RoomEventsView(APIView):
    """What changed in a room."""

    @extend_schema(operation_id="room_events", responses=RoomEventsSerializer, parameters=ASKED)
    def get(self, request: Request, pk: int) -> Response:
        """Return what changed after a number, oldest first, 200 at most; 410 when it cannot be told any more.

        Under the Chatham House rule no answer is kept to be given again: it may name who speaks.
        """
        room, after = entered_room(request, pk), asked_after(request)

        def build() -> list[dict[str, Any]] | None:
            events, frames = room_events_after(room, after), Frames(room)
            return None if events is None else [frames.of(event) for event in events]

        is_kept = not room.occurrence.series.is_chatham
        told = kept_frames(f"occurrence.{pk}", after, room.last_seq, build) if is_kept else replayed(build)
        return Response({"events": told, "last_seq": room.last_seq})
