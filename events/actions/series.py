"""Writes series: opening, changing all of one, its skipped and extra dates."""

import datetime
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import User
from commons.people.queries import people_visible_to
from commons.permissions import require
from commons.text.markdown import render
from events.actions.dates import materialise, realign
from events.actions.promoting import promote
from events.actions.recording import record_in
from events.actions.threads import align_threads
from events.actions.values import check, cleaned, clock_text, clock_texts
from events.agendas import steps_of
from events.enums import Change, Template, Visibility
from events.models import Occurrence, Series
from events.recurrence import (
    ZONES,
    first_start,
    in_school_holidays,
    instant,
    known_zone,
    parse_rule,
    sentence,
    wall_clock,
)
from events.recurrence.expansion import LONGEST_WAIT
from events.signals import SeriesChanged

WORDS = ("title", "about", "network", "institution", "visibility", "is_chatham", "agenda", "template")
SEATS = ("seats_onsite", "seats_online", "claim_hours", "needs_confirmation")
WHERE = ("format", "place", "join_link")
WHEN = ("timezone", "start", "duration_minutes", "rrule", "skipped", "extra")
KNOWN = (*WORDS, *SEATS, *WHERE, *WHEN, "holidays")
MOST_DATES, MOST_STEPS, PREVIEWED = 500, 40, 10
OLDEST = datetime.timedelta(days=2 * 366)


@transaction.atomic
def create_series(*, by: User, values: Mapping[str, Any]) -> Series:
    """Open a series and write its occurrences some months ahead. `title`, `start` and `duration_minutes` are needed.

    `start` is a time of the clock on the wall in `timezone` (Paris unless said); it moves to the first date of `rrule`
    when it is none itself. `holidays` (A, B or C) skips what falls in the school holidays of that zone. A series in a
    network's name is opened by its facilitators and curators.
    """
    network = values.get("network")
    require(by, "events.add_series", network)
    series = Series(created_by=by, institution=by.institution)
    _write(series, {"duration_minutes": 90, **values})
    _set_schedule(series, values)
    series.save(force_insert=True)
    materialise(series)
    publish(SeriesChanged(series.pk))
    return series


@dataclass(frozen=True)
class Preview:
    """What a schedule says before it is saved: its sentence, its rule as kept, its next dates, those left out."""

    sentence: str
    rrule: str
    dates: list[datetime.datetime]
    skipped: list[datetime.datetime]


def preview_dates(*, by: User, values: Mapping[str, Any], series: Series | None = None) -> Preview:
    """Say a schedule before it is saved, with its next ten dates, and the dates left out up to the tenth."""
    require(by, "events.add_series", None)
    shown = Series(duration_minutes=90) if series is None else copy(series)
    _set_schedule(shown, cleaned(values, KNOWN))
    schedule = shown.schedule
    far = max(schedule.start, timezone.now().replace(tzinfo=None)) + LONGEST_WAIT
    now = wall_clock(timezone.now(), shown.timezone)
    dates = [start for start in schedule.starts(far) if start >= now] or schedule.starts(far)
    last = dates[PREVIEWED - 1] if len(dates) >= PREVIEWED else far
    return Preview(
        sentence=sentence(schedule.rule, schedule.start, shown.timezone),
        rrule=shown.rrule,
        dates=dates[:PREVIEWED],
        skipped=sorted(date for date in schedule.skipped if schedule.start <= date < last),
    )


