"""What the events app brings to digests: the next workshops."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from commons.notices.kinds import Entry, Section, add_section
from commons.people.models import User
from events.enums import Answer
from events.models import Seat
from events.queries import occurrences_visible_to
from events.recurrence.words import date_words, time_words

MOST = 5


def next_workshops(user: User, _since: datetime.datetime, until: datetime.datetime) -> Iterator[Entry]:
    """Yield the meetings to come that the person may see and has not declined, the next first."""
    declined = Seat.objects.filter(user=user, answer=Answer.NO).values("occurrence")
    now = until.now(tz=until.tzinfo)
    rows = occurrences_visible_to(user).taking_place().to_come(now).filter(starts_at__lte=until)
    for occurrence in rows.exclude(pk__in=declined)[:MOST]:
        start = occurrence.local_start
        words = (date_words(start.date()), time_words(start), occurrence.get_format_display(), occurrence.shown_place)
        yield Entry(occurrence.shown_title, occurrence.get_absolute_url(), " · ".join(word for word in words if word))


def register() -> None:
    """Let digests have this part."""
    add_section(Section("workshops", gettext_lazy("Les prochains ateliers"), next_workshops))
