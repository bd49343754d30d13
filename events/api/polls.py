"""The doors of a room's polls: opened, answered, closed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import idempotent, page_of, shaped
from commons.errors import NotFound
from commons.people.api.authentication import person_of
from events.actions import answer_poll, close_poll, open_poll
from events.api.doors import entered_room, visible_occurrence
from events.api.frames import poll_row
from events.models import Poll
from events.queries import own_answers, polls_of


class PollSerializer(serializers.Serializer[Any]):
    """A poll; `counts` is null while it is open and one has not answered; `mine` is one's own answer meanwhile."""

    id = serializers.IntegerField(read_only=True)
    question = serializers.CharField(max_length=200)
    options = serializers.ListField(child=serializers.CharField(max_length=120), min_length=2, max_length=8)
    voters = serializers.IntegerField(read_only=True)
    counts: Any = serializers.ListField(child=serializers.IntegerField(), allow_null=True, read_only=True)
    mine: Any = serializers.IntegerField(allow_null=True, read_only=True)
    closed_at = serializers.DateTimeField(allow_null=True, read_only=True)


class OptionSerializer(serializers.Serializer[Any]):
    """An answer, by its place from 0."""

    option = serializers.IntegerField(min_value=0, max_value=7)


def _found(request: Request, pk: int, poll_pk: int) -> Poll:
    poll = polls_of(entered_room(request, pk)).select_related("room__occurrence__series").filter(pk=poll_pk).first()
    if poll is None:
        raise NotFound
    return poll


def _row(request: Request, poll: Poll) -> dict[str, Any]:
    return poll_row(poll, own_answers(request.user, [poll]).get(poll.pk))


class RoomPollsView(APIView):
    """The polls of a room."""

    @extend_schema(responses=page_of(PollSerializer), operation_id="room_polls_list")
    def get(self, request: Request, pk: int) -> Response:
        """List the polls, the newest first."""
        polls = list(polls_of(entered_room(request, pk)))
        mine = own_answers(request.user, polls)
        rows = [poll_row(poll, mine.get(poll.pk)) for poll in polls]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(request=PollSerializer, responses={201: PollSerializer}, operation_id="room_polls_open")
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Open a poll."""
        values = shaped(request, PollSerializer(data=request.data))
        poll = open_poll(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return Response(_row(request, poll), status=status.HTTP_201_CREATED)


class PollAnswerView(APIView):
    """One's own answer to a poll."""

    @extend_schema(request=OptionSerializer, responses=PollSerializer, operation_id="room_polls_answer")
    def put(self, request: Request, pk: int, poll_pk: int) -> Response:
        """Answer, or answer otherwise; then the counts are told."""
        values = shaped(request, OptionSerializer(data=request.data))
        poll = answer_poll(by=person_of(request), poll=_found(request, pk, poll_pk), **values)
        return Response(_row(request, poll))


class PollClosureView(APIView):
    """The end of a poll."""

    @extend_schema(request=None, responses=PollSerializer, operation_id="room_polls_close")
    def post(self, request: Request, pk: int, poll_pk: int) -> Response:
        """Close a poll: everybody reads its counts, and who answered what is forgotten."""
        return Response(_row(request, close_poll(by=person_of(request), poll=_found(request, pk, poll_pk))))
