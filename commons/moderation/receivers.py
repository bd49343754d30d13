"""What follows the facts of moderation: the person is asked again in the rooms where they listen."""

from commons import bus
from commons.live.broadcast import recheck_person
from commons.moderation.signals import SanctionImposed


@bus.receives(SanctionImposed)
def leave_rooms(fact: SanctionImposed) -> None:
    """Make the person prove again that they may be in each of their rooms."""
    recheck_person(fact.user_id)
