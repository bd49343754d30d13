"""The types a field's value may have: each cleans what comes in and names the Markdown it holds.

A cleaned value is plain JSON; an empty one is `None`, an empty string or an empty list or mapping, and is not kept.
Errors are `Invalid` whose paths start below the field (`""` for the value itself, `2.title` inside a list).
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.errors import Invalid
from commons.text.normalise import normal_key
from commons.vocabularies.queries import is_code

Value = Any
URL_LENGTH = 500
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _refuse(message: str, path: str = "") -> Invalid:
    return Invalid({path: [message]})


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise _refuse(_("Un texte est attendu."))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(text) or any("\ud800" <= c <= "\udfff" for c in text):
        raise _refuse(_("Ce texte contient des caractères de contrôle."))
    return text.strip()


@dataclass(frozen=True)
class Text:
    """One line of plain text, at most `limit` characters."""

    limit: int = 200
    is_markdown = False

    def clean(self, value: Value) -> Value:
        """Collapse white space; refuse what is too long."""
        return _within(" ".join(_as_text(value).split()), self.limit)


@dataclass(frozen=True)
class Markdown:
    """A text in Markdown, at most `limit` characters of source."""

    limit: int = 800
    is_markdown = True

    def clean(self, value: Value) -> Value:
        """Unify line ends; refuse what is too long."""
        return _within(_as_text(value), self.limit)


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        message = ngettext(
            "%(limit)d caractère au plus : il y en a %(count)d.",
            "%(limit)d caractères au plus : il y en a %(count)d.",
            limit,
        )
        raise _refuse(message % {"limit": limit, "count": len(text)})
    return text


@dataclass(frozen=True)
class Choice:
    """One code of a vocabulary."""

    vocabulary: str

    def clean(self, value: Value) -> Value:
        """Refuse a code the vocabulary does not know."""
        code = _as_text(value)
        if code and not is_code(self.vocabulary, code):
            raise _refuse(_("« %(code)s » ne fait pas partie de la liste.") % {"code": code[:60]})
        return code


@dataclass(frozen=True)
class Choices:
    """Some codes of a vocabulary, each once, in the order given; at most `limit`."""

    vocabulary: str
    limit: int = 30

    def clean(self, value: Value) -> Value:
        """Refuse unknown codes and too many of them."""
        one = Choice(self.vocabulary)
        codes = list(dict.fromkeys(filter(None, (one.clean(v) for v in _as_list(value)))))
        if len(codes) > self.limit:
            raise _refuse(_at_most(self.limit))
        return codes


def _as_list(value: Value) -> list[Value]:
    if value is None or value == "":
        return []
    if not isinstance(value, (list, tuple)):
        raise _refuse(_("Une liste est attendue."))
    return list(value)


def _at_most(limit: int) -> str:
    return ngettext("%(limit)d élément au plus.", "%(limit)d éléments au plus.", limit) % {"limit": limit}


@dataclass(frozen=True)
class Tags:
    """Glossary labels as people write them, each once; at most `limit`."""

    limit: int = 10

    def clean(self, value: Value) -> Value:
        """Keep the labels as typed; they become terms when the sheet is published."""
        line = Text(60)
        labels = list(dict.fromkeys(filter(None, (line.clean(v) for v in _as_list(value)))))
        if not all(map(normal_key, labels)):
            raise _refuse(_("Un mot-clé contient au moins une lettre ou un chiffre."))
        if len(labels) > self.limit:
            raise _refuse(_at_most(self.limit))
        return labels


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    def clean(self, value: Value) -> Value:
        """Take JSON booleans and what forms send for them."""
        if value in (None, "", False, "false", "off", "0"):
            return False
        if value in (True, "true", "on", "1"):
            return True
        raise _refuse(_("Répondez par oui ou par non."))


@dataclass(frozen=True)
class Number:
    """A whole number between two bounds."""

    least: int = 0
    most: int = 1_000_000_000

    def clean(self, value: Value) -> Value:
        """Refuse what is no number or out of bounds."""
        if value in (None, ""):
            return None
        try:
            number = int(str(value))
        except ValueError as error:
            raise _refuse(_("Un nombre entier est attendu.")) from error
        if isinstance(value, bool) or not self.least <= number <= self.most:
            message = _("Un nombre de %(least)d à %(most)d est attendu.")
            raise _refuse(message % {"least": self.least, "most": self.most})
        return number


@dataclass(frozen=True)
class Date:
    """A day, as `YYYY-MM-DD`."""

    def clean(self, value: Value) -> Value:
        """Refuse what is no day of the calendar."""
        if isinstance(value, datetime.date):
            return value.isoformat()[:10]
        text = _as_text(value)
        try:
            return datetime.date.fromisoformat(text).isoformat() if text else ""
        except ValueError as error:
            raise _refuse(_("Une date est attendue, comme 2026-11-23.")) from error


@dataclass(frozen=True)
class Link:
    """An http or https address."""

    def clean(self, value: Value) -> Value:
        """Refuse other schemes, and addresses without a host."""
        text = _within(_as_text(value), URL_LENGTH)
        try:
            parts = urlsplit(text)
        except ValueError as error:
            raise _refuse(_("Cette adresse n’est pas valable.")) from error
        if text and (parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s<>\"]", text)):
            raise _refuse(_("Une adresse complète est attendue, comme https://exemple.fr/page."))
        return text


@dataclass(frozen=True)
class LanguageTag:
    """A language, as a BCP 47 tag."""

    def clean(self, value: Value) -> Value:
        """Refuse what is not shaped like a tag."""
        tag = _as_text(value)
        if tag and (len(tag) > 12 or not LANGUAGE_TAG.fullmatch(tag)):  # noqa: PLR2004 - the column's width
            raise _refuse(_("Un code de langue est attendu, comme fr ou en."))
        return tag


@dataclass(frozen=True)
class Slug:
    """The address word of another object (an institution, a sheet, an upload); existence is the action's to check."""

    limit: int = 80

    def clean(self, value: Value) -> Value:
        """Refuse what could not be an address word."""
        text = _within(_as_text(value), self.limit)
        if text and not re.fullmatch(r"[A-Za-z0-9_-]+", text):
            raise _refuse(_("Une adresse courte est attendue : lettres, chiffres et tirets."))
        return text


