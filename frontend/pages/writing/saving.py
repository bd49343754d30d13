"""Saves what a page sends of a sheet: a field that is wrong, or that somebody else changed, holds no other back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commons.errors import Conflict, Invalid
from commons.people.models import User
from practices.actions import save_sheet
from practices.models import Sheet

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Outcome:
    """What became of a save: the sheet as it is now, what was refused, what collided and the text it started from."""

    sheet: Sheet
    errors: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)

    def is_refused(self, code: str) -> bool:
        """Tell whether a field was left as it is in the sheet."""
        return code in self.theirs or any(path.split(".")[0] == code for path in self.errors)


def saved(*, by: User, sheet: Sheet, sent: Mapping[str, Any], settled: Mapping[str, Any]) -> Outcome:
    """Save what can be.

    `settled` is the whole of what was sent: `revision`, and for a field that collided before `base.<code>` (the
    revision its text started from) and `settle.<code>` (`mine` or `theirs`, once the person has read both texts).
    Until they chose, the field collides again: nobody overwrites a text they have not seen.
    """
    revision = _number(settled.get("revision"))
    left = {code: value for code, value in sent.items() if settled.get(f"settle.{code}") != THEIRS}
    bases = {code: _base(code, settled, revision) for code in left}
    outcome = Outcome(sheet, bases=bases)
    while True:
        try:
            now = save_sheet(by=by, sheet=sheet, values=left, revision=revision, bases=bases)
        except Invalid as error:
            outcome.errors.update(error.fields)
            refused = {path.split(".")[0] for path in error.fields}
        except Conflict as error:
            outcome.theirs.update(error.theirs)
            refused = set(error.theirs)
        else:
            return Outcome(now, outcome.errors, outcome.theirs, bases)
        if not refused & set(left):
            raise Invalid(outcome.errors)
        left = {code: value for code, value in left.items() if code not in refused}


def _base(code: str, settled: Mapping[str, Any], revision: int) -> int:
    if settled.get(f"settle.{code}") == MINE or f"base.{code}" not in settled:
        return revision
    return _number(settled[f"base.{code}"])


def _number(text: Any) -> int:
    return int(text) if str(text).isdecimal() else 0
