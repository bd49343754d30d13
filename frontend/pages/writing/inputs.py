"""Turns the field table's types into form inputs, and what a browser sends back into values; knows no field by name.

An input's name is its value's path: `summary`, `status.code`, `steps.2.title`. The same path bears the errors.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from commons.vocabularies.queries import OTHER, OTHER_PREFIX, choices_of, is_code
from practices.fields import types as t
from practices.fields.table import Field

EMPTY_ROWS = 2
EMPTY_WORDS = 3
SHORT = 5
IDENTIFIER = re.compile(r"/([0-9A-HJKMNP-TV-Z]{26})(?:/|$)")
WIDGETS: dict[type, str] = {
    t.Markdown: "markdown",
    t.Choice: "choice",
    t.Choices: "choices",
    t.Flag: "flag",
    t.Number: "number",
    t.Date: "date",
    t.Link: "url",
    t.Tags: "tags",
}
Errors = Mapping[str, Sequence[Any]]
Offers = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Option:
    """One choice of an input."""

    value: str
    label: str
    is_chosen: bool
    help: str = ""


@dataclass(frozen=True)
class Input:
    """An input ready to be shown, with its errors; `parts` of a record, `rows` of a list of records."""

    name: str
    label: str | Promise
    widget: str
    value: Any = ""
    help: str | Promise = ""
    limit: int = 0
    errors: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    other: str | None = None
    parts: tuple["Input", ...] = ()
    rows: tuple["Input", ...] = ()
    is_required: bool = False
    least: int | None = None
    most: int | None = None
    advised: int = 0
    preview: str | None = None

    @property
    def is_short(self) -> bool:
        """Tell whether the parts of a record stand side by side."""
        return 1 < len(self.parts) <= SHORT and all(
            p.widget in ("choice", "date", "number", "text") for p in self.parts
        )


@dataclass(frozen=True)
class Surroundings:
    """What inputs need beside their value: errors by path, choices for words that name another object, a preview."""

    errors: Errors = field(default_factory=dict)
    offers: Offers = field(default_factory=dict)
    preview: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> tuple[str, ...]:
        """Return what was refused at this path."""
        return tuple(str(message) for message in self.errors.get(name, ()))

    def offered(self, name: str, value: Any) -> tuple[Option, ...]:
        """Return the choices of a path, whatever the row; a value that is none of them stays one."""
        pairs = list(self.offers.get(re.sub(r"\.\d+\.", ".", name), ()))
        if pairs and value and value not in dict(pairs):
            pairs.append((value, value))
        return tuple(Option(code, label, code == value) for code, label in pairs)


def input_for(
    item: Field,
    genre: str,
    value: Any,
    errors: Errors,
    *,
    offers: Offers | None = None,
    preview: Mapping[str, str] | None = None,
) -> Input:
    """Return the input of a field of the table. `offers` lists (value, label) by path for words that name an object."""
    around = Surroundings(errors, offers or {}, preview or {})
    shown = _input(item.type_for(genre), item.code, item.label, value, around)
    return replace(shown, help=item.help, advised=item.advised)


def _input(type_: t.Type, name: str, label: str | Promise, value: Any, around: Surroundings) -> Input:
    said = around.said(name)
    if isinstance(type_, t.Record):
        return Input(name, label, "record", errors=said, parts=_parts(type_, name, value, around))
    if isinstance(type_, t.Rows):
        rows = _rows(type_, name, value, around)
        return Input(name, label, "rows", errors=said, rows=rows, limit=type_.limit)
    if offered := around.offered(name, value):
        return Input(name, label, "choice", value, errors=said, options=offered)
    options, other = _options(type_, value)
    return Input(
        name=name,
        label=label,
        widget=WIDGETS.get(type(type_), "text"),
        value=_words(type_, value) if isinstance(type_, t.Tags) else ("" if value is None else value),
        limit=getattr(type_, "limit", 0) if isinstance(type_, t.Text | t.Markdown) else 0,
        errors=said,
        options=options,
        other=other,
        least=getattr(type_, "least", None),
        most=getattr(type_, "most", None),
        preview=around.preview.get(name),
    )


def _words(type_: t.Tags, value: Any) -> list[str]:
    """Return one word for each box: those there are, and some to fill."""
    given = list(value or [])
    return given + [""] * min(EMPTY_WORDS, max(type_.limit - len(given), 0))


def _parts(type_: t.Record, name: str, value: Any, around: Surroundings) -> tuple[Input, ...]:
    values = value if isinstance(value, Mapping) else {}
    return tuple(
        replace(_input(p.type, f"{name}.{p.code}", p.label, values.get(p.code), around), is_required=p.is_required)
        for p in type_.parts
    )


def _rows(type_: t.Rows, name: str, value: Any, around: Surroundings) -> tuple[Input, ...]:
    given = list(value or [])
    wanted = given + [{}] * min(EMPTY_ROWS, max(type_.limit - len(given), 0))
    return tuple(
        Input(f"{name}.{n}", str(n + 1), "record", parts=_parts(type_.row, f"{name}.{n}", row, around))
        for n, row in enumerate(wanted)
    )


def _options(type_: t.Type, value: Any) -> tuple[tuple[Option, ...], str | None]:
    if not isinstance(type_, t.Choice | t.Choices):
        return (), None
    chosen = value if isinstance(value, list) else [value or ""]
    typed = [str(code).removeprefix(OTHER_PREFIX) for code in chosen if str(code).startswith(OTHER_PREFIX)]
    takes_other = is_code(type_.vocabulary, f"{OTHER_PREFIX}x")
    options = tuple(
        Option(e.code, str(e), e.code in chosen or (e.code == OTHER and bool(typed)))
        for e in choices_of(type_.vocabulary, keep=tuple(chosen))
    )
    return options, ("".join(typed) if takes_other else None)


def values_sent(fields: Sequence[Field], genre: str, sent: QueryDict) -> dict[str, Any]:
    """Return the raw values of these fields, for the actions to clean. What is left empty is not in them."""
    return {item.code: _sent(item.type_for(genre), item.code, sent) for item in fields}


def _sent(type_: t.Type, name: str, sent: QueryDict) -> Any:
    if isinstance(type_, t.Record):
        parts = {part.code: _sent(part.type, f"{name}.{part.code}", sent) for part in type_.parts}
        return {code: value for code, value in parts.items() if not t.is_empty(value)}
    if isinstance(type_, t.Rows):
        rows = [_sent(type_.row, f"{name}.{n}", sent) for n in range(_row_count(name, sent))]
        while rows and not rows[-1]:
            rows.pop()
        return rows
    return _leaf_sent(type_, name, sent)


def _leaf_sent(type_: t.Type, name: str, sent: QueryDict) -> Any:
    if isinstance(type_, t.Choices):
        return [_with_other(code, name, sent) for code in sent.getlist(name) if code]
    if isinstance(type_, t.Choice):
        return _with_other(sent.get(name, ""), name, sent)
    if isinstance(type_, t.Tags):
        return [label.strip() for typed in sent.getlist(name) for label in re.split(r"[,;\n]", typed) if label.strip()]
    if isinstance(type_, t.Flag):
        return name in sent
    value = sent.get(name, "").replace("\r\n", "\n")
    if isinstance(type_, t.Slug) and (found := IDENTIFIER.search(value)):
        return found[1]
    return value


def _row_count(name: str, sent: QueryDict) -> int:
    found = (re.match(rf"{re.escape(name)}\.(\d{{1,2}})\.", key) for key in sent)
    return max((int(match[1]) + 1 for match in found if match), default=0)


def _with_other(code: str, name: str, sent: QueryDict) -> str:
    typed = sent.get(f"{name}.other", "").strip()
    return f"{OTHER_PREFIX}{typed}" if code == OTHER and typed else code
