"""Owns what may not be served: settings that give the site away or lose its messages, each with what to do instead."""

import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH = 40
SECRET_VARIETY = 8
PLACEHOLDERS = ("django-insecure", "change-me", "changeme", "change_me", "secret-key", "secret_key", "votre-cle")
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1", "[::1]")
PATIENCE_SECONDS = 10.0
SEVERAL = (
    "Another process already serves pages from this COMMONS_VAR, and REDIS_URL is not set: cache, limits and live "
    "rooms would live apart in each, and half the messages would be lost. Set REDIS_URL to run several processes, "
    "or run one."
)
held: list[int] = []


@dataclass(frozen=True)
class Danger:
    """A setting that makes serving unsafe: what it is about, and a sentence that says what to do."""

    about: str
    sentence: str


def dangers() -> Iterator[Danger]:
    """Yield every reason not to serve with these settings."""
    if settings.DEBUG and is_public():
        yield Danger("site", "DEBUG is on for a public address, where errors show the code and settings: unset DEBUG.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Danger("site", "ALLOWED_HOSTS accepts every name, so links in mails can be forged: list your own names.")
    if is_weak(settings.SECRET_KEY):
        yield Danger(
            "secret",
            "SECRET_KEY is short or a placeholder, so sessions can be forged: give it 50 random characters "
            "(`openssl rand -base64 50`), or unset it and one is drawn into COMMONS_VAR.",
        )
    yield from _needs_tls()


def _needs_tls() -> Iterator[Danger]:
    if settings.OIDC_SERVER_URL and not settings.OIDC_SERVER_URL.startswith("https://") and is_public():
        yield Danger(
            "sign-in",
            "OIDC_SERVER_URL is not encrypted, so whoever is between this site and the provider can say who signs in: "
            "give it the provider's https:// address.",
        )


def needs_redis() -> Iterator[str]:
    """Yield why the processes of a full topology may not start, if they may not: they meet in Redis."""
    if not settings.REDIS_URL:
        yield (
            "Pages, sockets and workers in processes of their own share cache, limits, jobs and live rooms through "
            "Redis: set REDIS_URL, or run `manage.py serve`, which is one process for all."
        )


def is_public() -> bool:
    """Tell whether any name that the site answers to is known beyond this machine."""
    names = [urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS]
    return any(name not in LOCAL_HOSTS for name in names)


def is_weak(secret: str) -> bool:
    """Tell whether a secret can be guessed: short, of few characters, or copied from an example."""
    is_placeholder = any(word in secret.lower() for word in PLACEHOLDERS)
    return len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY or is_placeholder


def check_dangers(**_facts: Any) -> list[Error]:
    """Say the same to Django, whose commands then refuse to run."""
    return [Error(danger.sentence, id=f"commons.E{n:03}") for n, danger in enumerate(dangers(), 1)]


def refuse_unsafe() -> None:
    """Raise `ImproperlyConfigured` when these settings are not to be served, whatever server was started by hand.

    Without `REDIS_URL` one process serves at a time: a second one waits while the first ends, then is refused.
    """
    if found := [danger.sentence for danger in dangers()]:
        raise ImproperlyConfigured(" ".join(found))
    if not settings.REDIS_URL and not held:
        held.append(_only_one(PATIENCE_SECONDS))


def _only_one(patience: float) -> int:
    """Return the descriptor of a file whose lock this process has until it ends, even when it is killed."""
    file = os.open(settings.VAR_DIR / "serving", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(file)
                raise ImproperlyConfigured(SEVERAL) from None
            time.sleep(0.1)
        else:
            return file
