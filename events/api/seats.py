"""The doors of seats: one's own answer, the counts, who was there."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import idempotent, shaped
from commons.people.api.authentication import person_of
from events.actions import answer, ask_attendance, mark_attendance
from events.api.doors import visible_occurrence
from events.enums import Answer, Mode
from events.models import Occurrence, Seat
from events.queries import position_of, seat_counts


class SeatInputSerializer(serializers.Serializer[Any]):
    """An answer: `yes` unless said; `mode` is needed only where one may come both ways."""

    answer = serializers.ChoiceField(choices=Answer.choices, required=False)
    mode = serializers.ChoiceField(choices=Mode.choices, required=False)


class SeatSerializer(serializers.Serializer[Any]):
    """One's own seat: `status` is `going`, `waiting` or `none`; `position` in the waiting list, from 1."""

    occurrence = serializers.IntegerField()
    answer = serializers.CharField()
    mode = serializers.CharField()
    status = serializers.CharField()
    position = serializers.IntegerField(allow_null=True)
    claim_by = serializers.DateTimeField(allow_null=True)
    has_asked_attendance = serializers.BooleanField(help_text="said that they were there")
    has_attended = serializers.BooleanField(help_text="a facilitator confirmed it")


class CountSerializer(serializers.Serializer[Any]):
    """How many come one way."""

    going = serializers.IntegerField()
    waiting = serializers.IntegerField()
    capacity = serializers.IntegerField(allow_null=True)


class SeatsSerializer(serializers.Serializer[Any]):
    """One's own seat, and how many there are."""

    mine = SeatSerializer(allow_null=True)
    onsite = CountSerializer()
    online = CountSerializer()


class AttendanceSerializer(serializers.Serializer[Any]):
    """The people who were there, by their numbers."""

    people = serializers.ListField(child=serializers.IntegerField(), max_length=1000)


class PresentSerializer(serializers.Serializer[Any]):
    """How many were there."""

    attended = serializers.IntegerField()


def seat_row(seat: Seat) -> dict[str, Any]:
    """Return a person's own seat."""
    return {
        "occurrence": seat.occurrence_id,
        "answer": seat.answer,
        "mode": seat.mode,
        "status": seat.status,
        "position": position_of(seat),
        "claim_by": seat.claim_by,
        "has_asked_attendance": seat.attendance_asked_at is not None,
        "has_attended": seat.has_attended,
    }


class SeatsView(APIView):
    """Seats of a meeting."""

    @extend_schema(responses=SeatsSerializer, operation_id="seats_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read one's own seat and the counts; who else comes is not said."""
        occurrence = visible_occurrence(request, pk)
        mine = Seat.objects.filter(occurrence=occurrence, user=request.user.pk).first()
        return Response({"mine": seat_row(mine) if mine else None, **seat_counts(occurrence)})

    @extend_schema(request=SeatInputSerializer, responses={201: SeatSerializer}, operation_id="seats_answer")
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Answer an invitation: a seat, or a place in the waiting list. Answering again changes the answer."""
        values = shaped(request, SeatInputSerializer(data=request.data))
        seat = answer(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return Response(seat_row(seat), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=SeatSerializer, operation_id="seats_leave")
    def delete(self, request: Request, pk: int) -> Response:
        """Leave one's seat, or the waiting list: it goes to who waits."""
        occurrence: Occurrence = visible_occurrence(request, pk)
        return Response(seat_row(answer(by=person_of(request), occurrence=occurrence, answer=Answer.NO)))


class AttendanceView(APIView):
    """Who was at a meeting."""

    @extend_schema(request=None, responses=SeatSerializer, operation_id="attendance_ask")
    def post(self, request: Request, pk: int) -> Response:
        """Say « I was there »; a facilitator confirms it."""
        return Response(seat_row(ask_attendance(by=person_of(request), occurrence=visible_occurrence(request, pk))))

    @extend_schema(request=AttendanceSerializer, responses=PresentSerializer, operation_id="attendance_mark")
    def put(self, request: Request, pk: int) -> Response:
        """Confirm who was there, for certificates."""
        people = shaped(request, AttendanceSerializer(data=request.data))["people"]
        count = mark_attendance(by=person_of(request), occurrence=visible_occurrence(request, pk), people=people)
        return Response({"attended": count})
