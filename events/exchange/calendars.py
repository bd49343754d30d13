"""Turns series and occurrences into calendar files (RFC 5545, RFC 7986): the same rows always give the same bytes."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override
from icalendar import Calendar, Event, vText
from icalendar.prop import vDuration, vRecur

from events.enums import Status
from events.models import Occurrence, Series
from events.recurrence.grammar import UTC

REFRESH = datetime.timedelta(hours=4)
FIRST_DAY = datetime.date(2020, 1, 1)
PRODUCER = "-//Commons//Commons//FR"
MADE_BY = 1
"""Part of every tag: raise it when the same rows give other bytes."""


def uid_of(series: Series) -> str:
    """Return a series' UID: its own for ever; a split gives the second half another."""
    return f"{series.pk}@{urlsplit(settings.SITE_URL).hostname}"


def series_calendar(series: Series, occurrences: Iterable[Occurrence]) -> bytes:
    """Return a series with its overrides: moved, cancelled, confirmed. Never a join link."""
    return _written(series.title, _components(series, occurrences))


def network_calendar(name: str, rows: Iterable[tuple[Series, list[Occurrence]]]) -> bytes:
    """Return several series with their overrides. Never a join link."""
    return _written(name, [event for series, occurrences in rows for event in _components(series, occurrences)])


def occurrence_calendar(occurrence: Occurrence) -> bytes:
    """Return one meeting, under the same UID as in a personal calendar: added twice it is there once. Never a link."""
    return _written(occurrence.shown_title, [_own(occurrence, status_of(occurrence), has_link=False)])


def personal_calendar(name: str, rows: Iterable[tuple[Occurrence, str, bool]]) -> bytes:
    """Return one person's meetings, each an event of its own: the occurrence, its STATUS, and whether they join.

    The only file with join links: for the meetings in which the person has a seat, or that they host.
    """
    return _written(name, [_own(occurrence, status, has_link=has_link) for occurrence, status, has_link in rows])


def _written(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=FIRST_DAY)
    _part_changes(calendar)
    return bytes(calendar.to_ical())


def _part_changes(calendar: Calendar) -> None:
    """Give each clock change a line of its own: ical.js, and so Thunderbird, reads the first of a line only."""
    for rules in calendar.walk("STANDARD") + calendar.walk("DAYLIGHT"):
        if changes := rules.pop("RDATE", None):
            for change in changes.dts:
                rules.add("rdate", change.dt)


def _components(series: Series, occurrences: Iterable[Occurrence]) -> list[Event]:
    overrides = [occurrence for occurrence in occurrences if _differs(occurrence)]
    return [_master(series), *(_override(occurrence) for occurrence in overrides)]


def _differs(occurrence: Occurrence) -> bool:
    return (
        occurrence.is_overridden
        or occurrence.status != Status.SCHEDULED
        or (occurrence.series.needs_confirmation and not occurrence.is_tentative)
    )


def _master(series: Series) -> Event:
    schedule = series.schedule
    event = _event(series, uid_of(series), series.sequence, series.revised_at)
    event.add("summary", series.title)
    event.add("status", "TENTATIVE" if series.needs_confirmation else "CONFIRMED")
    event.add("dtstart", _zoned(schedule.start, series.timezone))
    event.add("duration", datetime.timedelta(minutes=series.duration_minutes))
    event.add("last-modified", series.updated_at)
    if series.rrule:
        event.add("rrule", vRecur.from_ical(series.rrule))
    if schedule.skipped:
        event.add("exdate", [_zoned(start, series.timezone) for start in schedule.skipped])
    if schedule.extra:
        event.add("rdate", [_zoned(start, series.timezone) for start in schedule.extra])
    if series.place:
        event.add("location", series.place)
    if series.split_from_id:
        origin = Series(pk=series.split_from_id)
        event.add("related-to", vText(uid_of(origin)), parameters={"RELTYPE": "SIBLING"})
    event.add("url", f"{settings.SITE_URL}{_path(series)}")
    return event


def _override(occurrence: Occurrence) -> Event:
    series = occurrence.series
    event = _event(series, uid_of(series), occurrence.shown_sequence, max(occurrence.revised_at, series.revised_at))
    event.add("recurrence-id", _zoned(datetime.datetime.fromisoformat(occurrence.recurrence_id), series.timezone))
    event.add("status", status_of(occurrence))
    return _filled(event, occurrence)


def _own(occurrence: Occurrence, status: str, *, has_link: bool) -> Event:
    series = occurrence.series
    uid = f"{occurrence.pk}-{uid_of(series)}"
    event = _event(series, uid, occurrence.shown_sequence, max(occurrence.revised_at, series.revised_at))
    event.add("status", status)
    if has_link and occurrence.shown_link:
        event.add("conference", occurrence.shown_link, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
        event.add("description", occurrence.shown_link)
    return _filled(event, occurrence)


def _event(series: Series, uid: str, sequence: int, revised_at: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", revised_at)
    event.add("created", series.created_at)
    event.add("sequence", sequence)
    return event


def _filled(event: Event, occurrence: Occurrence) -> Event:
    event.add("summary", occurrence.shown_title)
    event.add("dtstart", _start_of(occurrence))
    event.add("duration", datetime.timedelta(minutes=occurrence.duration_minutes))
    event.add("last-modified", max(occurrence.updated_at, occurrence.series.updated_at))
    if occurrence.shown_place:
        event.add("location", occurrence.shown_place)
    if occurrence.reason:
        event.add("comment", occurrence.reason)
    event.add("url", f"{settings.SITE_URL}{_path(occurrence)}")
    return event


def _path(thing: Series | Occurrence) -> str:
    with override("fr"):  # the same bytes whoever asks
        return thing.get_absolute_url()


def status_of(occurrence: Occurrence) -> str:
    """Return the iCalendar STATUS. What is postponed leaves calendars as what is cancelled does: it has no date."""
    if not occurrence.takes_place:
        return "CANCELLED"
    return "TENTATIVE" if occurrence.is_tentative else "CONFIRMED"


def _start_of(occurrence: Occurrence) -> datetime.datetime:
    """Return a start in its zone; in UTC where the clocks show that time twice, or never: there readers differ."""
    zoned = _zoned(occurrence.local_start, occurrence.series.timezone)
    return zoned if zoned.utcoffset() == zoned.replace(fold=1).utcoffset() else occurrence.starts_at


def _zoned(local: datetime.datetime, zone: str) -> datetime.datetime:
    return local.replace(tzinfo=UTC if zone == "UTC" else ZoneInfo(zone))
