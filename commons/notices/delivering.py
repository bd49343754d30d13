"""Sends what is due: on the site and by mail at once; each delivery by one worker, looked at again before it leaves.

What is promised. In the site: exactly once, by the database. By mail: at least once, and once in all but one case,
because no protocol lets a mail server and a database agree at one instant. The row is marked `handed_at` just before
the server gets the mail. At its yes a receipt is kept (`receipts`), at once; then the row is marked `sent`. A worker
killed before the mail was complete has sent nothing: its row is sent after its lease. One killed after its receipt has
sent it: its row is closed without another. What is left is the instant between the server's yes and our hearing it:
such a mail leaves again, one at most for each kill, under the same Message-ID (the delivery's own; RFC 5322, 3.6.4), by
which mail stores that suppress doubles keep one.

Not taken: to mark the row before and leave one whose fate is unknown to an operator. That is at most once, and nobody
looks into thousands of rows: some mails would be lost. A double that programs recognise does less harm. Nothing is
lost: what is not marked sent is tried again, with longer and longer waits, for a day and a half; then it is `failed`,
and `manage.py notices status` shows it.
"""

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.utils import timezone, translation

from commons.notices.bells import ring
from commons.notices.claiming import claim, finish, postpone
from commons.notices.enums import Channel, State
from commons.notices.kinds import kinds
from commons.notices.mails import notice_mail
from commons.notices.models import Delivery, Notice
from commons.notices.posting import Post, close_if_taken, hand_over, kept_apart
from commons.notices.queries import Line, lines_of, mail_choice, quiet_end, rhythm_of
from commons.notices.receipts import Told, told_in

LISTED_AT_ONCE = 200
MAILS_AT_ONCE = 10
"""So few that a lease outlives the slowest mail server's ten timeouts."""


def deliver() -> int:
    """Send everything that is due now; return how many deliveries arrived, on the site and by mail."""
    return _list_due() + _mail_due()


def _batches(channel: str, limit: int) -> Iterator[list[Delivery]]:
    rows = Delivery.objects.filter(channel=channel).select_related("notice__user", "notice__by")
    while batch := claim(rows, limit):
        yield batch


def _list_due() -> int:
    """Show notices on the site to those who may still see them, and ring their bells."""
    listed = 0
    for batch in _batches(Channel.APP, LISTED_AT_ONCE):
        shown = []
        for delivery in batch:
            with kept_apart(delivery):
                shown += [delivery] if _line(delivery) is not None else []
        with transaction.atomic():
            now = timezone.now()
            own = Delivery.objects.filter(claim=batch[0].claim, state=State.WAITING)
            Notice.objects.filter(pk__in=[delivery.notice_id for delivery in shown]).update(listed_at=now)
            own.filter(pk__in=[delivery.pk for delivery in shown]).update(state=State.SENT, sent_at=now)
            own.update(state=State.CANCELLED, sent_at=now)
        ring(delivery.notice.user_id for delivery in shown)
        listed += len(shown)
    return listed


def _line(delivery: Delivery) -> Line | None:
    """Return what there is to say, in the person's language; nothing once it is read, closed to them, or over."""
    notice = delivery.notice
    kind = kinds().get(notice.kind)
    if kind is None or notice.read_at is not None or not notice.user.is_active or not kind.holds(notice):
        return None
    with translation.override(notice.user.language):
        return next(iter(lines_of(notice.user, [notice])), None)


def _mail_due() -> int:
    sent = 0
    for batch in _batches(Channel.MAIL, MAILS_AT_ONCE):
        with Post() as post:
            sent += sum(_mail(delivery, post) for delivery in batch)
    return sent


def _mail(delivery: Delivery, post: Post) -> bool:
    with kept_apart(delivery):
        return _mail_if_wanted(delivery, post)
    return False


def _mail_if_wanted(delivery: Delivery, post: Post) -> bool:
    notice = delivery.notice
    if close_if_taken(delivery, partial(_settle, delivery)):
        return True
    if until := quiet_end(rhythm_of(notice.user), timezone.now()):
        postpone(delivery, until)
        return False
    line = _line(delivery)
    if line is None or mail_choice(notice.user, kinds()[notice.kind]) != Channel.MAIL:
        finish(delivery, State.CANCELLED)
        return False
    settle = partial(_settle, delivery)
    with translation.override(notice.user.language):
        return hand_over(delivery, lambda: notice_mail(delivery, line), post, told_in(delivery), settle)


def _settle(delivery: Delivery, told: Told) -> None:
    """Leave out of the digest what has left by mail; what came while the mail was being written gets its own."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=delivery.notice_id)
    waiting = notice.deliveries.filter(state=State.WAITING)
    waiting.filter(channel__in=(Channel.DAILY, Channel.WEEKLY)).update(state=State.CANCELLED)
    if notice.changed_at.isoformat() != told[str(delivery.pk)] and notice.read_at is None:
        again = Delivery(notice=notice, channel=Channel.MAIL)
        Delivery.objects.bulk_create([again], ignore_conflicts=True)
