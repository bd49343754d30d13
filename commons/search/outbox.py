"""Owns the outbox: marks written with the write, taken in batches, cleared when the engine has confirmed."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence

import structlog
from django.db import transaction
from django.utils import timezone

from commons.rows import insert_row
from commons.search.engines import engine
from commons.search.engines.protocol import Document, EngineDownError, key_of
from commons.search.exclusive import only_writer
from commons.search.models import Mark
from commons.search.sources import shape, sources

logger = structlog.get_logger(__name__)
BATCH = 200
LONGEST_WAIT = 60.0
FIRST_WAIT = 0.5
MARKED, MARK = ("kind", "object_id"), ("stamp", "marked_at", "attempts", "retry_at", "error")
_wakers: list[Callable[[], object]] = []


def mark(kind: str, ids: Iterable[str]) -> None:
    """Note that these objects changed, in the transaction of the change; wake the worker on commit.

    Marking again before the worker came is the same mark with another stamp.
    """
    now = timezone.now()
    marks = [
        Mark(kind=kind, object_id=pk, stamp=uuid.uuid4().hex, marked_at=now, retry_at=now) for pk in dict.fromkeys(ids)
    ]
    if not marks:
        return
    if len(marks) == 1:
        insert_row(marks[0], unique=MARKED, update=MARK)
    else:
        Mark.objects.bulk_create(
            marks, batch_size=BATCH, update_conflicts=True, unique_fields=MARKED, update_fields=MARK
        )
    transaction.on_commit(_wake, robust=True)


def wake_with(waker: Callable[[], object]) -> None:
    """Say how the worker is told; one that fails costs nothing but time, since the clock looks every minute."""
    _wakers[:] = [waker]


def _wake() -> None:
    for waker in _wakers:
        waker()


def drain(*, wait_seconds: float = 0.0) -> int:
    """Bring the engine up to date with every mark that is due; return how many were cleared.

    Nothing is done when another process is at it. An engine that is down raises `EngineDownError` after the marks
    of the batch were told when to be tried again. An index of another shape is rebuilt first.
    """
    cleared = 0
    with only_writer(wait_seconds) as is_ours:
        if not is_ours:
            return 0
        while True:
            batch = list(Mark.objects.filter(retry_at__lte=timezone.now()).order_by("retry_at", "pk")[:BATCH])
            try:
                renew_if_stale()
                if not batch:
                    return cleared
                _write(batch)
            except EngineDownError as error:
                _postpone(batch, str(error))
                raise
            cleared += _clear(batch)


def renew_if_stale() -> None:
    """Build the index when there is none for today's facets; the caller is the only writer."""
    now = shape()
    if engine().is_stale(now):
        engine().rebuild(all_documents(), now)


def all_documents() -> Iterable[Document]:
    """Yield every findable document, read in batches."""
    for source in sources().values():
        batch: list[str] = []
        for pk in source.ids():
            batch.append(pk)
            if len(batch) == BATCH:
                yield from source.documents(batch)
                batch = []
        yield from source.documents(batch)


def _write(batch: Sequence[Mark]) -> None:
    """Read the objects as they are now and send them; those that may not be found any more go out."""
    documents: list[Document] = []
    for kind in dict.fromkeys(mark.kind for mark in batch):
        if source := sources().get(kind):
            documents += source.documents([mark.object_id for mark in batch if mark.kind == kind])
    present = {document.key for document in documents}
    gone = [key for mark in batch if (key := key_of(mark.kind, mark.object_id)) not in present]
    engine().write(documents, gone, shape())


def _clear(batch: Sequence[Mark]) -> int:
    """Forget the marks, but not those set again meanwhile: their stamp is another."""
    return Mark.objects.filter(stamp__in=[mark.stamp for mark in batch]).delete()[0]


def _postpone(batch: Sequence[Mark], error: str) -> None:
    now = timezone.now()
    for mark_ in batch:
        wait = min(FIRST_WAIT * 2**mark_.attempts, LONGEST_WAIT)
        Mark.objects.filter(pk=mark_.pk, stamp=mark_.stamp).update(
            attempts=mark_.attempts + 1, retry_at=now + datetime.timedelta(seconds=wait), error=error[:300]
        )
    logger.warning("search_engine_down", error=error, marks=len(batch))
