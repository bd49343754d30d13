"""Writes the speaker queue: hands raised, lowered and moved, the floor given and left."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Conflict, Invalid, NotFound
from commons.people.models import User
from commons.permissions import require
from events.actions.entering import open_room_of
from events.actions.recording import record
from events.actions.values import clean_text
from events.enums import Balance, Change, HandKind
from events.models import Hand, Occurrence, Room, Turn
from events.queries.rooms import house_type_of, queue_of


@transaction.atomic
def raise_hand(*, by: User, occurrence: Occurrence, kind: str = HandKind.POINT) -> Hand:
    """Ask to speak. A person has one hand: asking again for the same changes nothing, for another thing asks anew."""
    room = open_room_of(by=by, occurrence=occurrence)
    if kind not in HandKind.values:
        raise Invalid({"kind": [_("Choisissez dans la liste.")]})
    hand = room.hands.filter(user=by).first()
    if hand is not None and hand.kind == kind:
        return hand
    if hand is not None:
        _lower(room, hand)
    hand = Hand.objects.create(room=room, user=by, kind=kind)
    record(room, Change.QUEUE_RAISED, hand=hand.pk)
    return hand


@transaction.atomic
def lower_hand(*, by: User, hand: Hand) -> None:
    """Take one's hand down, or, for who runs the room, anybody's. Refused to others; a hand already down stays down."""
    room = open_room_of(by=by, occurrence=hand.room.occurrence)
    if hand.user_id != by.pk:
        require(by, "events.run_room", room.occurrence)
    if _lower(room, hand):
        record(room, Change.QUEUE_LOWERED)


@transaction.atomic
def lower_all_hands(*, by: User, occurrence: Occurrence) -> int:
    """Take every hand down; return how many were up."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    count, _rows = room.hands.all().delete()
    if count:
        record(room, Change.QUEUE_LOWERED)
    return count


def _lower(room: Room, hand: Hand) -> bool:
    """Take a hand out; who was moved behind it moves up with everybody."""
    queue = [one.pk for one in queue_of(room)]
    if hand.pk not in queue:
        return False
    behind = queue[queue.index(hand.pk) + 1 :]
    for moved in room.hands.filter(pk__in=behind, moved_to__gt=1):
        moved.moved_to = (moved.moved_to or 1) - 1
        moved.save(update_fields=["moved_to"])
    hand.delete()
    return True


@transaction.atomic
def move_hand(*, by: User, hand: Hand, place: int, reason: str) -> Hand:
    """Put a hand at a place of the queue, from 1, for a reason that everybody reads."""
    room = open_room_of(by=by, occurrence=hand.room.occurrence, permission="events.run_room")
    count = room.hands.count()
    if not clean_text(reason):
        raise Invalid({"reason": [_("Dites pourquoi : chaque personne de la salle le lira.")]})
    if not 1 <= place <= count:
        raise Invalid({"place": [_("De 1 à %(count)s.") % {"count": count}]})
    moved = room.hands.filter(pk=hand.pk).first()
    if moved is None:
        raise NotFound
    moved.moved_to, moved.moved_at, moved.reason = place, timezone.now(), clean_text(reason)[:160]
    moved.save()
    record(room, Change.QUEUE_MOVED, hand=moved.pk)
    return moved


@transaction.atomic
def set_balance(*, by: User, occurrence: Occurrence, balance: str) -> Room:
    """Say whom the queue puts first: who asked before, who has spoken least, or the type of house heard least."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    if balance not in Balance.values:
        raise Invalid({"balance": [_("Choisissez dans la liste.")]})
    if room.balance != balance:
        room.balance = balance
        record(room, Change.QUEUE_BALANCED)
    return room


@transaction.atomic
def give_floor(*, by: User, occurrence: Occurrence, hand: int | None = None) -> Turn:
    """Give the floor to who is first, or to one hand; who had it has spoken. Refused when nobody asks."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    queue = queue_of(room)
    wanted = next((one for one in queue if hand in (None, one.pk)), None)
    if wanted is None:
        raise Conflict(_("Personne ne demande la parole."), code="empty_queue")
    _end(room)
    _lower(room, wanted)
    turn = Turn.objects.create(room=room, user=wanted.user, kind=wanted.kind, house_type=house_type_of(wanted.user))
    record(room, Change.QUEUE_CALLED, turn=turn.pk)
    return turn


@transaction.atomic
def end_turn(*, by: User, occurrence: Occurrence) -> Room:
    """Leave the floor: one's own turn, or, for who runs the room, anybody's. Nobody speaking changes nothing."""
    room = open_room_of(by=by, occurrence=occurrence)
    turn = room.turns.filter(ended_at__isnull=True).first()
    if turn is None:
        return room
    if turn.user_id != by.pk:
        require(by, "events.run_room", room.occurrence)
    _end(room)
    record(room, Change.QUEUE_SPOKEN)
    return room


def _end(room: Room) -> None:
    room.turns.filter(ended_at__isnull=True).update(ended_at=timezone.now())
