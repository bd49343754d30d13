"""Lists our own files: what git tracks or would track, without what machines wrote or others made."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("commons", "practices", "forum", "events", "frontend")
NOT_WRITTEN_HERE = {"migrations", "vendor", "__snapshots__"}


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the repository, new ones included, as paths from its root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = sorted({Path(name) for name in listing.split("\0") if name})
    return tuple(name for name in names if (ROOT / name).is_file())


def written(*suffixes: str) -> Iterator[Path]:
    """Yield the files of these kinds that a person of this project wrote."""
    for path in tracked():
        if path.suffix in suffixes and not NOT_WRITTEN_HERE.intersection(path.parts):
            yield path


def text_of(path: Path) -> str:
    """Return a file's text."""
    return (ROOT / path).read_text(encoding="utf-8")
