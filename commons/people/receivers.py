"""Writes sign-ins, refusals and sign-outs to the log, with the request's number and never the person."""

from typing import Any

import structlog
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

logger = structlog.stdlib.get_logger(__name__)


def note_sign_in(**_facts: Any) -> None:
    """Say that somebody signed in."""
    logger.info("signed_in")


def note_sign_out(**_facts: Any) -> None:
    """Say that somebody signed out."""
    logger.info("signed_out")


def note_refusal(**_facts: Any) -> None:
    """Say that a sign-in was refused."""
    logger.warning("sign_in_refused")


def listen() -> None:
    """Join the receivers to Django's facts."""
    user_logged_in.connect(note_sign_in, dispatch_uid="note_sign_in")
    user_logged_out.connect(note_sign_out, dispatch_uid="note_sign_out")
    user_login_failed.connect(note_refusal, dispatch_uid="note_refusal")
