"""Where the corpora are, for the tests of text."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of real data; skip without it, fail when it was promised and is missing."""
    promised = os.environ.get("COMMONS_CORPORA")
    folder = Path(promised) if promised else ROOT.parent / "shared" / "corpora"
    if promised and not folder.is_dir():
        pytest.fail(f"COMMONS_CORPORA names a folder that does not exist: {folder}")
    if not folder.is_dir():
        pytest.skip("no corpora: set COMMONS_CORPORA")
    return folder
