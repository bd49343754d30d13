"""Unsafe settings are refused, each with a sentence that says what to do; so is a second process without Redis."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from commons import safety
from commons.safety import check_dangers, dangers, is_weak, refuse_unsafe

ROOT = Path(__file__).resolve().parents[2]
GOOD = "k3jf-8dSa_92mdkQwLzPq0vXyT7uHb5nRc1eGi6oA4s"


@pytest.fixture
def safe(settings: Settings, tmp_path: Path) -> Settings:
    """Return settings that a public site may be served with."""
    settings.SITE_URL, settings.DEBUG, settings.SECRET_KEY = "https://commons.example", False, GOOD
    settings.ALLOWED_HOSTS, settings.REDIS_URL, settings.VAR_DIR = ["commons.example"], "", tmp_path
    return settings


def test_safe_settings_have_no_danger(safe: Settings) -> None:
    assert safe.ALLOWED_HOSTS == ["commons.example"]
    assert list(dangers()) == []
    assert check_dangers() == []


def test_every_danger_is_said_with_its_remedy(safe: Settings) -> None:
    safe.DEBUG, safe.ALLOWED_HOSTS, safe.SECRET_KEY = True, ["*"], "abc"
    remedies = ["unset DEBUG", "list your own names", "50 random characters"]
    sentences = [danger.sentence for danger in dangers()]
    assert [remedy in sentence for remedy, sentence in zip(remedies, sentences, strict=True)] == [True] * 3
    assert [error.id for error in check_dangers()] == ["commons.E001", "commons.E002", "commons.E003"]
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe()
    assert str(refused.value) == " ".join(sentences)


def test_a_provider_in_clear_is_a_danger_of_public_sites_alone(safe: Settings) -> None:
    safe.OIDC_SERVER_URL = "http://proconnect.example/api/v2"
    assert [danger.about for danger in dangers()] == ["sign-in"]
    assert "https:// address" in next(dangers()).sentence
    safe.SITE_URL, safe.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["127.0.0.1"]
    assert list(dangers()) == []
    safe.SITE_URL, safe.ALLOWED_HOSTS = "https://commons.example", ["commons.example"]
    safe.OIDC_SERVER_URL = "https://proconnect.example/api/v2"
    assert list(dangers()) == []


def test_debug_is_nobodys_danger_on_this_machine_alone(safe: Settings) -> None:
    safe.DEBUG, safe.SITE_URL, safe.ALLOWED_HOSTS = True, "http://127.0.0.1:8000", ["127.0.0.1", "localhost"]
    assert list(dangers()) == []
    safe.ALLOWED_HOSTS = ["127.0.0.1", "commons.example"]
    assert [danger.about for danger in dangers()] == ["site"]


@pytest.mark.parametrize(
    "secret", ["", "court", "a" * 60, "django-insecure-" + GOOD, "Change-Me-" + GOOD, "abcabcabc" * 6]
)
def test_a_secret_that_can_be_guessed_is_weak(secret: str) -> None:
    assert is_weak(secret)
    assert not is_weak(GOOD)


def test_a_second_process_without_redis_is_refused(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "held", [])
    monkeypatch.setattr(safety, "PATIENCE_SECONDS", 0.15)
    with (safe.VAR_DIR / "serving").open("w") as other:
        fcntl.flock(other.fileno(), fcntl.LOCK_EX)
        with pytest.raises(ImproperlyConfigured, match=r"Set REDIS_URL to run several processes, or run one\."):
            refuse_unsafe()
        safe.REDIS_URL = "redis://127.0.0.1:1/0"
        refuse_unsafe()
    assert safety.held == []
    safe.REDIS_URL = ""
    refuse_unsafe()
    refuse_unsafe()
    assert len(safety.held) == 1
    os.close(safety.held.pop())


def test_a_server_started_by_hand_is_refused_too(tmp_path: Path) -> None:
    environment = os.environ | {"COMMONS_VAR": str(tmp_path), "ALLOWED_HOSTS": "*", "LOG_LEVEL": "CRITICAL"}
    done = subprocess.run(
        [sys.executable, "-c", "import commons.wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "ALLOWED_HOSTS accepts every name, so links in mails can be forged: list your own names."
    )
