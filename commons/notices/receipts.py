"""Owns the mail server's yes, kept by the quickest means there is until the database has it: a name in a folder.

The mark `sent` waits for the database: milliseconds or, behind other writers, seconds. A worker killed in that time
would send the mail again. A receipt is written before the mail leaves, is renamed at the yes, which takes some ten
microseconds, and is removed once the mark is committed. It outlives its process, not a power cut. Workers on several
machines share no folder: there, only the Message-ID tells that a double is one.
"""

import json
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from commons.notices.models import Delivery, Posting

KEPT_SECONDS = 24 * 3600
Told = dict[str, str]
"""What a mail says: of which deliveries, and how far each notice had come."""


def told_in(*deliveries: Delivery) -> Told:
    """Return what a mail says that is written from these, as they were read."""
    return {str(delivery.pk): delivery.notice.changed_at.isoformat() for delivery in deliveries}


def forget_old() -> None:
    """Remove what a worker killed between the mark's commit and the removal has left: no row looks for it any more."""
    oldest = time.time() - KEPT_SECONDS
    for path in (Path(settings.VAR_DIR) / "receipts").glob("*"):
        with suppress(FileNotFoundError):  # a worker removed it meanwhile
            if path.stat().st_mtime < oldest:
                path.unlink()


class Receipt:
    """The server's yes to one handing over of a row."""

    def __init__(self, row: Posting) -> None:
        """Name it after the row and the moment when it was handed over, which the database knows as well."""
        handed = row.handed_at.timestamp() if row.handed_at else 0
        self._folder = Path(settings.VAR_DIR) / "receipts"
        self._kept = self._folder / f"{row._meta.model_name}-{row.pk}-{handed:.6f}"
        self._offered = self._kept.with_name(f"{self._kept.name}.offered")

    def offer(self, told: Told) -> None:
        """Write what the server is about to get."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._offered.write_text(json.dumps(told), encoding="ascii")

    def keep(self) -> None:
        """Note the yes."""
        self._offered.rename(self._kept)

    def told(self) -> Told | None:
        """Return what the server took; `None` when it had not said yes."""
        if not self._kept.exists():
            return None
        told: Told = json.loads(self._kept.read_text(encoding="ascii"))
        return told

    def drop(self) -> None:
        """Forget it: the database knows, or nothing was taken."""
        self._offered.unlink(missing_ok=True)
        self._kept.unlink(missing_ok=True)
