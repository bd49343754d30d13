"""What follows the facts of the events app: who waited and has a seat is told."""

from commons import bus
from events.actions.reminding import note
from events.enums import Notice
from events.models import Seat
from events.signals import SeatPromoted


@bus.receives(SeatPromoted)
def tell_promoted(fact: SeatPromoted) -> None:
    """Leave a mail to the worker: a seat came free, and is theirs."""
    seat = Seat.objects.select_related("occurrence").filter(pk=fact.seat_id).first()
    if seat is not None:
        note(occurrence=seat.occurrence, user_id=seat.user_id, kind=Notice.PROMOTED)
