"""Says in plain words what this installation is made of, what answers, and what is unsafe."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from commons.safety import LOCAL_HOSTS, dangers


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing: `ok`, `note` (works, but know it) or `bad` (broken or unsafe)."""

    level: Literal["ok", "note", "bad"]
    about: str
    sentence: str


def findings() -> Iterator[Finding]:
    """Yield every finding; the caller decides what a `bad` one means."""
    yield from _site()
    yield from _safety()
    yield from _database()
    yield from _cache()
    yield from _sign_in()
    yield from _mail()
    yield from _folders()


def _site() -> Iterator[Finding]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    is_local = host in LOCAL_HOSTS
    yield Finding("ok", "site", f"The site answers as {settings.SITE_URL} (COMMONS_URL).")
    if not settings.IS_HTTPS:
        level: Literal["note", "bad"] = "note" if is_local else "bad"
        yield Finding(level, "site", "Pages go unencrypted: beyond this machine, give COMMONS_URL an https:// address.")


def _safety() -> Iterator[Finding]:
    found = list(dangers())
    yield from (Finding("bad", danger.about, danger.sentence) for danger in found)
    if not any(danger.about == "secret" for danger in found):
        yield Finding("ok", "secret", "The secret key is long and this installation's own.")


def _database() -> Iterator[Finding]:
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding("bad", "database", f"{name} does not answer (DATABASE_URL): {error}")
        return
    yield Finding("ok", "database", f"{name} answers (DATABASE_URL).")
    if waiting:
        yield Finding("bad", "database", f"{len(waiting)} migrations wait: run `manage.py migrate`.")


def _cache() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield Finding("note", "cache", "The cache lives in this process: set REDIS_URL to run several processes.")
        return
    cache.set("doctor", "here", 5)
    if cache.get("doctor") == "here":
        yield Finding("ok", "cache", "Redis answers (REDIS_URL).")
    else:
        yield Finding("bad", "cache", "Redis does not answer (REDIS_URL).")


def _mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield Finding("note", "mail", f"Mails are written to {settings.EMAIL_FILE_PATH}, not sent: set EMAIL_URL.")
        return
    try:
        with socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=3):
            yield Finding("ok", "mail", f"The mail server {settings.EMAIL_HOST} answers (EMAIL_URL).")
    except OSError as error:
        yield Finding("bad", "mail", f"The mail server {settings.EMAIL_HOST} does not answer (EMAIL_URL): {error}")


def _sign_in() -> Iterator[Finding]:
    if not settings.OIDC_SERVER_URL:
        return
    provider = urlsplit(settings.OIDC_SERVER_URL)
    try:
        port = provider.port or (443 if provider.scheme == "https" else 80)
        with socket.create_connection((provider.hostname or "", port), timeout=3):
            yield Finding("ok", "sign-in", f"The provider {provider.hostname} answers (OIDC_SERVER_URL).")
    except OSError as error:
        yield Finding("bad", "sign-in", f"The provider does not answer (OIDC_SERVER_URL): {error}")


def _folders() -> Iterator[Finding]:
    probe = settings.VAR_DIR / ".doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield Finding("bad", "folders", f"{settings.VAR_DIR} cannot be written (COMMONS_VAR): {error}")
    else:
        yield Finding("ok", "folders", f"{settings.VAR_DIR} can be written (COMMONS_VAR).")
