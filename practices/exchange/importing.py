"""Owns reading files as sheets: ours, whose front matter bears the field table's codes, and others', by mapping."""

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.text.normalise import normal_key
from commons.vocabularies.queries import entries_of
from practices.actions.imports import DATED, IncomingSheet
from practices.actions.versions import HOUSE_FACTS
from practices.enums import EditorialState, Genre
from practices.exchange.files import ULID, incoming_files
from practices.exchange.frontmatter import read_front_matter
from practices.fields import FIELDS, fields_for

SUFFIXES = (".md", ".markdown")
SOURCE = "file:"
KEY_LENGTH = 300
TITLE_LENGTH, SUMMARY_LENGTH, NAME_LENGTH, TAG_LENGTH = 200, 600, 160, 60
STATES = (EditorialState.CANDIDATE, EditorialState.ADOPTED, EditorialState.TO_REVIEW, EditorialState.ARCHIVED)
MAPPED = {
    "title": ("title", "titre", "name", "nom"),
    "summary": ("summary", "description", "resume", "résumé", "excerpt", "chapo", "subtitle"),
    "language": ("language", "lang", "langue"),
    "licence": ("licence", "license"),
    "tags": ("tags", "keywords", "mots-cles", "mots-clés"),
    "authors": ("authors", "author", "auteurs", "auteur", "partner", "partenaire"),
    "date": ("date", "timestamp", "published", "published_at", "created", "created_at", "updated"),
}
_HEADING = re.compile(r"\A#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")
_SLUG_LIKE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def files_under(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every Markdown file of a folder, or the one file, with its path relative to what was named; in order."""
    if path.is_file():
        yield path, path.name
        return
    found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    for file in found:
        yield file, file.relative_to(path).as_posix()


def read_sheet(raw: bytes, relative: str, root: Path | None = None) -> IncomingSheet:
    """Return the sheet that a file holds; `Invalid` says in words why it holds none.

    `root` is the folder that is imported: the files that our front matter lists are looked for inside of it alone.
    """
    values, body = read_front_matter(raw)
    digest = hashlib.sha256(raw).hexdigest()
    key = _source_key(relative)
    if values.get("kind") in Genre.values and values.get("title"):
        files = incoming_files(values, root and (root / relative).parent, root)
        digest = hashlib.sha256("".join([digest, *(f.digest for f in files)]).encode()).hexdigest() if files else digest
        return replace(_ours(values, body, digest, key), files=files)
    return IncomingSheet(_foreign(values, body, relative), digest, key, dates=_dates_of_foreign(values))


def licensed(incoming: IncomingSheet, licence: str) -> IncomingSheet:
    """Return the sheet under this licence (a code) when its file states none; a file's own word is never replaced."""
    if not licence or incoming.content.get("licence"):
        return incoming
    digest = hashlib.sha256(f"{incoming.digest}{licence}".encode()).hexdigest()
    return replace(incoming, content={**incoming.content, "licence": licence}, digest=digest)


def licence_named(written: str) -> str:
    """Return the code of the licence that a code, a label in either language or an address names; of no words, none.

    `Invalid` for one that we do not know: a text is never given under terms that nobody chose.
    """
    address = _bare(written)
    named = [code for code, e in entries_of("licence").items() if e.exact_match and _bare(e.exact_match) == address]
    code = _code_of("licence", written) or next(iter(named), "")
    if written and not code:
        raise Invalid({"licence": [_("« %(code)s » ne fait pas partie de la liste.") % {"code": written[:60]}]})
    return code


def _bare(address: str) -> str:
    return address.strip().lower().partition("://")[2].rstrip("/")


def _source_key(relative: str) -> str:
    key = SOURCE + relative
    if len(key) <= KEY_LENGTH:
        return key
    return f"{key[: KEY_LENGTH - 65]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _ours(values: dict[str, Any], body: str, digest: str, key: str) -> IncomingSheet:
    codes = {field.code for field in FIELDS}
    content = {code: value for code, value in values.items() if code in codes}
    if body:
        content["what"] = body
    pk, state = str(values.get("id") or ""), str(values.get("editorial_state") or EditorialState.CANDIDATE)
    house = values.get("house")
    return IncomingSheet(
        content,
        digest,
        str(values.get("source_key") or "") or (None if pk else key),
        id=_checked(pk, is_right=bool(ULID.fullmatch(pk)), code="id"),
        version=int(_checked(str(values.get("version") or "1"), is_right=_is_number(values), code="version")),
        state=_checked(state, is_right=state in STATES, code="editorial_state"),
        house={fact: house[fact] for fact in HOUSE_FACTS if fact in house} if isinstance(house, dict) else {},
        dates=_dates(values),
    )


def _is_number(values: Mapping[str, Any]) -> bool:
    return bool(re.fullmatch(r"[1-9][0-9]{0,5}", str(values.get("version") or "1")))


def _checked(value: str, *, is_right: bool, code: str) -> str:
    if value and not is_right:
        raise Invalid({code: [_("« %(value)s » n’est pas une valeur possible.") % {"value": value[:60]}]})
    return value


def _dates(values: Mapping[str, Any]) -> dict[str, Any]:
    dates: dict[str, Any] = {}
    for name in (*DATED, "updated_at"):
        written = str(values.get(name) or "")
        if written:
            dates[name] = _day(written) if name == "review_by" else moment_of(written)
    return {name: value for name, value in dates.items() if value is not None}


def _day(written: str) -> datetime.date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None


def moment_of(written: str) -> datetime.datetime | None:
    """Return the moment a front matter means, a day being its first; `None` for what is no date."""
    try:
        moment = parse_datetime(written)
        day = None if moment else parse_date(written[:10])
    except ValueError:
        return None
    if moment is None and day is not None:
        moment = datetime.datetime.combine(day, datetime.time())
    return make_aware(moment) if moment is not None and is_naive(moment) else moment


def _foreign(values: Mapping[str, Any], body: str, relative: str) -> dict[str, Any]:
    """Map somebody else's front matter to a guide. What does not fit a field's length opens the body instead."""
    heading = _HEADING.match(body)
    title = _line(_first(values, "title")) or (heading["title"] if heading else "") or Path(relative).stem
    summary = _line(_first(values, "summary"))
    opening = [f"## {title}"] if len(title) > TITLE_LENGTH else []
    opening += [summary] if len(summary) > SUMMARY_LENGTH else []
    content = _known_values(values) | {
        "kind": Genre.GUIDE,
        "title": _cut(title, TITLE_LENGTH),
        "summary": _cut(summary, SUMMARY_LENGTH),
        "language": _language(_first(values, "language")),
        "what": "\n\n".join([*opening, body] if body else opening),
        "tags": _tags(_first(values, "tags")),
        "authors": [{"name": _cut(name, NAME_LENGTH)} for name in _names(_first(values, "authors"))],
        "licence": licence_named(_line(_first(values, "licence"))),
    }
    if not content.get("domain") and (domain := _theme(relative)):
        content["domain"] = [domain]
    return {code: value for code, value in content.items() if value}


def _known_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what already bears a code of ours and reads as its field: `format: post` means something else there."""
    known = {}
    for field in fields_for(Genre.GUIDE):
        if field.code in values and field.code not in MAPPED:
            try:
                known[field.code] = field.type_for(Genre.GUIDE).clean(values[field.code])
            except Invalid:
                continue
    return known


def _first(values: Mapping[str, Any], code: str) -> Any:
    by_key = {key.lower(): value for key, value in values.items()}
    return next((by_key[name] for name in MAPPED[code] if by_key.get(name)), None)


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    if isinstance(value, list):
        value = next(iter(value), "")
    return " ".join(str(value).split()) if value and not isinstance(value, list | Mapping) else ""


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _many(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        value = value.split(",")
    return filter(None, (_line(item) for item in value)) if isinstance(value, list) else filter(None, [_line(value)])


def _tags(value: Any) -> list[str]:
    return [tag for tag in (_cut(tag, TAG_LENGTH) for tag in _many(value)) if normal_key(tag)]


def _names(value: Any) -> list[str]:
    """Return the names as written; one written as an address word reads as words."""
    return [n.replace("-", " ").title() if _SLUG_LIKE.fullmatch(n) else n for n in _many(value)]


def _language(value: Any) -> str:
    tag = _line(value).replace("_", "-")
    return tag if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", tag) else "fr"


def _code_of(vocabulary: str, written: str) -> str:
    """Return the code that a code or a label in either language names; empty when it names none."""
    for code, entry in entries_of(vocabulary).items():
        if normal_key(written) in map(normal_key, (code, entry.label_fr, entry.label_en)):
            return code
    return ""


def _theme(relative: str) -> str:
    """Return the domain that the file's folder is named after, if any."""
    folders = Path(relative).parts[:-1]
    return _code_of("practice_domain", folders[-1]) if folders else ""


def _dates_of_foreign(values: Mapping[str, Any]) -> dict[str, datetime.datetime]:
    moment = moment_of(str(_first(values, "date") or ""))
    return dict.fromkeys(("created_at", "published_at", "confirmed_at"), moment) if moment else {}
