"""Owns the real servers of the tests: `python -m tests.services COMMAND…` runs COMMAND with PostgreSQL and Redis up.

Each server is, in this order: the one that `DATABASE_URL` or `REDIS_URL` already names; the one inside our locked
development wheels; Debian's. What is started here listens on the loopback only, keeps nothing, and stops with COMMAND.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from topology.services import (
    PATIENCE,
    Service,
    ServiceMissingError,
    free_port,
    postgres_service,
    redis_service,
    wait_until_it_answers,
)

FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ROOMY = ("max_connections=60",)
__all__ = ["free_port"]


@contextmanager
def _running(service: Service) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(service.command, user=service.user, stdout=quiet, stderr=quiet)
    try:
        wait_until_it_answers(service, lambda: process.poll() is None)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def postgres(*, is_lasting: bool = False) -> Iterator[str]:
    """Yield the URL of a PostgreSQL server; one started here trades every durability for speed, unless it `is_lasting`.

    A measurement wants one that lasts: a commit that waits for no disk is not the one that a site acknowledges.
    """
    if "DATABASE_URL" in os.environ:
        yield os.environ["DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="commons-postgres-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        settings = ROOMY if is_lasting else (*ROOMY, *FORGETFUL)
        service = postgres_service(Path(name), free_port(), settings, [] if is_lasting else ["--no-sync"])
        with _running(service):
            yield service.settings["DATABASE_URL"]


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the URL of a server that speaks Redis; one started here writes nothing to disk."""
    if "REDIS_URL" in os.environ:
        yield os.environ["REDIS_URL"]
        return
    service = redis_service(Path(tempfile.gettempdir()), free_port(), ("--save", "", "--appendonly", "no"))
    with _running(service):
        yield service.settings["REDIS_URL"]


def _migrate_template(url: str) -> None:
    """Migrate what PostgreSQL copies each new database from, so that each process of tests finds nothing to migrate."""
    template = urlunsplit(urlsplit(url)._replace(path="/template1"))
    with tempfile.TemporaryDirectory(prefix="commons-template-") as name:
        surroundings = {"DATABASE_URL": template, "COMMONS_VAR": name}
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, env=os.environ | surroundings, check=True)


def main(command: list[str]) -> int:
    """Run a command with both servers up and named in its environment; return its exit code."""
    is_ours = "DATABASE_URL" not in os.environ
    with ExitStack() as stack:
        try:
            urls = {
                "DATABASE_URL": stack.enter_context(postgres()),
                "REDIS_URL": stack.enter_context(redis_server()),
            }
        except ServiceMissingError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        if is_ours:
            _migrate_template(urls["DATABASE_URL"])
        return subprocess.run(command, env=os.environ | urls, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
