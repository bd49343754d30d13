"""Owns the servers under load: one process with everything embedded, or the pages of the full topology."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0  # seconds
NO_THROTTLE = "1000000000/min"
HELLO = "bench.hello:application"
SERVE = (sys.executable, "manage.py", "serve")
NOWHERE: Mapping[str, str] = {}


def environment_for(folder: Path, port: int, more: Mapping[str, str] = NOWHERE) -> dict[str, str]:
    """Return the surroundings of what is measured: unthrottled, its data apart, embedded unless `more` says else."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL")}
    ours = {"COMMONS_VAR": str(folder), "PORT": str(port), "THROTTLE_READ": NO_THROTTLE, "TQDM_DISABLE": "1"}
    return kept | ours | {"DJANGO_SETTINGS_MODULE": "bench.settings"} | dict(more)


def manage(folder: Path, *words: str, more: Mapping[str, str] = NOWHERE) -> str:
    """Run an administrative command on the data of the folder and return what it printed."""
    return run([sys.executable, "manage.py", *words], environment_for(folder, 0, more))


def run(command: list[str], environment: Mapping[str, str]) -> str:
    """Run a program of ours to its end and return what it printed."""
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    return done.stdout


def free_port() -> int:
    """Return a port of the loopback that nothing listens on at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(folder: Path, more: Mapping[str, str] = NOWHERE) -> Iterator[int]:
    """Serve the data of the folder as `make run` does, and yield the port."""
    with running(SERVE, folder, free_port(), more) as port:
        yield port


@contextmanager
def pages(folder: Path, more: Mapping[str, str] = NOWHERE, *, workers: int = 2) -> Iterator[int]:
    """Serve pages alone, as the full topology does, and yield the port; the static files must be gathered."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "warning"]
    with running((*command, "commons.wsgi:application"), folder, port, more):
        yield port


@contextmanager
def hello(folder: Path) -> Iterator[int]:
    """Serve the least that uvicorn can, in one process, and yield the port."""
    port = free_port()
    with running((sys.executable, "-m", "uvicorn", "--port", str(port), "--log-level", "warning", HELLO), folder, port):
        yield port


@contextmanager
def running(command: tuple[str, ...], folder: Path, port: int, more: Mapping[str, str] = NOWHERE) -> Iterator[int]:
    """Run a server until the block ends; yield its port once it answers."""
    environment = environment_for(folder, port, more)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own loopback address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    message = f"{url} did not answer"
    raise RuntimeError(message)
