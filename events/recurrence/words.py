"""Owns the sentence that says a recurrence rule to people, in the language of the reader."""

import datetime
from collections.abc import Sequence

from babel.dates import format_date, get_timezone_location
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from events.recurrence.expansion import wall_clock
from events.recurrence.grammar import Rule

PLACES = {
    1: pgettext_lazy("jour", "1er"),
    2: pgettext_lazy("jour", "2e"),
    3: pgettext_lazy("jour", "3e"),
    4: pgettext_lazy("jour", "4e"),
    5: pgettext_lazy("jour", "5e"),
    -1: pgettext_lazy("jour", "dernier"),
    -2: pgettext_lazy("jour", "avant-dernier"),
}


def sentence(rule: Rule | None, start: datetime.datetime, zone: str) -> str:
    """Say when a series takes place: « chaque 2e mardi du mois à 14 h (Paris) ».

    A rule that no short sentence says honestly (positions, weeks or days of the year) is called a special rule.
    """
    parts = [_rhythm(rule, start) if rule else _("le %(date)s") % {"date": date_words(start.date())}]
    parts += [_("à %(time)s (%(place)s)") % {"time": time_words(start), "place": place_of(zone)}]
    parts += [_ending(rule, zone)] if rule else []
    return " ".join(part for part in parts if part)


def date_words(day: datetime.date) -> str:
    """Say a date: « 13 octobre 2026 », "13 October 2026"."""
    return str(format_date(day, "d MMMM y", locale=get_language() or "fr"))


def time_words(start: datetime.datetime) -> str:
    """Say a time of day: « 14 h », « 14 h 30 »."""
    if start.minute:
        return _("%(hour)s h %(minute)s") % {"hour": start.hour, "minute": f"{start.minute:02}"}
    return _("%(hour)s h") % {"hour": start.hour}


def duration_words(minutes: int) -> str:
    """Say how long: « 45 min », « 2 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)s min") % {"n": rest}
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def place_of(zone: str) -> str:
    """Return the town or island that a time zone is named after."""
    return str(get_timezone_location(zone, locale=get_language() or "fr", return_city=True))


def _rhythm(rule: Rule, start: datetime.datetime) -> str:
    if rule.positions or rule.weeks or rule.year_days:
        return _("selon une règle particulière,")
    says = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}
    rhythm = says[rule.frequency](rule, start)
    if rule.months and rule.frequency != "YEARLY":
        rhythm = _("%(rhythm)s, en %(months)s,") % {"rhythm": rhythm, "months": _months(rule.months)}
    return rhythm


def _daily(rule: Rule, _start: datetime.datetime) -> str:
    every = ngettext("chaque jour", "tous les %(n)s jours", rule.interval) % {"n": rule.interval}
    named = [*_weekdays(rule), *_month_days(rule)]
    return _("%(every)s qui est : %(days)s,") % {"every": every, "days": _joined(named)} if named else every


def _weekly(rule: Rule, start: datetime.datetime) -> str:
    days = _joined(_weekdays(rule) or [str(WEEKDAYS[start.weekday()])])
    if rule.interval == 1:
        return _("chaque %(days)s") % {"days": days}
    return _("toutes les %(n)s semaines, le %(days)s,") % {"n": rule.interval, "days": days}


def _monthly(rule: Rule, start: datetime.datetime) -> str:
    weekdays, numbers = _weekdays(rule), _month_days(rule)
    if weekdays and numbers:
        days = _("%(weekday)s tombant le %(number)s") % {
            "weekday": _joined(weekdays),
            "number": _joined(numbers, _("ou")),
        }
    else:
        days = _joined(weekdays or numbers or [_number(start.day)])
    if weekdays and rule.interval == 1:
        return _("chaque %(days)s du mois") % {"days": days}
    if rule.interval == 1:
        return _("le %(days)s de chaque mois") % {"days": days}
    return _("tous les %(n)s mois, le %(days)s,") % {"n": rule.interval, "days": days}


def _yearly(rule: Rule, start: datetime.datetime) -> str:
    every = ngettext("chaque année", "tous les %(n)s ans", rule.interval) % {"n": rule.interval}
    days = [*_weekdays(rule), *_month_days(rule)] or [_number(start.day)]
    if not rule.months and rule.weekdays:
        return _("%(every)s, le %(days)s de l’année,") % {"every": every, "days": _joined(days)}
    months = _months(rule.months or (start.month,))
    return _("%(every)s, le %(days)s %(months)s,") % {"every": every, "days": _joined(days), "months": months}


def _weekdays(rule: Rule) -> list[str]:
    return [_weekday(day, place) for day, place in rule.weekdays]


def _weekday(day: int, place: int) -> str:
    if not place:
        return str(WEEKDAYS[day])
    return str(format_lazy("{} {}", PLACES.get(place) or _("%(place)se") % {"place": place}, WEEKDAYS[day]))


def _month_days(rule: Rule) -> list[str]:
    return [_number(day) for day in sorted(rule.month_days, key=lambda day: (day < 0, day))]


def _number(day: int) -> str:
    if day == -1:
        return _("dernier jour")
    if day < 0:
        return _("%(n)se jour avant la fin") % {"n": -day}
    return str(PLACES[1]) if day == 1 else str(day)


def _months(months: Sequence[int]) -> str:
    return _joined([str(MONTHS[month]) for month in months])


def _joined(words: Sequence[str], last: str = "") -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {last or _('et')} {words[-1]}"


def _ending(rule: Rule, zone: str) -> str:
    if rule.until:
        return _("jusqu’au %(date)s") % {"date": date_words(wall_clock(rule.until, zone).date())}
    return ngettext("une fois", "%(n)s fois", rule.count) % {"n": rule.count} if rule.count else ""
