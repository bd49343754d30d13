"""Owns handing mails to the mail server: marked before and after, tried again when refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import structlog
from django.core.mail import get_connection
from django.db import transaction

from commons.notices.claiming import finish, renew, retry_later
from commons.notices.enums import State
from commons.notices.kinds import FAILURES
from commons.notices.models import Posting
from commons.notices.receipts import Receipt, Told

logger = structlog.get_logger(__name__)


class Post:
    """One connection to the mail server for a batch, opened anew after a mail that failed."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def send(self, message: Any) -> None:
        """Hand a mail over; raises `OSError` (as `SMTPException` is) when the server does not take it."""
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except OSError:
            self._connection.close()
            raise


Settle = Callable[[Told], None]


def hand_over(row: Posting, write: Callable[[], Any], post: Post, told: Told, settle: Settle) -> bool:
    """Note that the row leaves, write its mail, send it: what happens after the note is in the next one.

    The server's yes is kept before anything else is done; then the mark and what follows from it (`settle`) are
    written in one transaction.
    """
    if not renew(row):
        return False
    message, receipt = write(), Receipt(row)
    receipt.offer(told)
    try:
        post.send(message)
    except OSError as error:
        receipt.drop()
        retry_later(row, str(error))
        return False
    receipt.keep()
    return _close(row, told, settle, receipt)


def close_if_taken(row: Posting, settle: Settle) -> bool:
    """Close a row whose mail the server took just before its worker was killed: it is not sent again."""
    if row.handed_at is None:
        return False
    receipt = Receipt(row)
    told = receipt.told()
    if told is None:
        receipt.drop()
        return False
    return _close(row, told, settle, receipt)


def _close(row: Posting, told: Told, settle: Settle, receipt: Receipt) -> bool:
    with transaction.atomic():
        is_ours = finish(row, State.SENT)
        if is_ours:
            settle(told)
    if is_ours:  # else whoever has the row by now may still look
        receipt.drop()
    return is_ours


@contextmanager
def kept_apart(row: Posting) -> Iterator[None]:
    """Let a row whose words fail (`FAILURES`) be tried again later, and keep no other waiting."""
    try:
        yield
    except FAILURES as error:
        logger.exception("delivery_failed", row=repr(row), pk=row.pk)
        retry_later(row, repr(error))
