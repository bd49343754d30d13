"""Every French sentence of the code has its English one; the interface is never half in another language."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.architecture.tree import APPS, ROOT, tracked

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
READ_BY_GETTEXT = {".py", ".html", ".txt"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}")
FLOORS = [app for app in APPS if (ROOT / app).is_dir()]
pytestmark = pytest.mark.messages

Key = str | tuple[str, ...]
Entries = dict[tuple[str | None, Key], Message]


def _entries(path: Path) -> Entries:
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {
        (message.context, tuple(message.id) if isinstance(message.id, list | tuple) else message.id): message
        for message in catalogue
        if message.id
    }


@pytest.fixture(scope="module")
def in_code(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Entries]:
    """Return what `makemessages` finds in a copy of the sources, floor by floor."""
    copy = tmp_path_factory.mktemp("sources")
    for path in tracked():
        if path.parts[0] in FLOORS and path.suffix in READ_BY_GETTEXT:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, copy / path)
    found = {}
    for floor in FLOORS:
        (copy / floor / "locale").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--no-location"]
        subprocess.run(command, cwd=copy / floor, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True)
        found[floor] = _entries(copy / floor / CATALOGUE)
    return found


def _forms(message: Message) -> list[str]:
    """Return the English of a message: one text, or the singular and the plural."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("floor", FLOORS)
def test_catalogue_holds_the_sentences_of_the_code(floor: str, in_code: dict[str, Entries]) -> None:
    catalogue = _entries(ROOT / floor / CATALOGUE)
    missing = sorted(str(key) for key in in_code[floor].keys() - catalogue.keys())
    unused = sorted(str(key) for key in catalogue.keys() - in_code[floor].keys())
    assert (missing, unused) == ([], [])


@pytest.mark.parametrize("floor", FLOORS)
def test_every_sentence_is_translated(floor: str) -> None:
    catalogue = _entries(ROOT / floor / CATALOGUE)
    untranslated = [str(message.id) for message in catalogue.values() if message.fuzzy or not all(_forms(message))]
    assert untranslated == []


@pytest.mark.parametrize("floor", FLOORS)
def test_translations_keep_the_placeholders(floor: str) -> None:
    wrong = []
    for message in _entries(ROOT / floor / CATALOGUE).values():
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        pairs = zip(sources, _forms(message), strict=True)
        wrong += [source for source, english in pairs if _placeholders(source) != _placeholders(english)]
    assert wrong == []


def test_no_catalogue_is_fuzzy_as_a_whole() -> None:
    headers = [(floor, (ROOT / floor / CATALOGUE)) for floor in FLOORS]
    fuzzy = [floor for floor, path in headers if path.is_file() and '#, fuzzy\nmsgid ""\n' in path.read_text("utf-8")]
    assert fuzzy == []
