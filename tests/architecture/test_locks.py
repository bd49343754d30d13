"""The repository names no registry and holds no secret: lock files say what to install, never from where."""

import json
import re
from pathlib import Path

from tests.architecture.tree import text_of, tracked

LOCKS = ("requirements.lock", "requirements-dev.lock", "package-lock.json")
ADDRESS = re.compile(r"(?:https?|git|ssh)(?:\+\w+)?://[^\s\"']+|--(?:extra-)?index-url|\"resolved\"", re.IGNORECASE)
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:ghp|gho|ghs|glpat|npm|pypi)[-_][A-Za-z0-9_-]{20,}"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|(?i:secret_key|api_key|password|token)\s*=\s*[\"'][A-Za-z0-9+/_-]{32,}[\"']",
)
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")


def test_python_locks_name_no_registry() -> None:
    found = {name: ADDRESS.findall(text_of(Path(name))) for name in LOCKS[:2]}
    assert found == {name: [] for name in LOCKS[:2]}


def test_node_lock_names_no_registry() -> None:
    packages = json.loads(text_of(Path(LOCKS[2])))["packages"]
    where = [{key: value for key, value in facts.items() if key != "funding"} for facts in packages.values()]
    assert ADDRESS.findall(json.dumps(where)) == []


def test_every_requirement_is_pinned_with_its_hashes() -> None:
    for name in LOCKS[:2]:
        entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text_of(Path(name)), flags=re.MULTILINE).strip())
        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_files_hold_no_secret_and_no_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        if path.name in LOCKS or "vendor" in path.parts:
            continue
        try:
            text = text_of(path)
        except UnicodeDecodeError:
            continue  # an image or a font
        found += [f"{path}: {match.group()[:20]}…" for match in (SECRET.search(text), MACHINE.search(text)) if match]
    assert found == []
