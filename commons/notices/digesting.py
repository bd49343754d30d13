"""Draws up digests and sends them: what waits for one, and what is worth reading; an empty one is not sent.

The same promise as for single mails (`delivering`): a row per person and day, one Message-ID, at least once.
"""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commons.notices.claiming import claim, finish, postpone
from commons.notices.enums import Cadence, Channel, State
from commons.notices.kinds import Entry, kinds, sections
from commons.notices.mails import composed
from commons.notices.models import Delivery, Digest, Rhythm
from commons.notices.posting import Post, close_if_taken, hand_over, kept_apart
from commons.notices.queries import Line, lines_of, quiet_end, rhythm_of
from commons.notices.receipts import Told, told_in
from commons.people.models import User

HOUR = 7
MONDAY = 0
AT_ONCE = 10
BATCH = 500
MOST_LINES = 20
CHANNELS = {Cadence.DAILY: Channel.DAILY, Cadence.WEEKLY: Channel.WEEKLY}
SPANS = {Cadence.DAILY: datetime.timedelta(days=1), Cadence.WEEKLY: datetime.timedelta(days=7)}


@dataclass(frozen=True)
class Part:
    """A part of a digest, ready to be shown."""

    title: str
    entries: list[Entry]


def draw_up(now: datetime.datetime) -> int:
    """Write a row for everybody who may have a digest today, from seven in the morning; return how many are new.

    Daily ones each day, weekly ones on Mondays. Twice the same day, by two workers, is once.
    """
    local = timezone.localtime(now)
    if local.hour < HOUR:
        return 0
    cadences = [Cadence.DAILY, *([Cadence.WEEKLY] if local.weekday() == MONDAY else [])]
    return sum(_draw_up(cadence, local.date()) for cadence in cadences)


def _draw_up(cadence: Cadence, date: datetime.date) -> int:
    waiting = Delivery.objects.filter(notice__user=OuterRef("pk"), channel=CHANNELS[cadence], state=State.WAITING)
    rhythms = Rhythm.objects.filter(user=OuterRef("pk"))
    wanted = Q(Exists(rhythms.filter(digest=cadence)))
    if cadence == Cadence.WEEKLY:  # what everybody has who never chose
        wanted |= ~Q(Exists(rhythms))
    drawn = Digest.objects.filter(user=OuterRef("pk"), cadence=cadence, date=date)
    people = User.objects.filter(wanted | Q(Exists(waiting)), ~Exists(drawn), is_active=True)
    rows = [Digest(user_id=pk, cadence=cadence, date=date) for pk in people.values_list("pk", flat=True)]
    Digest.objects.bulk_create(rows, BATCH, ignore_conflicts=True)
    return len(rows)


def send_digests() -> int:
    """Send every digest that is due; return how many left."""
    sent = 0
    rows = Digest.objects.select_related("user")
    while batch := claim(rows, AT_ONCE):
        with Post() as post:
            sent += sum(_send(digest, post) for digest in batch)
    return sent


def _send(digest: Digest, post: Post) -> bool:
    with kept_apart(digest):
        return _send_if_worth_it(digest, post)
    return False


def _send_if_worth_it(digest: Digest, post: Post) -> bool:
    person = digest.user
    if close_if_taken(digest, partial(_settle, digest)):
        return True
    if until := quiet_end(rhythm_of(person), timezone.now()):
        postpone(digest, until)
        return False
    with translation.override(person.language):
        waiting = _waiting(digest)
        lines = lines_of(person, [delivery.notice for delivery in waiting])[:MOST_LINES]
        parts = _parts(digest) if person.is_active else []
        if not parts and not lines:
            finish(digest, State.CANCELLED)
            return False
        told, settle = told_in(*waiting), partial(_settle, digest)
        return hand_over(digest, lambda: digest_mail(digest, lines, parts), post, told, settle)


def _waiting(digest: Digest) -> list[Delivery]:
    channel = CHANNELS[Cadence(digest.cadence)]
    rows = Delivery.objects.filter(notice__user=digest.user, channel=channel, state=State.WAITING)
    found = rows.filter(notice__read_at=None).select_related("notice__by").order_by("-notice__weight", "-pk")
    return [row for row in found if (kind := kinds().get(row.notice.kind)) and kind.holds(row.notice)]


def _parts(digest: Digest) -> list[Part]:
    """Return what is worth reading, to who wants to; to others only what waits for them is sent."""
    person = digest.user
    if rhythm_of(person).digest != digest.cadence:
        return []
    since, until = _span(digest)
    parts = [Part(str(section.title), list(section.entries(person, since, until))) for section in sections()]
    return [part for part in parts if part.entries]


def _span(digest: Digest) -> tuple[datetime.datetime, datetime.datetime]:
    """Return since when a digest tells, and how far ahead it looks: since the one before, a span at most."""
    span = SPANS[Cadence(digest.cadence)]
    before = Digest.objects.filter(user=digest.user, cadence=digest.cadence, state=State.SENT, pk__lt=digest.pk)
    last = before.order_by("-pk").values_list("created_at", flat=True).first()
    oldest = digest.created_at - span
    return max(last, oldest) if last else oldest, digest.created_at + 2 * span


def digest_mail(digest: Digest, lines: list[Line], parts: list[Part]) -> EmailMultiAlternatives:
    """Return a digest as a mail. Call it in the person's language."""
    subject = _("Votre journée sur Commons") if digest.cadence == Cadence.DAILY else _("Votre semaine sur Commons")
    context: dict[str, Any] = {"lines": lines, "parts": parts}
    return composed(
        digest.user,
        "digest",
        subject,
        context,
        identifier=f"digest-{digest.pk}",
        stops="digest",
        list_name=_("Résumé de Commons"),
    )


def _settle(digest: Digest, told: Told) -> None:
    """Close what was told in this digest; what came since, to a notice told in it too, waits for the next."""
    rows = Delivery.objects.select_related("notice").select_for_update(of=("self", "notice"))
    found = rows.filter(pk__in=[int(pk) for pk in told], state=State.WAITING)
    same = [row.pk for row in found if row.notice.changed_at.isoformat() == told[str(row.pk)]]
    Delivery.objects.filter(pk__in=same).update(state=State.SENT, sent_at=timezone.now(), digest=digest)
