"""Owns a migrated SQLite database, kept in var/check: migrating takes seven seconds of processor, a copy takes none.

Every test process starts from a copy, on which `migrate` runs all the same and finds nothing to do. The file is named
after all that migrations depend on; whoever finds none of that name makes it, in a process that counts no lines.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "check"
MIGRATIONS = ("*/migrations/*.py", "*/*/migrations/*.py")
ORIGINS = (*MIGRATIONS, "commons/settings.py", "commons/sqlite/*.py", "requirements.lock")


def copy_migrated(to: Path) -> None:
    """Write a migrated database, without any row of ours, to this file."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of workers that start together, one migrates
        kept = KEPT / f"migrated-{_fingerprint()}.sqlite3"
        if not kept.exists():
            for stale in KEPT.glob("migrated-*"):
                stale.unlink()
            _migrate(kept)
        shutil.copyfile(kept, to)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for origin in ORIGINS for path in ROOT.glob(origin)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(kept: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="commons-migrated-") as name:
        made = Path(name) / "commons.sqlite3"
        surroundings = {"COMMONS_VAR": name, "DATABASE_URL": f"sqlite:///{made}"}
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=os.environ | surroundings, check=True)
        shutil.copyfile(made, kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)
