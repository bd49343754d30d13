"""A PDF is made of our own files and nothing else, one at a time."""

import re
import threading
import zlib

import pytest

from commons.errors import TooMany
from frontend import pdf

pytest.importorskip("weasyprint", exc_type=OSError, reason="Pango is not on this machine")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:weasyprint", "ignore::DeprecationWarning:fontTools"),
]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "https://exemple.example/a.png",
        f"{pdf.BASE}/static/../../etc/passwd",
        f"{pdf.BASE}/etc/passwd",
        f"{pdf.BASE}/static/css/absent.css",
        "data:text/plain,x",
    ],
)
def test_nothing_but_our_files_is_reached(address: str) -> None:
    fetcher = pdf.fetcher_for({})
    with pytest.raises((ValueError, Exception)) as refusal:
        fetcher.fetch(address)
    assert type(refusal.value).__name__ in ("ValueError", "SuspiciousFileOperation")


def test_our_style_is_reached() -> None:
    fetcher = pdf.fetcher_for({})
    assert fetcher.fetch(f"{pdf.BASE}/static/css/print-sheet.css").headers["Content-Type"] == "text/css"


def test_text_is_set_in_our_own_letters() -> None:
    made = pdf.laid_out("<html lang=fr><title>Essai</title><h1>Titre</h1><p>Du texte, <em>penché</em>.</p></html>")
    streams = re.findall(rb"stream\r?\n(\x78.*?)endstream", made, re.DOTALL)
    inside = made + b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    named = set(re.findall(rb"/BaseFont\s*/\w+\+([A-Za-z]+)", inside))
    assert named == {b"Bricolage", b"Newsreader"}


def test_who_waits_too_long_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    monkeypatch.setattr(pdf, "_one_at_a_time", threading.Semaphore(0))
    with pytest.raises(TooMany):
        pdf.laid_out("<p>Bonjour</p>")
