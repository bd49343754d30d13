"""Owns the index on disk: its schema, the folder that is current, the one writer, readers that follow commits."""

import hashlib
import json
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from commons.search.engines.analyzer import stem, words
from commons.search.engines.protocol import Document, EngineDownError, Shape

FORMAT = 1
"""Raise it when the same documents must be indexed anew: another analyzer, another field."""
TEXTS = ("title", "keywords", "summary")
HEAP_BYTES = 64_000_000
LOCK_TRIES = 50
TRIALS_WEIGH, FRESH_WEIGHS = 1e-5, 1e-4
FRESH_FROM, FRESH_SPAN = 1_577_836_800, 1_000_000_000  # 2020, and some thirty years


def schema_for(shape: Shape) -> tantivy.Schema:
    """Return the schema: words as written and as stems with positions, stems by text, facets, what is shown."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "entry", "audiences"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("words", "stems"):
        builder.add_text_field(name, tokenizer_name="blanks")
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="blanks", index_option="basic")
    for facet in shape.facets:
        builder.add_text_field(f"f_{facet}", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("fresh", indexed=True, fast=True)
    builder.add_integer_field("trials", indexed=True, fast=True)
    builder.add_float_field("quality", indexed=True, fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


def row_of(document: Document, shape: Shape) -> tantivy.Document:
    """Return the document as the index keeps it."""
    texts = {"title": document.title, "keywords": " | ".join(document.keywords), "summary": document.summary}
    split = {name: words(text) for name, text in texts.items()} | {"body": words(document.body)}
    stems = {name: [stem(word) for word in found] for name, found in split.items()}
    row = tantivy.Document()
    row.add_text("key", document.key)
    row.add_text("entry", f"{document.key} {document.digest}")
    row.add_text("kind", document.kind)
    for audience in document.audiences:
        row.add_text("audiences", audience)
    for name in TEXTS:
        row.add_text(name, " ".join(stems[name]))
    for name in split:  # one value for each text: a phrase does not run from one into the next
        row.add_text("words", " ".join(split[name]))
        row.add_text("stems", " ".join(stems[name]))
    for facet in shape.facets:
        for code in document.facets.get(facet, ()):
            row.add_text(f"f_{facet}", code)
    row.add_integer("fresh", document.fresh)
    row.add_integer("trials", document.trials)
    row.add_float("quality", quality_of(document))
    shown = [document.kind, document.id, document.title, document.summary, document.body, document.keywords]
    row.add_bytes("shown", json.dumps(shown, ensure_ascii=False).encode())
    return row


def quality_of(document: Document) -> float:
    """Return a small number that ranks documents equal in all else: by trials, then by freshness."""
    freshness = min(max(document.fresh - FRESH_FROM, 0) / FRESH_SPAN, 1.0)
    return min(document.trials, 50) * TRIALS_WEIGH + freshness * TRIALS_WEIGH


class Folder:
    """The folder of the indexes. A file, replaced in one step, names the current one; its name bears the shape."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = root / "current"
        self._lock = threading.Lock()
        self._open: tuple[str, tantivy.Index] | None = None
        self._seen = 0

    def current(self) -> str:
        """Return the current index's name; empty when there is none."""
        try:
            return self._pointer.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def is_for(self, shape: Shape) -> bool:
        """Tell whether the current index was made for this shape."""
        return self.current().partition("-")[0] == _fingerprint(shape)

    def reader(self) -> tantivy.Searcher:
        """Return a searcher that sees the last commit of any process."""
        return self._index().searcher()

    def schema(self) -> tantivy.Schema:
        """Return the schema of the current index."""
        return self._index().schema

    def generation(self) -> tuple[str, int]:
        """Return what changes with every commit and every swap."""
        name = self.current()
        try:
            return name, (self.root / name / "meta.json").stat().st_mtime_ns
        except FileNotFoundError as error:
            raise EngineDownError("there is no index yet: run `manage.py search rebuild`") from error

    def _index(self) -> tantivy.Index:
        name, seen = self.generation()
        with self._lock:
            try:
                if self._open is None or self._open[0] != name:
                    self._open = (name, _opened(self.root / name))
                elif seen != self._seen:
                    self._open[1].reload()
            except ValueError as error:
                raise EngineDownError(str(error)) from error
            self._seen = seen
            return self._open[1]

    @contextmanager
    def writer(self) -> Iterator[tantivy.IndexWriter]:
        """Hold the one writer of the current index; what was not committed is forgotten."""
        with _writing(_opened(self.root / self.current())) as writer:
            yield writer

    def replace(self, rows: Iterable[tantivy.Document], shape: Shape) -> int:
        """Build a new index, then point at it; older ones go, the one before stays for readers still in it."""
        before = self.current()
        name = f"{_fingerprint(shape)}-{time.time_ns():x}"
        path = self.root / name
        path.mkdir(parents=True)
        index = tantivy.Index(schema_for(shape), path=str(path))
        _prepare(index)
        count = 0
        with _writing(index) as writer:
            for row in rows:
                writer.add_document(row)
                count += 1
            writer.commit()
        fresh = self.root / "current.new"
        fresh.write_text(name, encoding="utf-8")
        fresh.replace(self._pointer)
        for old in self.root.iterdir():
            if old.is_dir() and old.name not in (name, before):
                shutil.rmtree(old, ignore_errors=True)
        return count

    def size(self) -> int:
        """Return the bytes of the current index."""
        return sum(f.stat().st_size for f in (self.root / self.current()).iterdir() if f.is_file())


def _fingerprint(shape: Shape) -> str:
    return hashlib.sha256(json.dumps([FORMAT, version("tantivy"), shape.facets]).encode()).hexdigest()[:12]


def _opened(path: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(path))
    _prepare(index)
    return index


def _prepare(index: tantivy.Index) -> None:
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")


@contextmanager
def _writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    writer = _patient_writer(index)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _patient_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """Wait for another process to let the writer go: it holds it for one batch."""
    for attempt in range(LOCK_TRIES):
        try:
            return index.writer(heap_size=HEAP_BYTES, num_threads=1)
        except ValueError as error:
            if ("LockBusy" not in str(error) and "lock" not in str(error).lower()) or attempt == LOCK_TRIES - 1:
                raise EngineDownError(str(error)) from error
            time.sleep(0.1)
    raise AssertionError


def facts(folder: Folder) -> dict[str, Any]:
    """Return where the index is, how many documents it holds and how large it is."""
    reader = folder.reader()
    return {
        "folder": str(folder.root / folder.current()),
        "documents": reader.num_docs,
        "bytes": folder.size(),
        "segments": reader.num_segments,
    }
