"""Expansion gives libical's instances for every rule we take, and RFC 5545's instants across clock changes."""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from commons.errors import Invalid
from events.recurrence import Schedule, first_start, instant, known_zone, parse_rule, wall_clock
from tests.events.recurrence.vectors import moment, vectors_in

AFTER = datetime.timedelta(days=800)  # expand beyond the last instance: one too many must show


def local(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def test_vectors_of_libical_within_the_subset(corpora: Path) -> None:
    """Prove 107 of libical's 146 rules; the count of each reason for leaving one out is the test's last line."""
    told: Counter[str] = Counter()
    wrong = []
    for vector in vectors_in(corpora):
        try:
            rule = parse_rule(vector.facts["RRULE"], "UTC", vector.start)
        except Invalid as refused:
            told[str(refused.fields["rrule"][0])] += 1
            continue
        schedule = Schedule(vector.start, "UTC", rule)
        given = schedule.starts((vector.instances or [vector.start])[-1] + AFTER)
        told["as libical"] += given == vector.instances
        wrong += [vector.line] if given != vector.instances else []
    assert (wrong, dict(told)) == (
        [],
        {
            "as libical": 107,
            "Une série revient par jour, semaine, mois ou année.": 23,
            "L’heure se règle par le début de la série, pas par sa règle.": 9,
            "Ces parties de règle ne vont pas ensemble.": 7,
        },
    )


@pytest.mark.parametrize(
    ("clock", "zone", "utc"),
    [
        ("2027-03-28T01:30", "Europe/Paris", "2027-03-28T00:30Z"),
        ("2027-03-28T02:30", "Europe/Paris", "2027-03-28T01:30Z"),  # the gap: one hour later on the wall
        ("2027-03-28T03:30", "Europe/Paris", "2027-03-28T01:30Z"),
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30Z"),  # twice: the first
        ("2026-10-25T03:30", "Europe/Paris", "2026-10-25T02:30Z"),
        ("2026-10-25T02:30", "Indian/Reunion", "2026-10-24T22:30Z"),
        ("2027-03-28T02:30", "America/Guadeloupe", "2027-03-28T06:30Z"),
    ],
)
def test_instants_across_clock_changes(clock: str, zone: str, utc: str) -> None:
    assert instant(local(clock), zone) == local(utc)


def test_wall_clock_is_the_way_back() -> None:
    moved = wall_clock(local("2027-03-28T01:30+00:00"), "Europe/Paris")
    assert (moved, moved.tzinfo) == (local("2027-03-28T03:30"), None)


def test_a_series_keeps_its_hour_on_the_wall_through_winter() -> None:
    rule = parse_rule("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231", "Europe/Paris", local("2026-10-13T14:00"))
    starts = Schedule(local("2026-10-13T14:00"), "Europe/Paris", rule).starts(local("2027-06-01"))
    assert [f"{instant(start, 'Europe/Paris'):%m-%dT%H:%M}" for start in starts] == [
        "10-13T12:00",
        "11-10T13:00",
        "12-08T13:00",
    ]


def test_skipped_and_extra_dates() -> None:
    start = local("2026-10-06T18:30")
    rule = parse_rule("FREQ=WEEKLY;COUNT=4", "Europe/Paris", start)
    schedule = Schedule(
        start, "Europe/Paris", rule, skipped=[moment("20261013T183000")], extra=[moment("20261009T100000")]
    )
    days = [f"{start:%m-%d}" for start in schedule.starts(local("2027-01-01"))]
    assert days == ["10-06", "10-09", "10-20", "10-27"]


def test_a_single_date_is_a_schedule_too() -> None:
    start = local("2026-10-06T18:30")
    assert Schedule(start, "Europe/Paris").starts(start) == []
    assert Schedule(start, "Europe/Paris").starts(start + AFTER) == [start]


def test_end_is_included() -> None:
    start = local("2026-10-06T18:30")
    rule = parse_rule("FREQ=WEEKLY;UNTIL=20261020T163000Z", "Europe/Paris", start)
    assert len(Schedule(start, "Europe/Paris", rule).starts(start + AFTER)) == 3


def test_start_outside_its_rule_moves_to_the_first_date() -> None:
    start = local("2026-10-01T14:00")
    rule = parse_rule("FREQ=MONTHLY;BYDAY=2TU", "Europe/Paris", start)
    assert first_start(start, "Europe/Paris", rule) == local("2026-10-13T14:00")


def test_rule_without_any_date_is_refused_at_once() -> None:
    start = local("2026-10-01T14:00")
    with pytest.raises(Invalid) as refused:
        first_start(start, "Europe/Paris", parse_rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "Europe/Paris", start))
    assert list(refused.value.fields) == ["rrule"]


@pytest.mark.parametrize("name", ["Paris", "../etc/passwd", "", "EST5EDT"])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        known_zone(name)
    assert list(refused.value.fields) == ["timezone"]


def test_overseas_zones_are_known() -> None:
    zones = ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe", "Pacific/Noumea"]
    assert [known_zone(zone) for zone in zones] == zones
