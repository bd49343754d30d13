"""Lets the demonstration's people find notices under their bell; no mail goes to addresses that do not exist."""

from commons.notices.enums import Channel, State
from commons.notices.models import Delivery
from commons.notices.spreading import spread


def tell_people() -> None:
    """Tell what loading the demonstration made true, on the site only."""
    before = set(Delivery.objects.filter(state=State.WAITING).values_list("pk", flat=True))
    spread()
    mails = Delivery.objects.filter(state=State.WAITING).exclude(channel=Channel.APP)
    mails.exclude(pk__in=before).update(state=State.CANCELLED)
