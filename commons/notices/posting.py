"""Owns handing mails to the mail server: marked before and after, tried again when refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import structlog
from django.core.mail import get_connection

from commons.notices.claiming import finish, renew, retry_later
from commons.notices.enums import State
from commons.notices.models import Posting

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


def hand_over(row: Posting, write: Callable[[], Any], post: Post) -> bool:
    """Note that the row leaves, write its mail, send it: what happens after the note is in the next one."""
    if not renew(row):
        return False
    message = write()
    try:
        post.send(message)
    except OSError as error:
        retry_later(row, str(error))
        return False
    return finish(row, State.SENT)


@contextmanager
def kept_apart(row: Posting) -> Iterator[None]:
    """Let a row whose words fail be tried again later, and keep no other waiting."""
    try:
        yield
    except Exception as error:
        logger.exception("delivery_failed", row=repr(row), pk=row.pk)
        retry_later(row, repr(error))
