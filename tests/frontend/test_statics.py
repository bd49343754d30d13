"""Modules import each other by the names that they are served under."""

import shutil
from pathlib import Path

from pytest_django import Settings

import frontend
from frontend.statics import NamedByContent

SCRIPTS = Path(frontend.__file__).parent / "static" / "js"


def test_what_a_module_imports_is_named_by_its_content(tmp_path: Path, settings: Settings) -> None:
    settings.DEBUG = False
    storage = NamedByContent(location=str(tmp_path), base_url="/static/")
    names = [path.name for path in SCRIPTS.glob("*.js")]
    for name in names:
        shutil.copy(SCRIPTS / name, tmp_path / name)
    list(storage.post_process({name: (storage, name) for name in names}))
    wire = storage.stored_name("wire.js")
    assert wire != "wire.js"
    assert f'"./{wire}"' in (tmp_path / storage.stored_name("thread.js")).read_text()
