"""Writes over a person's name and address where they were copied into texts: credits, quotes, signatures, minutes."""

import html
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import override

from commons.bus import publish
from commons.people.holdings import holdings
from commons.people.models import User
from commons.people.signals import TextsWrittenOver
from commons.text.normalise import normal_key

ADDRESS = "…@…"
LONGEST_ASCII = re.compile(r"[A-Za-z0-9]{2,}")
NOT_TEXTS = frozenset({"django.contrib.sessions", "django.contrib.auth", "django.contrib.contenttypes"})
SIGNATURES = (r"(?<=\*\*){}(?=\*\*)", r"(?<=<strong>){}(?=</strong>)", r"(?<=— ){}(?=[,\n<]|$)")
"""How our own pages sign a copied text: a quote's first line, in Markdown and HTML, and the line below a text."""


class Traces:
    """The strings by which a person may be recognised, and what stands in their place.

    Addresses and names of several words are written over wherever they stand. A single word, which prose may need,
    and a name that somebody else bears too are written over only where our software signs with them.
    """

    def __init__(self, person: User, names: list[str]) -> None:
        addresses = {person.email, *person.emailaddress_set.values_list("email", flat=True)}  # type: ignore[attr-defined]
        known = [name for name in dict.fromkeys([person.public_name, *names]) if normal_key(name)]
        whole = [name for name in known if " " in name.strip() and not _is_shared(person, name)]
        signed = [name for name in known if name not in whole and not _is_shared(person, name)]
        with override("fr"):
            self.stand_in = _("une personne qui a quitté Commons")
        self._signed_keys = {normal_key(name) for name in (*whole, *signed)}
        self._signed_paths = frozenset().union(*(holding.signed for holding in holdings()))
        self._address = _pattern(sorted(addresses), r"(?<![\w.+-]){}(?![\w-])")
        self._whole = _pattern(whole, r"(?<!\w){}(?!\w)")
        self._signed = [_pattern(signed, around) for around in SIGNATURES]
        self.words = [word for text in (*addresses, *known) for word in _rarest(text)]

    def over(self, text: str) -> str:
        """Return the text with every trace written over."""
        text = self._address(ADDRESS, text)
        for written in (self._whole, *self._signed):
            text = written(self.stand_in, text)
        return text

    def over_value(self, value: Any, path: tuple[str, ...] = ()) -> Any:
        """Return a text or a JSON value with every trace written over."""
        if isinstance(value, str):
            is_signature = ".".join(path[-2:]) in self._signed_paths and normal_key(value) in self._signed_keys
            return self.stand_in if is_signature else self.over(value)
        if isinstance(value, list):
            return [self.over_value(one, path) for one in value]
        if isinstance(value, dict):
            return {name: self.over_value(one, (*path, name)) for name, one in value.items()}
        return value


def _is_shared(person: User, name: str) -> bool:
    others = User.objects.exclude(pk=person.pk).filter(public_name__icontains=next(iter(_rarest(name)), name))
    return normal_key(name) in {normal_key(other) for other in others.values_list("public_name", flat=True)}


def _rarest(text: str) -> list[str]:
    """Return the longest plain word of a text: what the database looks for, whatever it does with accents and case."""
    return sorted(LONGEST_ASCII.findall(text), key=len)[-1:]


def _pattern(names: list[str], around: str) -> Callable[[str, str], str]:
    if not names:
        return lambda _by, text: text
    spellings = [
        r"[\s._-]+".join(re.escape(word) for word in text.split())
        for name in names
        for text in dict.fromkeys((name, html.escape(name), json.dumps(name)[1:-1], quote_plus(name), normal_key(name)))
    ]
    either = re.compile(around.format(f"(?:{'|'.join(spellings)})"), re.IGNORECASE | re.MULTILINE)
    return either.sub


def write_over(traces: Traces) -> int:
    """Write over every trace in every text of every table, people's own rows apart; return how many rows changed.

    One small write per row: repeated after a crash, it goes on where it stopped.
    """
    return sum(_write_over_table(model, traces) for model in apps.get_models() if _is_of_texts(model))


def _is_of_texts(model: type[models.Model]) -> bool:
    return model is not User and model._meta.app_config.name not in NOT_TEXTS


def _write_over_table(model: type[models.Model], traces: Traces) -> int:
    columns = [field.name for field in model._meta.concrete_fields if _may_hold(field)]
    if not columns:
        return 0
    rows = _suspects(model, columns, traces).only("pk", *columns).iterator(chunk_size=200)
    changed = tuple([row.pk for row in rows if _write_over_row(row, columns, traces)])
    if changed:
        publish(TextsWrittenOver(model._meta.label, changed))
    return len(changed)


def _may_hold(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_text and not (field.primary_key or field.choices or field.unique or field.is_relation)


def _suspects(model: type[models.Model], columns: list[str], traces: Traces) -> QuerySet[Any]:
    texts = {f"{name}_as_text": Cast(name, TextField()) for name in columns}
    suspect = Q()
    for name in texts:
        for word in traces.words:
            suspect |= Q(**{f"{name}__icontains": word})
    rows: QuerySet[Any] = QuerySet(model).alias(**texts).order_by("pk")
    return rows.filter(suspect) if traces.words else rows


def _write_over_row(row: models.Model, columns: list[str], traces: Traces) -> bool:
    changed = {}
    for name in columns:
        value = getattr(row, name)
        written = traces.over_value(value)
        if written != value:
            longest = getattr(row._meta.get_field(name), "max_length", None)
            changed[name] = written[:longest] if isinstance(written, str) else written
    if not changed:
        return False
    QuerySet(type(row)).filter(pk=row.pk).update(**changed)  # not its own manager: a trail refuses to be changed
    return True
