"""Owns processes that are started again whenever they end, and that end with whoever started them."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

SOON, LATE = 0.2, 5.0
"""Seconds before a process that ended is started again: soon, and later each time it ends at once."""
HEALTHY_SECONDS = 10.0


class Kept:
    """One process with its own group, so that nothing of it is left when it ends."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        environment: Mapping[str, str] | None = None,
        *,
        user: str | None = None,
        ending: signal.Signals = signal.SIGTERM,
        cwd: Path | None = None,
        log: Path | None = None,
    ) -> None:
        self.name, self.environment, self.user = name, environment, user
        self.ending, self.cwd, self.log = ending, cwd, log
        self.command = [*_with_parent(ending), *command]
        self.process: subprocess.Popen[bytes] | None = None
        self.starts = 0
        self.wait = SOON
        self._started_at = self._ended_at = 0.0

    @property
    def pid(self) -> int:
        """Return the process id; 0 while it does not run."""
        return self.process.pid if self.process is not None else 0

    def is_running(self) -> bool:
        """Say whether it runs at this moment."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it."""
        self.starts += 1
        self._started_at = time.monotonic()
        with (self.log or Path(os.devnull)).open("ab") as told:
            self.process = subprocess.Popen(  # noqa: S603 - a server of ours
                self.command,
                env=self.environment,
                user=self.user,
                cwd=self.cwd,
                process_group=0,
                stdin=subprocess.DEVNULL,
                stdout=told if self.log else None,
                stderr=told if self.log else None,
            )

    def tend(self) -> None:
        """Start it again when it has ended, soon, and later each time when it does not last."""
        now = time.monotonic()
        if self.is_running() or self.process is None:
            return
        if self._ended_at < self._started_at:
            self._ended_at = now
            self.wait = SOON if now - self._started_at > HEALTHY_SECONDS else min(self.wait * 2, LATE)
            self.signal_all(signal.SIGKILL)
        if now - self._ended_at >= self.wait:
            self.start()

    def stop(self, patience: float) -> None:
        """Ask it to end, wait, and insist when it does not."""
        if self.process is None:
            return
        if self.is_running():
            self.process.send_signal(self.ending)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self.signal_all(signal.SIGKILL)
        self.process.wait()

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to the process and whatever it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def _with_parent(ending: signal.Signals) -> list[str]:
    """Return the words that make a command end with us, even when we are killed (Linux; elsewhere none)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", ending.name.removeprefix("SIG"), "--"] if setpriv else []


def stop_together(kept: Sequence[Kept], patience: float) -> None:
    """Stop several at once, so that the slowest decides how long it takes."""
    for one in kept:
        if one.process is not None and one.is_running():
            one.process.send_signal(one.ending)
    deadline = time.monotonic() + patience
    while any(one.is_running() for one in kept) and time.monotonic() < deadline:
        time.sleep(0.05)
    for one in kept:
        one.stop(0.1)
