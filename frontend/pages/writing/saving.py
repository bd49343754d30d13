"""Saves what a page sends of a sheet: a field that is wrong, or that somebody else changed, holds no other back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commons.errors import Conflict, Invalid
from commons.people.models import User
from practices.actions import save_sheet
from practices.fields import clean_content
from practices.fields.types import is_empty
from practices.models import Sheet

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Outcome:
    """What became of a save: the sheet as it is now, what was refused, what collided, what was kept."""

    sheet: Sheet
    errors: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def is_refused(self, code: str) -> bool:
        """Tell whether a field was left as it is in the sheet."""
        return code in self.theirs or any(path.split(".", maxsplit=1)[0] == code for path in self.errors)


def saved(*, by: User, sheet: Sheet, sent: Mapping[str, Any], settled: Mapping[str, Any]) -> Outcome:
    """Save what can be of the fields that the person touched.

    `settled` is the whole of what was sent. Beside each field the form carries `base.<code>`, the revision its text
    started from, and `was.<code>`, the mark of that text: what is still the same was not touched, whatever others made
    of it since. A field that collided comes back with `settle.<code>`, `mine` or `theirs`, once the person has read
    both texts; until then it collides again: nobody overwrites a text they have not seen.
    """
    revision = _number(settled.get("revision"))
    genre = sheet.content["kind"]
    touched = {c: v for c, v in sent.items() if _is_touched(c, v, settled, genre)}
    left = {code: value for code, value in touched.items() if settled.get(f"settle.{code}") != THEIRS}
    bases = {code: _base(code, settled, revision) for code in left}
    errors: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    while True:
        try:
            now = save_sheet(by=by, sheet=sheet, values=left, revision=revision, bases=bases)
        except Invalid as error:
            errors |= error.fields
            refused = {path.split(".", maxsplit=1)[0] for path in error.fields}
        except Conflict as error:
            theirs |= error.theirs
            refused = set(error.theirs)
        else:
            return Outcome(now, errors, theirs, frozenset(left))
        if not refused & set(left):
            raise Invalid(errors)
        left = {code: value for code, value in left.items() if code not in refused}


def mark_of(value: Any) -> str:
    """Return a short mark of a field's value, by which a form knows later whether it was touched."""
    text = "" if is_empty(value) else json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_touched(code: str, value: Any, settled: Mapping[str, Any], genre: str) -> bool:
    was = settled.get(f"was.{code}")
    if was is None or mark_of(value) == was:
        return was is None
    try:
        mark = mark_of(clean_content({code: value}, genre=genre)[code])
    except Invalid:
        return True
    return mark != str(was)


def _base(code: str, settled: Mapping[str, Any], revision: int) -> int:
    if settled.get(f"settle.{code}") == MINE or f"base.{code}" not in settled:
        return revision
    return _number(settled[f"base.{code}"])


def _number(text: Any) -> int:
    return int(text) if str(text).isdecimal() else 0