@dataclass(frozen=True)
class Part:
    """One named piece of a record, with its label."""

    code: str
    label: str | Promise
    type: "Type"
    is_required: bool = False


@dataclass(frozen=True)
class Record:
    """Some named parts kept together."""

    parts: tuple[Part, ...]

    def clean(self, value: Value) -> Value:
        """Clean each part; refuse unknown names; drop empty parts."""
        if value in (None, ""):
            return {}
        if not isinstance(value, Mapping):
            raise _refuse(_("Un ensemble de valeurs nommées est attendu."))
        known = {part.code: part for part in self.parts}
        errors = {str(k): [_("Ce champ est inconnu.")] for k in value if k not in known}
        cleaned: dict[str, Value] = {}
        for code, part in known.items():
            try:
                cleaned[code] = part.type.clean(value.get(code))
            except Invalid as error:
                errors.update(nest(code, error))
        kept = {code: v for code, v in cleaned.items() if not is_empty(v)}
        if kept:
            errors.update({p.code: [_("À remplir.")] for p in self.parts if p.is_required and p.code not in kept})
        if errors:
            raise Invalid(errors)
        return kept


@dataclass(frozen=True)
class Rows:
    """A list of records, at most `limit`."""

    row: Record
    limit: int = 20

    def clean(self, value: Value) -> Value:
        """Clean each row; drop empty ones."""
        rows, errors = [], {}
        for index, item in enumerate(_as_list(value)):
            try:
                rows.append(self.row.clean(item))
            except Invalid as error:
                errors.update(nest(str(index), error))
        if errors:
            raise Invalid(errors)
        kept = [row for row in rows if row]
        if len(kept) > self.limit:
            raise _refuse(_at_most(self.limit))
        return kept


Type = Text | Markdown | Choice | Choices | Tags | Flag | Number | Date | Link | LanguageTag | Slug | Record | Rows


def nest(prefix: str, error: Invalid) -> dict[str, list[Any]]:
    """Put an error's paths below a name."""
    return {f"{prefix}.{path}" if path else prefix: messages for path, messages in error.fields.items()}


def is_empty(value: Value) -> bool:
    """Tell whether a cleaned value says nothing. `False` and `0` say something only inside other parts."""
    return value in (None, "", [], {}, False)


def markdown_in(type_: Type, value: Value, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and source of every Markdown text inside a cleaned value."""
    if isinstance(type_, Markdown) and value:
        yield path, value
    elif isinstance(type_, Record):
        for part in type_.parts:
            if part.code in (value or {}):
                yield from markdown_in(part.type, value[part.code], f"{path}.{part.code}")
    elif isinstance(type_, Rows):
        for index, row in enumerate(value or []):
            yield from markdown_in(type_.row, row, f"{path}.{index}")


def codes_in(type_: Type, value: Value) -> list[tuple[str, str]]:
    """Return the (vocabulary, code) pairs inside a cleaned value, for facets and filters."""
    if isinstance(type_, Choice):
        return [(type_.vocabulary, value)] if value else []
    if isinstance(type_, Choices):
        return [(type_.vocabulary, code) for code in value or []]
    if isinstance(type_, Record):
        return [pair for p in type_.parts if p.code in (value or {}) for pair in codes_in(p.type, value[p.code])]
    if isinstance(type_, Rows):
        return [pair for row in value or [] for pair in codes_in(type_.row, row)]
    return []


def vocabularies_in(type_: Type) -> Iterator[str]:
    """Yield the vocabularies a type draws from, in order."""
    if isinstance(type_, Choice | Choices):
        yield type_.vocabulary
    elif isinstance(type_, Record):
        for part in type_.parts:
            yield from vocabularies_in(part.type)
    elif isinstance(type_, Rows):
        yield from vocabularies_in(type_.row)
