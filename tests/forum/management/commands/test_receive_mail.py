"""A Maildir is taken mail by mail; what fails stays for the next time."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests.factories.forum import thread_of
from tests.factories.mails import address_for, mail_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_maildir_is_emptied_of_what_could_be_taken(tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    person, thread = UserFactory.create(), thread_of()
    (tmp_path / "new" / "1.a").write_bytes(mail_of(person, address_for(person, thread)).as_bytes())
    (tmp_path / "new" / "2.b").write_bytes(b"rien")
    (tmp_path / "new" / "3.c").mkdir()  # it cannot be read
    out = io.StringIO()
    call_command("receive_mail", str(tmp_path), stdout=out)
    assert out.getvalue() == "3 mails, 1 posts\n"
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.a:2,S", "2.b:2,S"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["3.c"]
    assert thread.posts.filter(author=person).count() == 1


def test_a_folder_that_is_no_maildir_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no Maildir"):
        call_command("receive_mail", str(tmp_path))


def test_a_mail_comes_by_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    person, thread = UserFactory.create(), thread_of()
    raw = mail_of(person, address_for(person, thread)).as_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    call_command("receive_mail", "-")
    assert thread.posts.filter(author=person).count() == 1
