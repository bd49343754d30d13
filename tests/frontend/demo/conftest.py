"""Owns what the tests of the demonstration ask for: a day, the loaded demonstration, a picture of the database."""

import datetime
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from frontend.demo.loading import load_demo

Picture = dict[str, list[dict[str, Any]]]


TODAY = datetime.date(2026, 3, 2)


class _Held:
    """The demonstration in an open transaction, from the first test that asks for it to the last one in a row."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.added = 0

    def load(self, blocker: DjangoDbBlocker) -> None:
        """Load what is not held yet: it takes seconds."""
        if not self.added:
            self._stack.enter_context(blocker.unblock())
            assert not connection.in_atomic_block, "the test's own transaction has begun, and would end before this one"
            self._stack.enter_context(transaction.atomic())
            self.added = load_demo(TODAY)

    def roll_back(self) -> None:
        """Leave the database as it was."""
        if self.added:
            transaction.set_rollback(True)
            self.added = 0
        self._stack.close()


_held = _Held()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Roll the demonstration back, after the test's own rows, unless the next test starts from it too."""
    if nextitem is None or "loaded" not in getattr(nextitem, "fixturenames", ()):
        _held.roll_back()


@pytest.fixture
def today() -> datetime.date:
    return TODAY


@pytest.fixture
def _loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001 - asked for, not used
    _held.load(django_db_blocker)


@pytest.fixture
def loaded(_loaded_once: None, db: None) -> int:  # noqa: ARG001 - the database is asked for, not used
    """Return how many things the demonstration added; what a test changes is rolled back after it."""
    return _held.added


@pytest.fixture
def picture(db: None) -> Callable[[], Picture]:  # noqa: ARG001 - the database is asked for, not used
    """Return a function that reads every row of every table, join tables too, but not what the worker has yet to do."""

    def read() -> Picture:
        every = apps.get_models(include_auto_created=True)
        models = [m for m in every if m._meta.app_label != "search" and m._meta.label != "notices.Fact"]
        return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}

    return read
