"""`python -m topology`: runs the full topology on this machine until Ctrl-C (`make run-full`)."""

import os
import signal
import sys
import time
from types import FrameType

from topology.full import Full, folder_of, given
from topology.services import ServiceMissingError


def main() -> int:
    """Start everything, tend it, end everything."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        if len(told) == 1:
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    full = Full(folder_of(os.environ), int(os.environ.get("PORT", "8000")), given())
    try:
        full.start(demo=True, say=_say)
        _say(f"Commons: {full.url}/  (Ctrl-C ends all)")
        for kept in full.kept():
            _say(f"  {kept.name:<12} {kept.pid}")
        while True:
            full.tend()
            time.sleep(0.2)
    except ServiceMissingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _say("Ending…")
        full.stop()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
