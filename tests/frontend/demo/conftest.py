"""Owns what the tests of the demonstration ask for: a day, the loaded demonstration, a picture of the database."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from frontend.demo.loading import load_demo

Picture = dict[str, list[dict[str, Any]]]


TODAY = datetime.date(2026, 3, 2)


@pytest.fixture
def today() -> datetime.date:
    return TODAY


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:  # noqa: ARG001
    """Load the demonstration once for the tests of a module: it takes seconds. It is rolled back after the last one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded_once: int, db: None) -> int:  # noqa: ARG001 - the database is asked for, not used
    """Return how many things the demonstration added; what a test changes is rolled back after it."""
    return _loaded_once


@pytest.fixture
def picture(db: None) -> Callable[[], Picture]:  # noqa: ARG001 - the database is asked for, not used
    """Return a function that reads every row of every table, join tables too, but not what the worker has yet to do."""

    def read() -> Picture:
        every = apps.get_models(include_auto_created=True)
        models = [m for m in every if m._meta.app_label != "search" and m._meta.label != "notices.Fact"]
        return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}

    return read
