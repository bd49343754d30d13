"""When a series takes place, without a database: rules, expansion, clock changes, words, school holidays."""

from events.recurrence.expansion import Schedule, first_start, instant, known_zone, wall_clock
from events.recurrence.grammar import Rule, parse_rule
from events.recurrence.holidays import ZONES, in_school_holidays, is_school_holiday
from events.recurrence.words import sentence

__all__ = [
    "ZONES",
    "Rule",
    "Schedule",
    "first_start",
    "in_school_holidays",
    "instant",
    "is_school_holiday",
    "known_zone",
    "parse_rule",
    "sentence",
    "wall_clock",
]
