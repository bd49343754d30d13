"""Every module has a noun for a name, a sentence that says what it owns, a place in a layer, and tests beside it."""

import ast
import tomllib
from pathlib import Path
from typing import Any

from tests.architecture.tree import APPS, ROOT, text_of, tracked, written

NAMELESS = {"helpers", "helper", "utils", "util", "misc", "common", "stuff", "tools"}
FAMILIES = {"architecture", "contracts", "journeys"}  # these prove rules that no single module owns
LAYERED = ("actions", "queries", "models", "rules")


def _contracts() -> dict[str, dict[str, Any]]:
    settings = tomllib.loads(text_of(Path("pyproject.toml")))
    return {contract["name"].split(":")[0]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def _mirrored(test: Path) -> Path:
    """Return what a test module mirrors: the module or package of the same path, without `tests/` and `test_`."""
    return Path(*test.parts[1:-1], test.stem.removeprefix("test_"))


def test_names_say_what_a_module_owns() -> None:
    assert [str(path) for path in tracked() if path.stem in NAMELESS] == []


def test_modules_open_with_a_sentence() -> None:
    silent = []
    for path in written(".py"):
        tree = ast.parse(text_of(path))
        if tree.body and not (ast.get_docstring(tree) or "").split("\n")[0].endswith((".", ":")):
            silent.append(str(path))
    assert silent == []


def test_tests_mirror_the_code() -> None:
    tests = [path for path in written(".py") if path.parts[0] == "tests" and path.stem.startswith("test_")]
    mirrors = {test: ROOT / _mirrored(test) for test in tests if test.parts[1] not in FAMILIES}
    astray = [str(test) for test, home in mirrors.items() if not (home.is_dir() or home.with_suffix(".py").is_file())]
    assert astray == []


def test_the_architecture_page_names_every_floor_and_shared_module() -> None:
    page = text_of(Path("docs/architecture.md"))
    own = {path.parts[0] for path in written(".py") if len(path.parts) > 1} | {"docs", "deploy"}
    shared = {path.parts[1] for path in written(".py") if path.parts[0] == "commons" and path.name == "__init__.py"}
    folders = own | shared - {"__init__.py", "management"}
    modules = {path.name for path in written(".py") if path.parts[0] == "commons" and len(path.parts) == 2}
    known = {
        "__init__.py",
        "apps.py",
        "asgi.py",
        "wsgi.py",
        "urls.py",
        "settings.py",
    }  # « settings, addresses, servers »
    missing = [f"{name}/" for name in sorted(folders) if f"{name}/ " not in page]
    assert missing + [name for name in sorted(modules - known) if name not in page] == []


def test_every_floor_is_under_contract() -> None:
    floors = [app for app in APPS if (ROOT / app / "__init__.py").is_file()]
    settings = tomllib.loads(text_of(Path("pyproject.toml")))["tool"]
    assert sorted(settings["importlinter"]["root_packages"]) == sorted(floors)
    assert sorted(settings["coverage"]["run"]["source"]) == sorted(floors)
    assert sorted(_contracts()["The floors of the house"]["layers"]) == sorted(floors)


def test_every_app_with_layers_is_under_contract() -> None:
    modules = [path.with_suffix("") for path in written(".py") if path.parts[0] in APPS[:-1]]
    apps = {
        ".".join(path.parts[:depth]) for path in modules for depth, part in enumerate(path.parts) if part in LAYERED
    }
    assert sorted(_contracts()["Inside an app"]["containers"]) == sorted(apps)
