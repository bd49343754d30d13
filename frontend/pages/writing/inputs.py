"""Turns the field table's types into form inputs, and what a browser sends back into values; knows no field by name.

An input's name is its value's path: `summary`, `status.code`, `steps.2.title`. The same path bears the errors.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from commons.people.models import Institution
from commons.vocabularies.queries import OTHER, OTHER_PREFIX, choices_of, is_code
from practices.fields import types as t
from practices.fields.table import Field

EMPTY_ROWS = 2
LONG = 400
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
    anchor: str = field(default="")


def input_for(item: Field, genre: str, value: Any, errors: Errors) -> Input:
    """Return the input of a field of the table."""
    type_ = item.type_for(genre)
    if item.code == "institution":
        return _institution(item, value, errors)
    return _input(type_, item.code, item.label, value, errors, help_=item.help)


def _institution(item: Field, value: Any, errors: Errors) -> Input:
    houses = Institution.objects.order_by("name").values_list("slug", "name")
    options = tuple(Option(slug, name, slug == value) for slug, name in houses)
    return Input(item.code, item.label, "choice", value, item.help, errors=_said(errors, item.code), options=options)


def _input(
    type_: t.Type, name: str, label: str | Promise, value: Any, errors: Errors, *, help_: str | Promise = ""
) -> Input:
    if isinstance(type_, t.Record):
        return Input(
            name, label, "record", help=help_, errors=_said(errors, name), parts=_parts(type_, name, value, errors)
        )
    if isinstance(type_, t.Rows):
        return Input(
            name, label, "rows", help=help_, errors=_said(errors, name), rows=_rows(type_, name, value, errors)
        )
    options, other = _options(type_, value)
    return Input(
        name=name,
        label=label,
        widget=WIDGETS.get(type(type_), "text"),
        value=", ".join(value or []) if isinstance(type_, t.Tags) else ("" if value is None else value),
        help=help_,
        limit=getattr(type_, "limit", 0) if isinstance(type_, t.Text | t.Markdown) else 0,
        errors=_said(errors, name),
        options=options,
        other=other,
        least=getattr(type_, "least", None),
        most=getattr(type_, "most", None),
    )


def _said(errors: Errors, name: str) -> tuple[str, ...]:
    return tuple(str(message) for message in errors.get(name, ()))


def _parts(type_: t.Record, name: str, value: Any, errors: Errors) -> tuple[Input, ...]:
    values = value if isinstance(value, Mapping) else {}
    return tuple(_input(p.type, f"{name}.{p.code}", p.label, values.get(p.code), errors) for p in type_.parts)


def _rows(type_: t.Rows, name: str, value: Any, errors: Errors) -> tuple[Input, ...]:
    given = list(value or [])
    wanted = given + [{}] * min(EMPTY_ROWS, max(type_.limit - len(given), 0))
    return tuple(
        Input(f"{name}.{n}", str(n + 1), "record", parts=_parts(type_.row, f"{name}.{n}", row, errors))
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
    """Return the raw values of these fields, for the actions to clean."""
    return {item.code: _sent(item.type_for(genre), item.code, sent) for item in fields}


def _sent(type_: t.Type, name: str, sent: QueryDict) -> Any:
    if isinstance(type_, t.Record):
        return {part.code: _sent(part.type, f"{name}.{part.code}", sent) for part in type_.parts}
    if isinstance(type_, t.Rows):
        return [_sent(type_.row, f"{name}.{n}", sent) for n in _numbers(name, sent)]
    return _leaf_sent(type_, name, sent)


def _leaf_sent(type_: t.Type, name: str, sent: QueryDict) -> Any:
    if isinstance(type_, t.Choices):
        return [_with_other(code, name, sent) for code in sent.getlist(name) if code]
    if isinstance(type_, t.Choice):
        return _with_other(sent.get(name, ""), name, sent)
    if isinstance(type_, t.Tags):
        return [label.strip() for label in re.split(r"[,;\n]", sent.get(name, "")) if label.strip()]
    if isinstance(type_, t.Flag):
        return name in sent
    return sent.get(name, "")


def _numbers(name: str, sent: QueryDict) -> list[int]:
    found = (re.match(rf"{re.escape(name)}\.(\d{{1,3}})\.", key) for key in sent)
    return sorted({int(match[1]) for match in found if match})


def _with_other(code: str, name: str, sent: QueryDict) -> str:
    typed = sent.get(f"{name}.other", "").strip()
    return f"{OTHER_PREFIX}{typed}" if code == OTHER and typed else code
