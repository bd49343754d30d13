"""What a list of threads says of each: whether something is new, from where to read on, and its row, drawn once."""

import datetime
from typing import Any

from django.utils.safestring import SafeString

from commons.drawings import drawn
from forum.models import Thread


def row_of(thread: Thread, *, read: int | None, since: datetime.datetime | None) -> dict[str, Any]:
    """Return a row, for somebody who has read up to `read` and whose last visit ended at `since`."""
    row = {
        "thread": thread,
        "url": _place(thread, read),
        "is_unread": read is not None and read < thread.last_seq,
        "is_new": read is None and since is not None and thread.last_post_at > since,
    }
    return row | {"html": _html(thread, row)}


def _place(thread: Thread, read: int | None) -> str:
    """Return where to go on reading."""
    url = thread.get_absolute_url()
    return f"{url}?autour={read + 1}#non-lus" if read and read < thread.last_seq else url


def _html(thread: Thread, row: dict[str, Any]) -> SafeString:
    author = thread.created_by
    house = author.institution if author else None
    tags = [tagged.tag for tagged in thread.tagged_terms.all()]
    facts = (
        (row["url"], row["is_unread"], row["is_new"]),
        (thread.pk, thread.title, thread.kind, thread.is_pinned, thread.is_closed, thread.is_bound, thread.answer_id),
        (thread.sheet.title if thread.sheet else None, thread.network.name if thread.network else None),
        (author.public_name if author else None, house.name if house else None),
        tuple((tag.slug, str(tag)) for tag in tags),
        (thread.post_count, thread.last_post_at),
    )
    return drawn("discussions/_row.html", facts, {"thread": thread, "row": row})
