"""The doors of the speaker queue: hands, their order, the floor."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import shaped
from commons.errors import NotFound
from commons.people.api.authentication import person_of
from events.actions import end_turn, give_floor, lower_all_hands, lower_hand, move_hand, raise_hand, set_balance
from events.api.doors import entered_room, visible_occurrence
from events.api.frames import queue_state
from events.enums import Balance, HandKind
from events.models import Hand
from events.queries import room_of


class PersonSerializer(serializers.Serializer[Any]):
    """A person as the room sees them."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    house = serializers.CharField(allow_blank=True)


class HandSerializer(serializers.Serializer[Any]):
    """A raised hand; `reason` is why a facilitator moved it."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text=", ".join(HandKind.values))
    person = PersonSerializer()
    reason = serializers.CharField(allow_blank=True)


class TurnSerializer(serializers.Serializer[Any]):
    """Who has the floor."""

    kind = serializers.CharField()
    person = PersonSerializer()
    began_at = serializers.DateTimeField()


class QueueSerializer(serializers.Serializer[Any]):
    """The queue in its order, what orders it, and who has the floor."""

    balance = serializers.CharField(help_text=", ".join(filter(None, Balance.values)))
    queue = HandSerializer(many=True)
    floor = TurnSerializer(allow_null=True)


class RaiseSerializer(serializers.Serializer[Any]):
    """Why one asks to speak; a new point unless said."""

    kind = serializers.ChoiceField(choices=HandKind.choices, required=False)


class PlaceSerializer(serializers.Serializer[Any]):
    """Where a hand goes, from 1, and why: everybody reads it."""

    place = serializers.IntegerField(min_value=1, max_value=10_000)
    reason = serializers.CharField(max_length=160)


class BalanceSerializer(serializers.Serializer[Any]):
    """Whom the queue puts first; nothing is who asked before."""

    balance = serializers.ChoiceField(choices=Balance.choices, allow_blank=True)


class FloorSerializer(serializers.Serializer[Any]):
    """Which hand gets the floor; the first of the queue without it."""

    hand: Any = serializers.IntegerField(min_value=1, max_value=2**31, required=False)


def _queue(request: Request, pk: int, code: int = status.HTTP_200_OK) -> Response:
    return Response(queue_state(room_of(visible_occurrence(request, pk))), status=code)


def _hand(request: Request, pk: int, hand_pk: int) -> Hand:
    hand = Hand.objects.filter(room=entered_room(request, pk).pk, pk=hand_pk).select_related("room__occurrence")
    if (found := hand.first()) is None:
        raise NotFound
    return found


class QueueView(APIView):
    """The speaker queue of a room."""

    @extend_schema(responses=QueueSerializer, operation_id="queue_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read the queue."""
        return Response(queue_state(entered_room(request, pk)))

    @extend_schema(request=RaiseSerializer, responses={201: QueueSerializer}, operation_id="queue_raise")
    def post(self, request: Request, pk: int) -> Response:
        """Ask to speak; asking again for the same changes nothing."""
        values = shaped(request, RaiseSerializer(data=request.data))
        raise_hand(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return _queue(request, pk, status.HTTP_201_CREATED)

    @extend_schema(responses=QueueSerializer, operation_id="queue_lower_all")
    def delete(self, request: Request, pk: int) -> Response:
        """Take every hand down."""
        lower_all_hands(by=person_of(request), occurrence=visible_occurrence(request, pk))
        return _queue(request, pk)


class HandView(APIView):
    """One raised hand."""

    @extend_schema(responses=QueueSerializer, operation_id="queue_lower")
    def delete(self, request: Request, pk: int, hand_pk: int) -> Response:
        """Take one's own hand down, or, for who runs the room, anybody's."""
        lower_hand(by=person_of(request), hand=_hand(request, pk, hand_pk))
        return _queue(request, pk)


class PlaceView(APIView):
    """The place of a hand."""

    @extend_schema(request=PlaceSerializer, responses=QueueSerializer, operation_id="queue_move")
    def put(self, request: Request, pk: int, hand_pk: int) -> Response:
        """Put a hand elsewhere, for a reason that everybody reads."""
        values = shaped(request, PlaceSerializer(data=request.data))
        move_hand(by=person_of(request), hand=_hand(request, pk, hand_pk), **values)
        return _queue(request, pk)


class BalanceView(APIView):
    """What orders the queue."""

    @extend_schema(request=BalanceSerializer, responses=QueueSerializer, operation_id="queue_balance")
    def put(self, request: Request, pk: int) -> Response:
        """Say whom the queue puts first."""
        values = shaped(request, BalanceSerializer(data=request.data))
        set_balance(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return _queue(request, pk)


class FloorView(APIView):
    """The floor."""

    @extend_schema(request=FloorSerializer, responses=QueueSerializer, operation_id="floor_give")
    def put(self, request: Request, pk: int) -> Response:
        """Give the floor to the first of the queue, or to one hand."""
        values = shaped(request, FloorSerializer(data=request.data))
        give_floor(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return _queue(request, pk)

    @extend_schema(responses=QueueSerializer, operation_id="floor_leave")
    def delete(self, request: Request, pk: int) -> Response:
        """Leave the floor."""
        end_turn(by=person_of(request), occurrence=visible_occurrence(request, pk))
        return _queue(request, pk)