@transaction.atomic
def change_series(*, by: User, series: Series, values: Mapping[str, Any]) -> list[Occurrence]:
    """Change a whole series; return the overrides that stay as they are.

    Calendars are told (SEQUENCE) when a time, a rule, a place or a link changed, not for words. What has taken place is
    not rewritten: a schedule that would move it is a `Conflict`, and « this and following » is the way.
    """
    locked = locked_series(by=by, series=series)
    if "network" in values and values["network"] != locked.network:
        require(by, "events.add_series", values["network"])
    before = _told(locked)
    _write(locked, values)
    _set_schedule(locked, values)
    is_moved = before[: len(WHEN)] != _told(locked)[: len(WHEN)]
    if is_moved:
        _refuse_rewriting(locked, before)
    touch(locked, is_told=before != _told(locked))
    locked.save()
    staying = realign(locked) if is_moved else list(locked.occurrences.filter(is_overridden=True).order_by("starts_at"))
    if {"seats_onsite", "seats_online"} & set(values):
        for occurrence in locked.occurrences.filter(ends_at__gt=timezone.now()).select_for_update(of=("self",)):
            occurrence.series = locked
            promote(occurrence)
    if {"agenda", "template"} & set(values):
        _tell_rooms(locked)
    align_threads(locked)
    publish(SeriesChanged(locked.pk))
    series.refresh_from_db()
    return staying


def _tell_rooms(series: Series) -> None:
    """Record the new agenda in the rooms of a locked series: none of its meetings changes meanwhile."""
    for occurrence in series.occurrences.filter(room__isnull=False):
        record_in(occurrence, Change.AGENDA_CHANGED)


def _told(series: Series) -> tuple[Any, ...]:
    """Return what calendars must learn a change of."""
    return tuple(getattr(series, name) for name in (*WHEN, *WHERE))


def touch(series: Series, *, is_told: bool) -> None:
    """Stamp a change; raise the SEQUENCE of calendars when they must learn of it."""
    series.updated_at = timezone.now()
    if is_told:
        series.sequence += 1
        series.revised_at = series.updated_at


def locked_series(*, by: User, series: Series) -> Series:
    """Return the series as it is now, locked until the transaction ends, to a person who may change it."""
    locked = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    require(by, "events.change_series", locked, see="events.view_series")
    return locked


def _write(series: Series, values: Mapping[str, Any]) -> None:
    values = cleaned(values, KNOWN)
    for name in (*WORDS, *SEATS, *WHERE, "duration_minutes"):
        if name in values and name != "template":
            setattr(series, name, values[name])
    if values.get("template") and not values.get("agenda"):
        if values["template"] not in Template.values:
            raise Invalid({"template": [_("Choisissez dans la liste.")]})
        series.agenda = steps_of(values["template"])
    series.agenda = clean_agenda(series.agenda)
    series.about_html = render(series.about, prefix="serie") if isinstance(series.about, str) else ""
    if series.visibility == Visibility.NETWORK and series.network is None:
        raise Invalid({"network": [_("Choisissez le réseau dont les membres verront la série.")]})
    check(series, without=("id", "start", "timezone", "rrule", "created_by"))


def clean_agenda(agenda: Any) -> list[dict[str, Any]]:
    """Return the steps of an agenda: `title`, and `minutes` from 1 to 480; refuse anything else on `agenda`."""
    if not isinstance(agenda, list) or len(agenda) > MOST_STEPS:
        raise Invalid({"agenda": [_("Une liste de quarante étapes au plus est attendue.")]})
    steps = []
    for step in agenda:
        title = str(step.get("title", "")).strip()[:160] if isinstance(step, dict) else ""
        minutes = step.get("minutes", 10) if isinstance(step, dict) else 0
        if not title or isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= 480:  # noqa: PLR2004 - eight hours
            raise Invalid({"agenda": [_("Chaque étape a un titre, et une durée de 1 à 480 minutes.")]})
        topic = {"topic": step["topic"]} if isinstance(step.get("topic"), int) else {}
        steps.append({"title": title, "minutes": minutes} | topic)
    return steps


