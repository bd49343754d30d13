"""What follows the facts of the events app: who waited is told, rooms are told, listeners are asked again."""

from commons import bus
from commons.live.broadcast import recheck_person, recheck_room
from events.actions.reminding import note
from events.enums import Notice
from events.live import broadcast_room_event, room_of_occurrence
from events.models import Event, Room, Seat
from events.signals import RoomChanged, SeatPromoted, SeatTaken, SeriesChanged


@bus.accompanies(SeatPromoted)
def tell_promoted(fact: SeatPromoted) -> None:
    """Note, with the seat itself, that its person is to be told: it came free, and is theirs."""
    seat = Seat.objects.select_related("occurrence").filter(pk=fact.seat_id).first()
    if seat is not None:
        note(occurrence=seat.occurrence, user_id=seat.user_id, kind=Notice.PROMOTED)


@bus.receives(RoomChanged)
def tell_room(fact: RoomChanged) -> None:
    """Send the change to the meeting's room."""
    events = Event.objects.select_related("room__occurrence__series")
    event = events.filter(room__occurrence=fact.occurrence_id, seq=fact.seq).first()
    if event is not None:
        broadcast_room_event(event)


@bus.receives(SeriesChanged)
def ask_rooms_again(fact: SeriesChanged) -> None:
    """A series may have closed: whoever listens in the open rooms of its meetings proves again that they may."""
    rooms = Room.objects.filter(occurrence__series=fact.series_id, opened_at__isnull=False, closed_at__isnull=True)
    for pk in rooms.values_list("occurrence_id", flat=True):
        recheck_room(room_of_occurrence(pk))


@bus.receives(SeatTaken)
def ask_person_again(fact: SeatTaken) -> None:
    """Who gave a seat back may have lost the way into a room."""
    recheck_person(fact.by_id)
