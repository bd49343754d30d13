"""Owns the server under load: `manage.py serve` itself, on a free port, with a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0  # seconds
NO_THROTTLE = "1000000000/min"


def environment_for(folder: Path, port: int) -> dict[str, str]:
    """Return the surroundings of a server that is measured: embedded, unthrottled, its data apart."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL")}
    ours = {"COMMONS_VAR": str(folder), "PORT": str(port), "THROTTLE_READ": NO_THROTTLE}
    return kept | ours | {"DJANGO_SETTINGS_MODULE": "bench.settings"}


def manage(folder: Path, *words: str) -> None:
    """Run an administrative command on the data of the folder."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment_for(folder, 0), check=True)  # noqa: S603 - our own command


def free_port() -> int:
    """Return a port of the loopback that nothing listens on at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve the data of the folder and yield the port."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment_for(folder, port), stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
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
