"""Turns a field and its value into something a template, a print or a comparison can show, whatever the field.

`Shown.shape` says how: `text`, `prose` (safe HTML), `labels`, `link`, `steps`, `table`, `records` (one group of parts
for each row) or `parts` (one group).
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from commons.vocabularies.queries import label_of
from practices.fields import types as t
from practices.fields.table import Field, fields_for
from practices.fields.types import is_empty

Html = Mapping[str, str]


@dataclass(frozen=True)
class Shown:
    """A value ready to be shown: its code and label, its shape, and what that shape needs."""

    code: str
    label: str | Promise
    shape: str
    text: str = ""
    labels: list[str] = field(default_factory=list)
    columns: list[str | Promise] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    groups: list[list["Shown"]] = field(default_factory=list)

    @property
    def parts(self) -> list["Shown"]:
        """Return the parts of the only group."""
        return self.groups[0] if self.groups else []

    @property
    def is_short(self) -> bool:
        """Tell whether the value fits on a line: no prose, no list of rows."""
        if self.shape == "parts":
            return all(part.is_short for part in self.parts)
        return self.shape in ("text", "labels")

    @property
    def words(self) -> str:
        """Return a short value as one line of words."""
        if self.shape == "parts":
            return ", ".join(part.words for part in self.parts)
        return ", ".join(self.labels) if self.shape == "labels" else self.text


def shown_fields(content: Mapping[str, Any], html: Html, *, leave: Iterable[str] = ()) -> list[Shown]:
    """Return what a content holds, in the table's order, less the codes in `leave`."""
    left = set(leave)
    fields = [f for f in fields_for(content.get("kind") or "practice") if f.code not in left]
    return [shown(f, content[f.code], html) for f in fields if not is_empty(content.get(f.code))]


def shown(field_: Field, value: Any, html: Html) -> Shown:
    """Return one field's value ready to be shown; `html` maps the path of each Markdown text to its HTML."""
    found = _shown(t.Part(field_.code, field_.label, field_.type), value, html, field_.code)
    return replace(found, shape="steps") if field_.code == "steps" else found


def _shown(part: t.Part, value: Any, html: Html, path: str) -> Shown:
    code, label, type_ = part.code, part.label, part.type
    if isinstance(type_, t.Markdown):
        return Shown(code, label, "prose", text=html.get(path, ""))
    if isinstance(type_, t.Choices | t.Tags):
        return Shown(code, label, "labels", labels=labels_of(type_, value))
    if isinstance(type_, t.Record):
        return Shown(code, label, "parts", groups=[_parts(type_, value, html, path)])
    if isinstance(type_, t.Rows):
        return _rows(part, type_, value, html, path)
    return Shown(code, label, "link" if isinstance(type_, t.Link) else "text", text=plain(type_, value))


def _parts(record: t.Record, value: Mapping[str, Any], html: Html, path: str) -> list[Shown]:
    held = [part for part in record.parts if not is_empty(value.get(part.code))]
    return [_shown(part, value[part.code], html, f"{path}.{part.code}") for part in held]


def _rows(part: t.Part, type_: t.Rows, value: Any, html: Html, path: str) -> Shown:
    columns = [p for p in type_.row.parts if any(not is_empty(row.get(p.code)) for row in value)]
    if any(isinstance(p.type, t.Markdown | t.Link | t.Record | t.Rows) for p in columns):
        groups = [_parts(type_.row, row, html, f"{path}.{index}") for index, row in enumerate(value)]
        return Shown(part.code, part.label, "records", groups=groups)
    rows = [[plain(p.type, row.get(p.code)) for p in columns] for row in value]
    if len(columns) == 1:
        return Shown(part.code, part.label, "labels", labels=[cell for (cell,) in rows])
    return Shown(part.code, part.label, "table", columns=[p.label for p in columns], rows=rows)


def labels_of(type_: t.Type, value: Any) -> list[str]:
    """Return the labels of a list of codes or of tags."""
    vocabulary = type_.vocabulary if isinstance(type_, t.Choices) else ""
    return [label_of(vocabulary, code) if vocabulary else code for code in value or []]


def plain(type_: t.Type, value: Any) -> str:
    """Return a value as plain words in the active language: the source of Markdown, the labels of codes."""
    return "" if is_empty(value) else _WORDS.get(type(type_), _as_typed)(type_, value)


def _as_typed(_type: Any, value: Any) -> str:
    return str(value)


def _record_words(type_: Any, value: Any) -> str:
    held = [(part.label, plain(part.type, value.get(part.code))) for part in type_.parts]
    return "\n".join(_("%(label)s : %(value)s") % {"label": label, "value": text} for label, text in held if text)


_WORDS: dict[type, Callable[[Any, Any], str]] = {
    t.Choice: lambda type_, value: label_of(type_.vocabulary, value),
    t.Choices: lambda type_, value: ", ".join(labels_of(type_, value)),
    t.Tags: lambda type_, value: ", ".join(labels_of(type_, value)),
    t.LanguageTag: lambda _type, value: label_of("language", value),
    t.Flag: lambda _type, _value: _("oui"),
    t.Number: lambda _type, value: str(intcomma(value)),
    t.Date: lambda _type, value: day(value),
    t.Record: _record_words,
    t.Rows: lambda type_, value: "\n\n".join(plain(type_.row, row) for row in value),
}


def day(value: str) -> str:
    """Return an ISO date in words; as it is when it is none."""
    try:
        return date_format(datetime.date.fromisoformat(value), "DATE_FORMAT")
    except ValueError:
        return value