def _set_schedule(series: Series, values: Mapping[str, Any]) -> None:
    """Set when the series takes place, from what is given and what it has; raise `Invalid` on the field at fault."""
    series.timezone = known_zone(str(values.get("timezone", series.timezone)))
    start = datetime.datetime.fromisoformat(clock_text(values.get("start", series.start), "start"))
    rrule = str(values.get("rrule", series.rrule) or "").strip()
    rule = parse_rule(rrule, series.timezone, start) if rrule else None
    first = first_start(start, series.timezone, rule).isoformat()
    if first != series.start and instant(start, series.timezone) < timezone.now() - OLDEST:
        raise Invalid({"start": [_("Une série commence il y a deux ans au plus.")]})
    series.start = first
    series.rrule = str(rule) if rule else ""
    for name in ("skipped", "extra"):
        dates = clock_texts(values.get(name, getattr(series, name)), name)
        if len(dates) > MOST_DATES:
            raise Invalid({name: [_("Cinq cents dates au plus.")]})
        setattr(series, name, dates)
    if zone := values.get("holidays"):
        skip_holidays(series, str(zone))


def skip_holidays(series: Series, zone: str) -> None:
    """Add to the skipped dates those that fall in the school holidays of a zone, for the years that we know."""
    if zone not in ZONES:
        raise Invalid({"holidays": [_("Choisissez la zone A, B ou C.")]})
    schedule = series.schedule
    starts = schedule.starts(schedule.start + datetime.timedelta(days=3 * 366))
    found = (start.isoformat() for start in in_school_holidays(starts, zone))
    series.skipped = sorted({*series.skipped, *found})[:MOST_DATES]


def _refuse_rewriting(series: Series, before: tuple[Any, ...]) -> None:
    now = timezone.now()
    past = set(series.occurrences.filter(starts_at__lte=now).values_list("recurrence_id", flat=True))
    if not past:
        return
    is_same_clock = before[0] == series.timezone and before[2] == series.duration_minutes
    limit = datetime.datetime.fromisoformat(max(past)) + datetime.timedelta(seconds=1)
    given = {start.isoformat() for start in series.schedule.starts(limit)}
    if not is_same_clock or past != given:
        raise Conflict(
            _("Des séances ont déjà eu lieu : changez plutôt « celle-ci et les suivantes »."), code="already_begun"
        )


@transaction.atomic
def skip_date(*, by: User, series: Series, start: Any) -> Series:
    """Leave out one date for good (EXDATE): it disappears from calendars. A date somebody counts on is cancelled."""
    locked = locked_series(by=by, series=series)
    text = clock_text(start, "start")
    row = locked.occurrences.filter(recurrence_id=text).first()
    if row is None:
        raise Invalid({"start": [_("La série n’a pas de séance à cette date.")]})
    if row.has_traces() or row.starts_at <= timezone.now():
        raise Conflict(_("Des personnes comptent sur cette séance : annulez-la plutôt."), code="counted_on")
    row.delete()
    locked.extra = [date for date in locked.extra if date != text]
    locked.skipped = sorted({*locked.skipped, text})
    return _saved(locked)


@transaction.atomic
def add_date(*, by: User, series: Series, start: Any) -> Series:
    """Add one date that the rule does not give (RDATE), or take a skipped one back."""
    locked = locked_series(by=by, series=series)
    text = clock_text(start, "start")
    if locked.occurrences.filter(recurrence_id=text).exists():
        raise Conflict(_("La série a déjà une séance à cette date."), code="already_there")
    if text in locked.skipped:
        locked.skipped = [date for date in locked.skipped if date != text]
    else:
        locked.extra = sorted({*locked.extra, text})
    if len(locked.extra) > MOST_DATES:
        raise Invalid({"start": [_("Cinq cents dates au plus.")]})
    return _saved(locked)


def _saved(series: Series) -> Series:
    touch(series, is_told=True)
    series.save()
    materialise(series)
    publish(SeriesChanged(series.pk))
    return series


@transaction.atomic
def set_facilitators(*, by: User, series: Series, people: list[int]) -> Series:
    """Name who facilitates a series beside the person who opened it."""
    locked = locked_series(by=by, series=series)
    known = people_visible_to(by).filter(pk__in=people)
    if len(known) != len(set(people)):
        raise Invalid({"people": [_("Une de ces personnes n’existe pas.")]})
    locked.facilitators.set(known)
    align_threads(locked)
    publish(SeriesChanged(locked.pk))
    return locked
