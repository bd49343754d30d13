"""The doctor's sentences, on healthy and on unsafe settings."""

import socket
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from commons.diagnosis import findings

pytestmark = pytest.mark.django_db


def levels(about: str) -> list[str]:
    return [finding.level for finding in findings() if finding.about == about]


def test_a_fresh_installation_has_nothing_bad(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SITE_URL, settings.IS_HTTPS = "http://127.0.0.1:8000", False
    settings.REDIS_URL = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/nowhere"
    call_command("doctor")
    printed = capsys.readouterr().out
    assert "BAD" not in printed
    assert "note  mail      Mails are written to /nowhere, not sent: set EMAIL_URL." in printed


def test_an_unsafe_public_site_is_told_each_reason_and_exits_1(settings: Settings) -> None:
    settings.SITE_URL, settings.IS_HTTPS, settings.DEBUG = "http://commons.example", False, True
    settings.ALLOWED_HOSTS, settings.SECRET_KEY = ["*"], "abc"
    assert levels("site") == ["ok", "bad", "bad", "bad"]
    assert levels("secret") == ["bad"]
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1


def test_a_mail_server_answers_or_not(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        assert levels("mail") == ["ok"]
    assert levels("mail") == ["bad"]


def test_an_identity_provider_answers_or_not(settings: Settings) -> None:
    settings.OIDC_SERVER_URL = ""
    assert levels("sign-in") == []
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.OIDC_SERVER_URL = f"https://127.0.0.1:{server.getsockname()[1]}/api/v2"
        assert levels("sign-in") == ["ok"]
    assert levels("sign-in") == ["bad"]


def test_an_identity_provider_in_clear_is_bad_on_a_public_site(settings: Settings) -> None:
    settings.SITE_URL, settings.IS_HTTPS, settings.ALLOWED_HOSTS = "https://commons.example", True, ["commons.example"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.OIDC_SERVER_URL = f"http://127.0.0.1:{server.getsockname()[1]}/api/v2"
        assert levels("sign-in") == ["bad", "ok"]
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1


def test_a_folder_that_cannot_be_written_is_bad(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "missing"
    assert levels("folders") == ["bad"]


def test_redis_answers_or_not(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {"BACKEND": "commons.caches.PatientRedisCache", "LOCATION": settings.REDIS_URL}}
    assert levels("cache") == ["bad"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert levels("cache") == ["ok"]
