"""Owns what every test may ask for: the database with its vocabularies, and the corpora of real texts."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import environment
from tests.migrated import copy_migrated

environment.prepare()

from commons.vocabularies.actions import load_vocabularies  # noqa: E402 - the settings need their surroundings first

# How fast this machine is today says nothing of the code: no example is judged by the clock.
settings.register_profile("commons", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("commons")

_emptied: list[DjangoDbBlocker] = []
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpora"


PURE = [Path(__file__).parent / part for part in ("commons/text", "commons/search/engines", "events/recurrence")]
CONTRACTS = Path(__file__).parent / "contracts"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run once what has no database to run on: the renderer, the words of the search, the rules of recurrence.

    Count no lines in the contracts: what they pass through has tests of its own, and counting doubles what they cost.
    """
    for item in items:
        if item.path.is_relative_to(CONTRACTS):
            item.add_marker("no_cover")
        if any(item.path.is_relative_to(folder) for folder in PURE) and not item.get_closest_marker("django_db"):
            item.add_marker("once")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Start from the database that is there, on SQLite: it was copied to this process's folder, and goes with it."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:  # noqa: ARG001 - ask for the one it extends
    """Put a migrated database where this process's is expected."""
    if connection.vendor == "sqlite":
        copy_migrated(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001 - ask for the one it extends
    """Load the vocabularies once: no sheet can be written without them."""
    with django_db_blocker.unblock():
        load_vocabularies()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Bring the vocabularies back when the test before emptied every table, before this one's transaction begins."""
    while _emptied:
        with _emptied.pop().unblock():
            load_vocabularies()


@pytest.fixture(autouse=True)
def _fresh_surroundings(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Start with empty caches; note that a test without a transaction of its own will leave every table empty."""
    cache.clear()
    caches["pages"].clear()
    translation.activate("fr")  # a page asked for in English leaves its language behind, whatever test comes next
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        _emptied.append(django_db_blocker)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of the corpora; fail when `COMMONS_CORPORA` names a missing one, skip when there is none."""
    if named := os.environ.get("COMMONS_CORPORA"):
        folder = Path(named)
        assert folder.is_dir(), f"COMMONS_CORPORA names {folder}, which is not there"
        return folder
    if not BESIDE.is_dir():
        pytest.skip("no corpora: COMMONS_CORPORA is not set and ../shared/corpora is not there")
    return BESIDE
