"""Owns what a journey needs: a served site, and a Chromium that reaches nothing else and tells what pages do wrong."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.servers import Site, application_over_test_database, copy_served_demo, served_site

# Playwright's own loop runs in this thread, so Django would refuse the ORM to a test that uses both.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
OURS = ("http://127.0.0.1:", "http://localhost:", "ws://127.0.0.1:", "data:", "blob:", "about:")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey `browser`, so that the runs without Chromium leave it out."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve Commons with its demo, once for all journeys of a process; processes of one run share the first start."""
    folder = tmp_path_factory.mktemp("var")
    if "PYTEST_XDIST_WORKER" in os.environ:
        copy_served_demo(tmp_path_factory.getbasetemp().parent / "demo", folder)
    with served_site(folder) as site:
        yield site


@pytest.fixture
def application_url(transactional_db: None) -> Iterator[str]:  # noqa: ARG001 - its rows must be seen by other threads
    """Serve the application over the test database, where factories write."""
    with application_over_test_database() as url:
        yield url


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start Debian's Chromium, quiet; as root it cannot sandbox itself."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is missing: install Debian's package chromium"
    return {"executable_path": program, "args": [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Visit as a French-speaking person."""
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(autouse=True)
def _decent_pages(page: Page) -> Iterator[None]:
    """Fail a journey whose pages break a script, breach the content policy, or ask anything of another host."""
    wrong: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            wrong.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith(
            ("http://127.0.0.1:", "http://localhost:", "ws://127.0.0.1:", "data:", "blob:", "about:")
        ):
            wrong.append(f"asked {request.url}")

    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", note_console)
    page.on("request", note_request)
    yield
    assert wrong == []
