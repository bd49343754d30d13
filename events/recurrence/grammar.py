"""Owns the recurrence rules that Commons takes: RFC 5545, read at the wall clock, from the day up to the year."""

import datetime
import re
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from commons.errors import Invalid

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
BOUNDS = {"BYMONTHDAY": 31, "BYMONTH": 12, "BYSETPOS": 366, "BYYEARDAY": 366, "BYWEEKNO": 53}
MOST_TIMES, MOST_INTERVAL, MOST_LETTERS = 1000, 400, 500
UTC = datetime.UTC

Weekday = tuple[int, int]
"""A day of the week (Monday is 0) and its place in the month or year: 0 for every one, -1 for the last."""


@dataclass(frozen=True)
class Rule:
    """A recurrence rule, parsed. `until` is an instant and included, as RFC 5545 has it beside a zoned start."""

    frequency: str
    interval: int = 1
    count: int = 0
    until: datetime.datetime | None = None
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    week_start: int = 0

    def __str__(self) -> str:
        """Write the rule as an RRULE value, always in the same order."""
        numbers = {
            "BYMONTH": self.months,
            "BYWEEKNO": self.weeks,
            "BYYEARDAY": self.year_days,
            "BYMONTHDAY": self.month_days,
            "BYDAY": tuple(f"{place or ''}{DAYS[day]}" for day, place in self.weekdays),
            "BYSETPOS": self.positions,
        }
        parts = [f"FREQ={self.frequency}"]
        parts += [f"INTERVAL={self.interval}"] * (self.interval > 1)
        parts += [f"{name}={','.join(map(str, values))}" for name, values in numbers.items() if values]
        parts += [f"WKST={DAYS[self.week_start]}"] * bool(self.week_start)
        parts += [f"COUNT={self.count}"] * bool(self.count)
        parts += [f"UNTIL={self.until:%Y%m%dT%H%M%SZ}"] if self.until else []
        return ";".join(parts)

    def ending(self, until: datetime.datetime) -> "Rule":
        """Return the same rule, that ends at this instant at the latest."""
        return replace(self, count=0, until=min(until, self.until) if self.until else until)


def _refused(message: str) -> Invalid:
    return Invalid({"rrule": [message]}, code="bad_rrule")


def parse_rule(text: str, zone: str, start: datetime.datetime) -> Rule:
    """Return the rule that an RRULE value says, for a series that starts then, in that zone.

    Takes DAILY to YEARLY with every BY part of days, weeks and months. A rule never sets the time of day, which is the
    start's. `UNTIL` may be a date (that whole day), a local time or a UTC instant. Raises `Invalid` on `rrule`.
    """
    if len(text) > MOST_LETTERS:
        raise _refused(_("Cette règle est trop longue."))
    parts = _parts(text)
    if parts.get("FREQ") not in FREQUENCIES:
        raise _refused(_("Une série revient par jour, semaine, mois ou année."))
    if set(parts) & set(CLOCK_PARTS):
        raise _refused(_("L’heure se règle par le début de la série, pas par sa règle."))
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *BOUNDS}
    if unknown := sorted(set(parts) - known):
        raise _refused(_("Cette règle contient une partie inconnue : %(part)s.") % {"part": unknown[0]})
    if "COUNT" in parts and "UNTIL" in parts:
        raise _refused(_("Choisissez une date de fin ou un nombre de fois, pas les deux."))
    rule = Rule(
        frequency=parts["FREQ"],
        interval=_number(parts.get("INTERVAL", "1"), MOST_INTERVAL),
        count=_number(parts["COUNT"], MOST_TIMES) if "COUNT" in parts else 0,
        until=_instant(parts["UNTIL"], zone) if "UNTIL" in parts else None,
        weekdays=tuple(sorted(dict.fromkeys(map(_weekday, _listed(parts, "BYDAY"))))),
        month_days=_numbers(parts, "BYMONTHDAY"),
        months=_numbers(parts, "BYMONTH"),
        positions=_numbers(parts, "BYSETPOS"),
        year_days=_numbers(parts, "BYYEARDAY"),
        weeks=_numbers(parts, "BYWEEKNO"),
        week_start=_weekday(parts.get("WKST", "MO"))[0],
    )
    _refuse_nonsense(rule)
    return _completed(rule, start)


def _completed(rule: Rule, start: datetime.datetime) -> Rule:
    """Say what a yearly rule leaves to its start, as libical reads it: readers do not agree on what is left unsaid."""
    if rule.weeks and not rule.weekdays:
        return replace(rule, weekdays=((start.weekday(), 0),))
    if rule.frequency == "YEARLY" and rule.month_days and not (rule.months or rule.weeks or rule.weekdays):
        return replace(rule, months=(start.month,))
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for pair in text.strip().upper().removeprefix("RRULE:").strip(";").split(";"):
        name, equals, value = pair.strip().partition("=")
        if not equals or not value or name in parts:
            raise _refused(_("Cette règle est mal écrite."))
        parts[name] = value
    return parts


def _refuse_nonsense(rule: Rule) -> None:
    """Refuse what RFC 5545 forbids: a place of a weekday, a day of the month or of the year where it has no sense.

    Week numbers of every nth year are refused too: a first week may begin in December, and readers do not agree whose.
    """
    placed = any(place for _day, place in rule.weekdays)
    wrong = (
        (placed and (rule.frequency not in ("MONTHLY", "YEARLY") or bool(rule.weeks)))
        or (rule.frequency == "WEEKLY" and rule.month_days)
        or (rule.frequency != "YEARLY" and (rule.weeks or rule.year_days))
        or (rule.weeks and (rule.interval > 1 or rule.month_days or rule.year_days))
        or (rule.positions and not (rule.weekdays or rule.month_days or rule.months or rule.year_days or rule.weeks))
    )
    if wrong:
        raise _refused(_("Ces parties de règle ne vont pas ensemble."))


def _listed(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    least = -BOUNDS[name] if name != "BYMONTH" else 1
    values = tuple(sorted({_number(text, BOUNDS[name], least) for text in _listed(parts, name)}))
    if 0 in values:
        raise _refused(_("Cette règle est mal écrite."))
    return values


def _number(text: str, most: int, least: int = 1) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}", text, re.ASCII) or not least <= int(text) <= most:
        raise _refused(_("Ce nombre n’est pas possible dans une règle : %(number)s.") % {"number": text})
    return int(text)


def _weekday(text: str) -> Weekday:
    found = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text, re.ASCII)
    if not found or (found[1] and not 1 <= abs(int(found[1])) <= BOUNDS["BYWEEKNO"]):
        raise _refused(_("Ce jour n’est pas possible dans une règle : %(day)s.") % {"day": text})
    return DAYS.index(found[2]), int(found[1] or 0)


def _instant(text: str, zone: str) -> datetime.datetime:
    shapes = {8: "%Y%m%d", 15: "%Y%m%dT%H%M%S", 16: "%Y%m%dT%H%M%SZ"}
    try:
        moment = datetime.datetime.strptime(text, shapes.get(len(text), "%Y%m%d"))  # noqa: DTZ007 - its zone is below
        if text.endswith("Z"):
            return moment.replace(tzinfo=UTC)
        if "T" not in text:
            moment = moment.replace(hour=23, minute=59, second=59)
        return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refused(_("Cette date de fin n’est pas une date.")) from error
