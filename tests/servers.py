"""Owns the sites that tests visit: `manage.py serve` with its demo, and the application over the test database."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from commons.live.serving import live_server
from tests.services import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 240.0  # seconds: a first start migrates, gathers static files and loads the demo, perhaps beside other tests
SWITCHES = ("DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL")


@dataclass(frozen=True)
class Site:
    """A served Commons with a data folder of its own: its address, and what its operator can do."""

    url: str
    folder: Path
    environment: dict[str, str]

    def mails(self) -> list[str]:
        """Return the mails sent so far, oldest first, as they were written to files."""
        files = sorted((self.folder / "mails").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text(encoding="utf-8") for path in files]

    def manage(self, *words: str) -> str:
        """Run an administrative command on this site's data and return what it printed."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout


def _wait_for(url: str, is_running: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while is_running() and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    message = f"{url} did not answer: the server ended, or took more than {PATIENCE:.0f} s"
    raise RuntimeError(message)


@contextmanager
def served_site(folder: Path) -> Iterator[Site]:
    """Run `manage.py serve --demo`, everything embedded, with its data in this folder; stop it as Ctrl-C does."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    environment |= {"COMMONS_VAR": str(folder), "PORT": str(port)}
    command = [sys.executable, "manage.py", "serve", "--demo"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/healthz", lambda: process.poll() is None)
        yield Site(url, folder, environment)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def copy_served_demo(first: Path, to: Path) -> None:
    """Copy to a folder what a first start from nothing leaves in `first`: of processes that ask together, one starts.

    A first start migrates, compresses static files and loads the demo, which takes seventeen seconds of processor.
    """
    with first.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first.exists():
            begun = first.with_suffix(".part")
            with served_site(begun):
                pass
            begun.rename(first)
    shutil.copytree(first, to, dirs_exist_ok=True)


def beside_test_database() -> dict[str, str]:
    """Return the environment in which another process is of this test's site: its rows, its folder, its Redis."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if "DATABASE_URL" in os.environ:
        url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    site = {"DATABASE_URL": url, "COMMONS_VAR": str(settings.VAR_DIR), "DJANGO_SETTINGS_MODULE": "commons.settings"}
    return os.environ | site


@contextmanager
def application_over_test_database() -> Iterator[str]:
    """Run the ASGI application in a thread of this process and yield its address; sockets work, and so does the ORM."""
    server = live_server(port=free_port())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.config.port}"
        _wait_for(f"{url}/healthz", thread.is_alive)
        yield url
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
