"""Proves that marks are kept with the write, coalesced, postponed and cleared only once confirmed."""

import datetime
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from commons.search import outbox
from commons.search.engines import engine
from commons.search.engines.protocol import Document, EngineDownError, Shape
from commons.search.models import Mark
from commons.search.upkeep import differences
from practices.models import Sheet
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    fresh_index()


class _Engine:
    """Stands for an engine that fails, or during whose work somebody writes: neither can be provoked in ours."""

    def __init__(self, *, during: Any = None, is_down: bool = False) -> None:
        self._during, self._is_down = during, is_down

    def is_stale(self, _shape: Shape) -> bool:
        return False

    def write(self, _documents: Iterable[Document], _gone: Iterable[str], _shape: Shape) -> None:
        if self._is_down:
            raise EngineDownError("no answer")
        if self._during is not None:
            during, self._during = self._during, None
            during()


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return how a test puts another engine in place."""
    return lambda other: monkeypatch.setattr(outbox, "engine", lambda: other)


def test_a_write_marks_its_object_once_and_the_drain_clears_it() -> None:
    sheet = published_sheet()
    assert Mark.objects.filter(kind="sheet", object_id=sheet.pk).count() == 1
    outbox.drain()
    assert Mark.objects.count() == 0
    assert f"sheet_{sheet.pk}" in dict(engine().contents())
    assert list(differences()) == []


def test_a_write_that_is_undone_leaves_no_mark() -> None:
    with transaction.atomic():
        published_sheet()
        transaction.set_rollback(True)
    assert Mark.objects.count() == 0


def test_marking_again_is_the_same_mark_with_another_stamp() -> None:
    outbox.mark("sheet", ["1"])
    first = Mark.objects.get()
    first.attempts, first.retry_at = 5, timezone.now() + datetime.timedelta(hours=1)
    first.save()
    outbox.mark("sheet", ["1", "1"])
    again = Mark.objects.get()
    assert (again.pk, again.attempts, again.stamp != first.stamp) == (first.pk, 0, True)
    assert again.retry_at <= timezone.now()


def test_an_engine_that_is_down_delays_and_loses_nothing(use: Any) -> None:
    sheet = published_sheet()
    count = Mark.objects.count()
    use(_Engine(is_down=True))
    with pytest.raises(EngineDownError):
        outbox.drain()
    mark = Mark.objects.get(kind="sheet", object_id=sheet.pk)
    assert (mark.attempts, mark.error, mark.retry_at > timezone.now()) == (1, "no answer", True)
    assert Mark.objects.count() == count
    use(engine())
    assert outbox.drain() == 0  # not due yet
    Mark.objects.update(retry_at=timezone.now())
    assert outbox.drain() == count


def test_a_mark_set_again_while_the_engine_worked_stays(use: Any) -> None:
    outbox.mark("sheet", ["1"])
    use(_Engine(during=lambda: outbox.mark("sheet", ["1"])))
    assert outbox.drain() == 1  # the second turn
    outbox.mark("sheet", ["1"])
    before = Mark.objects.get().stamp
    use(_Engine(during=_mark_for_tomorrow))
    assert outbox.drain() == 0
    assert Mark.objects.get().stamp != before


def _mark_for_tomorrow() -> None:
    outbox.mark("sheet", ["1"])
    Mark.objects.update(retry_at=timezone.now() + datetime.timedelta(days=1))


def test_what_is_deleted_goes_out() -> None:
    sheet = published_sheet()
    outbox.drain()
    Sheet.objects.filter(pk=sheet.pk).delete()
    outbox.drain()
    assert f"sheet_{sheet.pk}" not in dict(engine().contents())
    assert list(differences()) == []


def test_an_unknown_kind_is_forgotten() -> None:
    outbox.mark("nothing", ["1"])
    assert outbox.drain() == 1
