"""Pages in a process of their own: through granian, and only where processes can meet."""

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from commons.management.commands.pages import command


def test_the_server_is_the_one_that_was_measured() -> None:
    words = command("127.0.0.2", 8123, 3)
    assert words[0] == str(Path(sys.executable).with_name("granian"))
    assert Path(words[0]).exists()
    assert words[1:7] == ["--interface", "wsgi", "--host", "127.0.0.2", "--port", "8123"]
    assert words[words.index("--workers") :][:4] == ["--workers", "3", "--blocking-threads", "1"]
    assert "--respawn-failed-workers" in words
    assert words[-1] == "commons.wsgi:application"


@pytest.mark.parametrize("name", ["pages", "sockets"])
def test_without_redis_it_refuses_and_says_what_to_do(name: str, settings: Settings) -> None:
    settings.REDIS_URL = ""
    with pytest.raises(CommandError, match=r"set REDIS_URL, or run `manage.py serve`"):
        call_command(name)
