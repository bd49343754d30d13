"""SQLite's writers wait in line: each gets its turn, and a turn is passed on however a transaction ends."""

import fcntl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.db.utils import ConnectionHandler

pytestmark = pytest.mark.django_db


def base_at(name: Path | str) -> Any:
    """Return a connection of its own to a base of its own."""
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}
    return ConnectionHandler({"default": {"ENGINE": "commons.sqlite", "NAME": str(name), "OPTIONS": options}})[
        "default"
    ]


def is_free(path: Path) -> bool:
    with path.open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@pytest.fixture
def base(tmp_path: Path) -> Any:
    base = base_at(tmp_path / "base.sqlite3")
    with base.cursor() as cursor:
        cursor.execute("CREATE TABLE counts (n INTEGER UNIQUE)")
    yield base
    base.close()


def begin(base: Any) -> None:
    base.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def refused(base: Any) -> None:
    with pytest.raises(IntegrityError), base.cursor() as cursor:
        cursor.execute("INSERT INTO counts VALUES (1), (1)")
    base.rollback()


@pytest.mark.parametrize(
    "end", [lambda base: base.commit(), lambda base: base.rollback(), lambda base: base.close(), refused]
)
def test_a_turn_lasts_as_long_as_the_transaction(base: Any, tmp_path: Path, end: Callable[[Any], None]) -> None:
    turn = tmp_path / "base.sqlite3.turn"
    begin(base)
    assert not is_free(turn)
    end(base)
    assert is_free(turn)


def test_a_transaction_that_cannot_begin_passes_the_turn_on(base: Any, tmp_path: Path) -> None:
    begin(base)
    with pytest.raises(OperationalError):
        base._start_transaction_under_autocommit()  # noqa: SLF001 - as Django calls it
    assert is_free(tmp_path / "base.sqlite3.turn")


@pytest.mark.usefixtures("base")
def test_many_writers_all_get_their_turns(tmp_path: Path) -> None:
    counts: list[int] = []

    def write(writer: int) -> None:
        own = base_at(tmp_path / "base.sqlite3")
        for n in range(20):
            begin(own)
            with own.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM counts")
                counts.append(cursor.fetchone()[0])
                cursor.execute("INSERT INTO counts VALUES (%s)", [100 * writer + n])
            own.commit()
            own.set_autocommit(True)
        own.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert counts == list(range(160))


def test_a_base_in_memory_has_no_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    base = base_at(":memory:")
    begin(base)
    base.rollback()
    assert list(tmp_path.iterdir()) == []
