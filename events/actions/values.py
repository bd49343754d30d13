"""Owns the cleaning of what people send: unknown names refused, texts made printable, fields checked by their model."""

import datetime
import re
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commons.errors import Invalid

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def cleaned(values: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """Return the values with their texts stripped and printable; a name that is not known is refused, not ignored."""
    if unknown := [name for name in values if name not in known]:
        raise Invalid({name: [_("Ce champ est inconnu.")] for name in unknown})
    return {name: clean_text(value) if isinstance(value, str) else value for name, value in values.items()}


def clean_text(text: str) -> str:
    """Return a text that any database can hold."""
    return _UNPRINTABLE.sub("", text).strip()


def masked(where: str, client_id: str) -> str:
    """Return what stands for a `client_id` where names are not written: a program may put a name into it."""
    return salted_hmac("events.client_id", f"{where}:{client_id}", algorithm="sha256").hexdigest()


def check(row: models.Model, *, without: Collection[str] = ()) -> None:
    """Raise `Invalid` naming each field of the row that its model would not take."""
    try:
        row.clean_fields(exclude=set(without))
    except ValidationError as error:
        raise Invalid({field: list(messages) for field, messages in error.message_dict.items()}) from error


def clock_text(value: Any, field: str) -> str:
    """Return a time of the clock on the wall as we keep it; refuse an offset: the zone is said apart."""
    try:
        moment = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Invalid({field: [_("Écrivez une date et une heure, comme 2026-10-13T14:00.")]}) from error
    if moment.tzinfo is not None:
        raise Invalid({field: [_("Écrivez l’heure locale, sans décalage : le fuseau horaire est à part.")]})
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Invalid({field: [_("Cette année est trop loin.")]})
    return moment.replace(microsecond=0).isoformat()


def clock_texts(value: Any, field: str) -> list[str]:
    """Return a list of such times, in order, each once."""
    if not isinstance(value, list | tuple):
        raise Invalid({field: [_("Une liste de dates est attendue.")]})
    return sorted({clock_text(item, field) for item in value})
