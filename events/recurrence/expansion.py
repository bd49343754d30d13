"""Owns the passage from a schedule at the wall clock to instants: expansion, skipped and extra dates, clock changes."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from dateutil import rrule
from dateutil.rrule import weekday
from django.utils.translation import gettext as _

from commons.errors import Invalid
from events.recurrence.grammar import UTC, Rule

FREQUENCY: dict[str, Literal[0, 1, 2, 3]] = {"YEARLY": 0, "MONTHLY": 1, "WEEKLY": 2, "DAILY": 3}
"""As dateutil numbers them."""
LONGEST_WAIT = datetime.timedelta(days=366 * 12)
"""How far the first date of a rule is looked for: beyond twelve years a rule is taken for one that never comes."""


@dataclass(frozen=True)
class Schedule:
    """When a series takes place: naive times are those of a clock on the wall in `zone`."""

    start: datetime.datetime
    zone: str
    rule: Rule | None = None
    skipped: Collection[datetime.datetime] = ()
    extra: Collection[datetime.datetime] = ()

    def starts(self, before: datetime.datetime) -> list[datetime.datetime]:
        """Return every start before that wall-clock time: in order, each once, extra ones in, skipped ones out."""
        known = {*self.rule_starts(before), *(start for start in self.extra if start < before)}
        return sorted(known - set(self.skipped))

    def rule_starts(self, before: datetime.datetime) -> Iterator[datetime.datetime]:
        """Yield what the rule alone gives before that time, the start of the series included when it fits the rule."""
        if self.rule is None:
            yield from (self.start,) if self.start < before else ()
            return
        expanded = (start for start in _expanded(self.rule, self.start, before) if start >= self.start)
        for start in islice(expanded, self.rule.count or None):
            if start >= before or (self.rule.until and instant(start, self.zone) > self.rule.until):
                return
            yield start


def _expanded(rule: Rule, start: datetime.datetime, before: datetime.datetime) -> Iterator[datetime.datetime]:
    """Expand at the wall clock, from the first day of the first week when positions are counted in whole weeks.

    The end and the count are ours: dateutil would look for ever for a date that never comes.
    """
    if rule.frequency == "WEEKLY" and rule.positions:
        start -= datetime.timedelta(days=(start.weekday() - rule.week_start) % 7)
    return iter(
        rrule.rrule(
            FREQUENCY[rule.frequency],
            dtstart=start,
            interval=rule.interval,
            wkst=rule.week_start,
            until=before,
            bysetpos=rule.positions or None,
            bymonth=rule.months or None,
            bymonthday=rule.month_days or None,
            byyearday=rule.year_days or None,
            byweekno=rule.weeks or None,
            byweekday=[weekday(day, place or None) for day, place in rule.weekdays] or None,
        )
    )


def first_start(start: datetime.datetime, zone: str, rule: Rule | None) -> datetime.datetime:
    """Return the first date that the rule gives from `start` on: readers disagree on a start outside its own rule.

    Raises `Invalid` on `rrule` when none comes within twelve years.
    """
    first = next(Schedule(start, zone, rule).rule_starts(start + LONGEST_WAIT), None)
    if first is None:
        raise Invalid({"rrule": [_("Cette règle ne donne aucune date.")]}, code="bad_rrule")
    return first


def instant(local: datetime.datetime, zone: str) -> datetime.datetime:
    """Return when the clock on the wall shows `local`, as RFC 5545 (3.3.5) reads it.

    A time that the spring change skips takes the offset before the change (02:30 becomes 03:30); a time that the
    autumn change repeats is its first coming.
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_clock(moment: datetime.datetime, zone: str) -> datetime.datetime:
    """Return what the clock on the wall in `zone` shows at that instant."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def known_zone(name: str) -> str:
    """Return the name of a time zone of the IANA database; raise `Invalid` on `timezone` for any other text."""
    if name not in available_timezones() or ("/" not in name and name != "UTC"):
        raise Invalid({"timezone": [_("Ce fuseau horaire est inconnu.")]})
    return name
