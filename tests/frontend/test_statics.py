"""Static files: modules import each other by the names that they are served under; files come whole, once."""

import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

import frontend
from frontend.statics import NamedByContent, StaticFiles

pytestmark = pytest.mark.django_db  # the end of any answer closes the database's connection
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


def test_a_static_file_is_answered_with_its_type_and_whole() -> None:
    answer = Client().get("/static/js/theme.js")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, 'text/javascript; charset="utf-8"')
    assert answer.getvalue() == (SCRIPTS / "theme.js").read_bytes()


def test_a_static_file_is_not_sent_again_to_who_has_it() -> None:
    first = Client().get("/static/js/theme.js")
    first.close()
    again = Client().get("/static/js/theme.js", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (again.status_code, again.getvalue()) == (304, b"")


def test_a_part_of_a_static_file_may_be_asked_for() -> None:
    answer = Client().get("/static/js/theme.js", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.getvalue()) == (206, (SCRIPTS / "theme.js").read_bytes()[:10])


def test_what_is_no_static_file_is_a_page() -> None:
    assert Client().get("/static/js/missing.js").status_code == 404
    assert Client().get("/").headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_file_named_by_its_content_is_kept_for_ever_and_comes_compressed(tmp_path: Path, settings: Settings) -> None:
    settings.DEBUG = settings.SERVESTATIC_USE_FINDERS = settings.SERVESTATIC_AUTOREFRESH = False
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "frontend.statics.NamedByContent"}}
    (tmp_path / "page.css").write_text("p { color: red }" * 100)
    list(staticfiles_storage.post_process({"page.css": (staticfiles_storage, "page.css")}))
    answers = [
        StaticFiles(lambda _request: HttpResponse())(RequestFactory().get(staticfiles_storage.url("page.css"), **asked))
        for asked in ({}, {"headers": {"Accept-Encoding": "gzip"}})
    ]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"max-age=315360000, public, immutable"}
    assert [answer.headers.get("Content-Encoding") for answer in answers] == [None, "gzip"]
    for answer in answers:
        answer.close()
