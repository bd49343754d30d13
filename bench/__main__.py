"""`python -m bench`: measures pages, API and writes beside floors, writes results/latest.json, prints one table."""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench import report
from bench.rounds import Row, Turns, read, write
from bench.server import hello, manage, pages, served
from bench.targets import COLD, HELLO, WARM, targets_on, writers
from tests.services import postgres, redis_server

SIZES, FULL_SIZES = (100, 10_000), (100, 10_000, 100_000)
CONNECTIONS = (1, 16)
THREADS = ("--threads", "2000", "--posts", "20000", "--people", "500")
UNKEPT = {"PAGES_KEPT_SECONDS": "0"}
Names = Mapping[str, str]


def _cold(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Return the surroundings of the server that keeps no page: the same data; without Redis, a folder of its own."""
    if "REDIS_URL" in more:
        return {**more, **UNKEPT}
    own = {"COMMONS_VAR": str(folder / "cold"), "DATABASE_URL": f"sqlite:///{folder / 'commons.sqlite3'}"}
    return {**more, **UNKEPT, **own, "SECRET_KEY": (folder / "secret_key").read_text(encoding="utf-8")}


def main() -> None:
    """Run everything once and print one table, then how it grows."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--full", action="store_true", help="granian x 2, PostgreSQL and Valkey; else one process")
    parser.add_argument("--sizes", type=int, nargs="+", help="numbers of sheets, growing")
    parser.add_argument("--rounds", type=int, default=4, help="how many turns each target has")
    parser.add_argument("--seconds", type=float, default=0.25, help="how long a turn lasts")
    options = parser.parse_args()
    sizes = options.sizes or (FULL_SIZES if options.full else SIZES)
    rows: list[Row] = []
    with _data(is_full=options.full) as (folder, more):
        for size in sizes:
            _fill(folder, more, size)
            rows += _measured(folder, more, size, options, is_last=size == sizes[-1])
    report.keep(rows)
    report.main()


@contextmanager
def _data(*, is_full: bool) -> Iterator[tuple[Path, Names]]:
    """Yield a folder of data, and the names of the servers that keep the rest of it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="commons-bench-")))
        urls = {}
        if is_full:
            urls = {
                "DATABASE_URL": stack.enter_context(postgres(is_lasting=True)),
                "REDIS_URL": stack.enter_context(redis_server()),
            }
            _create(urls["DATABASE_URL"])
        yield folder, urls


def _create(url: str) -> None:
    """Create the database that the address names, as an administrator does once."""
    base, _slash, name = url.replace("postgres://", "postgresql://").rpartition("/")
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _fill(folder: Path, more: Names, size: int) -> None:
    manage(folder, "migrate", "-v0", more=more)
    manage(folder, "load_vocabularies", more=more)
    manage(folder, "collectstatic", "--no-input", "-v0", "--ignore", "redoc", "--ignore", "django_htmx", more=more)
    manage(folder, "seed", "--sheets", str(size), *THREADS, "--no-index", more=more)
    manage(folder, "search", "rebuild", more=more)
    if "DATABASE_URL" in more:
        _settle(more["DATABASE_URL"])


def _settle(url: str) -> None:
    """Let PostgreSQL tidy up after so many new rows now, rather than behind the back of what is measured."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _measured(folder: Path, more: Names, size: int, options: Any, *, is_last: bool) -> list[Row]:
    """Return the rows of this size; one server is as it is run, the other keeps no page."""
    serve = pages if options.full else served
    with serve(folder, more) as warm, serve(folder, _cold(folder, more)) as cold, hello(folder) as bare:
        ports = {WARM: warm, COLD: cold, HELLO: bare}
        targets = asyncio.run(targets_on(warm, folder, more))
        rows: list[Row] = []
        for connections in CONNECTIONS:
            turns = Turns(ports, connections, options.seconds)
            rows += asyncio.run(read(targets, turns, size, options.rounds))
        if is_last:
            turns = Turns(ports, CONNECTIONS[-1], options.seconds * 2)
            rows += asyncio.run(write(writers(folder, more), turns, size, options.rounds))
    return rows


if __name__ == "__main__":
    main()
