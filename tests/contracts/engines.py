"""Owns the engines of the contract suite: the embedded one always, Meilisearch where a server is or can be started."""

import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frontmatter
import meilisearch

from commons.search.engines.embedded.engine import EmbeddedEngine
from commons.search.engines.meili import MeiliEngine
from commons.search.engines.protocol import Document, SearchEngine, composed
from tests.services import free_port

MASTER = "une-cle-pour-les-essais"
PATIENCE_SECONDS = 30.0


def program() -> str:
    """Return the Meilisearch program: the one that `MEILISEARCH_PROGRAM` names, or one on the path; else empty."""
    return os.environ.get("MEILISEARCH_PROGRAM", "") or shutil.which("meilisearch") or ""


@contextmanager
def meilisearch_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and key of a server: the one that `MEILISEARCH_URL` names, or one started here."""
    if url := os.environ.get("MEILISEARCH_URL"):
        yield url, os.environ.get("MEILISEARCH_KEY", "")
        return
    url = f"http://127.0.0.1:{free_port()}"
    command = [program(), "--http-addr", url.removeprefix("http://"), "--master-key", MASTER, "--no-analytics"]
    process = subprocess.Popen(
        [*command, "--db-path", str(folder / "data"), "--dump-dir", str(folder), "--snapshot-dir", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while not meilisearch.Client(url, timeout=1).is_healthy():
            assert process.poll() is None, "meilisearch ended at once"
            assert time.monotonic() < deadline, "meilisearch does not answer"
            time.sleep(0.1)
        yield url, MASTER
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def embedded(folder: Path) -> SearchEngine:
    """Return an embedded engine on that folder."""
    return EmbeddedEngine(folder)


def on_server(url: str, key: str) -> SearchEngine:
    """Return a Meilisearch engine on an index of its own."""
    return MeiliEngine(url, key, f"essai_{uuid.uuid4().hex[:12]}")


def documents_of(folder: Path) -> list[Document]:
    """Return the corpus's sheets as documents, each by the name of its file."""
    files = sorted((folder / "sheets-fr").rglob("*.md"))
    return [_document(path, number) for number, path in enumerate(files)]


def _document(path: Path, number: int) -> Document:
    post = frontmatter.load(str(path))
    return Document(
        kind="sheet",
        id=str(number),
        title=composed(str(post["name"])),
        audiences=("public",),
        keywords=tuple(composed(str(tag)) for tag in post.get("tags") or ()),
        summary=composed(str(post.get("description") or "")),
        body=composed(post.content),
        facets={"theme": (composed(path.parent.name),), "file": (composed(path.stem),)},
        fresh=1_700_000_000,
    )
