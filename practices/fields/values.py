"""Cleans whole contents (a sheet's or a trial's values by field code)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from commons.errors import Invalid
from practices.enums import Genre
from practices.fields.table import FIELDS, Field, fields_for
from practices.fields.types import codes_in, is_empty, markdown_in, nest, vocabularies_in


def clean_content(values: Mapping[str, Any], *, genre: str) -> dict[str, Any]:
    """Return the cleaned values of a sheet of this genre. Codes the genre does not have are refused.

    Only the given codes come back, so that a part of a content can be cleaned too; an empty value comes back
    as its type's empty. Raises `Invalid` with every error found.
    """
    return clean_values(values, fields_for(genre), genre=genre)


def clean_values(values: Mapping[str, Any], fields: Iterable[Field], *, genre: str = Genre.PRACTICE) -> dict[str, Any]:
    """Return the values cleaned by these fields; `Invalid` names what is unknown or wrong."""
    known = {f.code: f for f in fields}
    errors: dict[str, list[Any]] = {str(c): [_("Ce champ est inconnu.")] for c in values if c not in known}
    cleaned: dict[str, Any] = {}
    for code, value in values.items():
        if code in known:
            try:
                cleaned[code] = known[code].type_for(genre).clean(value)
            except Invalid as error:
                errors.update(nest(code, error))
    if errors:
        raise Invalid(errors)
    return cleaned


def changed_values(values: Mapping[str, Any], content: Mapping[str, Any], *, genre: str) -> dict[str, Any]:
    """Return the cleaned values that differ from a content. Those sent back as they were are not cleaned again."""
    touched = {code: value for code, value in values.items() if value != content.get(code)}
    cleaned = clean_content(touched, genre=genre)
    return {code: value for code, value in cleaned.items() if value != content.get(code, type(value)())}


def without_empty(content: Mapping[str, Any]) -> dict[str, Any]:
    """Drop what says nothing and put the rest in the table's order, so that equal contents are equal texts."""
    return {f.code: content[f.code] for f in FIELDS if not is_empty(content.get(f.code))}


def markdown_parts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the path and source of every Markdown text of a cleaned content."""
    for field in FIELDS:
        yield from markdown_in(field.type, content.get(field.code), field.code)


def codes_of(field: Field, content: Mapping[str, Any]) -> list[str]:
    """Return the codes of the field's own vocabulary that a content holds; the language tag counts as one."""
    value = content.get(field.code)
    if field.code == "language":
        return [value] if value else []
    own = vocabulary_of(field)
    return [code for vocabulary, code in codes_in(field.type, value) if vocabulary == own]


def vocabulary_of(field: Field) -> str:
    """Return the vocabulary a field is filtered by: its first; `language` for the language, else an empty name."""
    return "language" if field.code == "language" else next(vocabularies_in(field.type), "")
