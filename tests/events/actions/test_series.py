"""Series are opened, changed and dated through actions; calendars learn what they must and nothing else."""

import datetime

import pytest
import time_machine

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from events.actions import (
    add_date,
    change_occurrence,
    change_series,
    create_series,
    materialise_all,
    preview_dates,
    set_facilitators,
    skip_date,
)
from events.enums import Status, Visibility
from events.models import Occurrence, Series
from tests.factories.events import rows_of, series_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_autumn")]
OCTOBER: dict[str, object] = {
    "title": "Débat",
    "start": "2026-10-13T14:00",
    "duration_minutes": 90,
    "rrule": "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270331",
}


@pytest.fixture
def _autumn() -> object:
    with time_machine.travel(datetime.datetime(2026, 9, 1, 10, tzinfo=datetime.UTC), tick=True) as clock:
        yield clock


def starts(series: Series) -> list[str]:
    return [f"{row.start[:16]} {row.starts_at:%H:%M}Z" for row in rows_of(series)]


def test_a_series_keeps_its_clock_time_through_winter() -> None:
    series = create_series(by=UserFactory.create(), values=OCTOBER)
    assert starts(series) == [
        "2026-10-13T14:00 12:00Z",
        "2026-11-10T14:00 13:00Z",
        "2026-12-08T14:00 13:00Z",
        "2027-01-12T14:00 13:00Z",
        "2027-02-09T14:00 13:00Z",
        "2027-03-09T14:00 13:00Z",
    ]
    assert {(row.ends_at - row.starts_at) for row in rows_of(series)} == {datetime.timedelta(minutes=90)}


def test_in_la_reunion_no_clock_changes() -> None:
    series = create_series(by=UserFactory.create(), values=OCTOBER | {"timezone": "Indian/Reunion"})
    assert {row.starts_at.hour for row in rows_of(series)} == {10}


def test_school_holidays_are_skipped() -> None:
    values = OCTOBER | {"rrule": "FREQ=WEEKLY;COUNT=6", "holidays": "C"}
    assert [text[5:10] for text in starts(create_series(by=UserFactory.create(), values=values))] == [
        "10-13",
        "11-03",
        "11-10",
        "11-17",
    ]


def test_start_outside_the_rule_moves_to_its_first_date() -> None:
    series = create_series(by=UserFactory.create(), values=OCTOBER | {"start": "2026-10-01T14:00"})
    assert series.start == "2026-10-13T14:00:00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"start": "demain"}, "start"),
        ({"start": "2026-10-13T14:00+02:00"}, "start"),
        ({"start": "1999-10-13T14:00"}, "start"),
        ({"start": "2022-10-11T14:00"}, "start"),
        ({"timezone": "Paris"}, "timezone"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"rrule": "FREQ=HOURLY"}, "rrule"),
        ({"visibility": "secret"}, "visibility"),
        ({"visibility": Visibility.NETWORK}, "network"),
        ({"join_link": "javascript:alert(1)"}, "join_link"),
        ({"holidays": "D"}, "holidays"),
        ({"template": "ordre"}, "template"),
        ({"agenda": [{"title": ""}]}, "agenda"),
        ({"agenda": [{"title": "Tour", "minutes": 0}]}, "agenda"),
        ({"skipped": "2026-10-13"}, "skipped"),
        ({"sequence": 4}, "sequence"),
    ],
)
def test_what_cannot_be_taken_is_refused_on_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_series(by=UserFactory.create(), values=OCTOBER | wrong)
    assert (list(refused.value.fields), Series.objects.count()) == ([field], 0)


def test_a_networks_series_is_opened_by_who_hosts_it() -> None:
    network = NetworkFactory.create()
    member = UserFactory.create()
    join(member, network)
    with pytest.raises(NotAllowed):
        create_series(by=member, values=OCTOBER | {"network": network})
    assert create_series(by=curator_of(network), values=OCTOBER | {"network": network}).network == network


def test_a_template_gives_the_agenda() -> None:
    series = create_series(by=UserFactory.create(), values=OCTOBER | {"template": "codevelopment"})
    assert [step["minutes"] for step in series.agenda] == [10, 15, 5, 30, 15, 15]


def test_preview_says_the_rule_and_keeps_nothing() -> None:
    shown = preview_dates(by=UserFactory.create(), values=OCTOBER | {"skipped": ["2026-11-10T14:00"]})
    assert shown.sentence == "chaque 2e mardi du mois à 14 h (Paris) jusqu’au 31 mars 2027"
    assert (shown.rrule, Series.objects.count()) == ("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270331T215959Z", 0)
    assert [date.strftime("%d/%m") for date in shown.dates] == ["13/10", "08/12", "12/01", "09/02", "09/03"]
    assert [date.strftime("%d/%m") for date in shown.skipped] == ["10/11"]


def test_sequence_rises_for_times_and_places_only() -> None:
    host = UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    told = []
    for values in (
        {"title": "Grand débat", "about": "Pour **tout le monde**", "seats_online": 12, "agenda": []},
        {"start": "2026-10-13T14:00"},
        {"place": "Salle du conseil"},
        {"join_link": "https://visio.example/debat"},
        {"duration_minutes": 120},
        {"start": "2026-10-13T15:00"},
        {"rrule": "FREQ=MONTHLY;BYDAY=2TU"},
        {"timezone": "Indian/Reunion"},
        {"format": "hybrid"},
    ):
        change_series(by=host, series=series, values=values)
        told.append(series.sequence)
    assert told == [0, 0, 1, 2, 3, 4, 5, 6, 7]


def test_another_time_moves_the_rows_and_keeps_them() -> None:
    host = UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    kept = [row.pk for row in rows_of(series)]
    moved = rows_of(series)[2]
    change_occurrence(by=host, occurrence=moved, values={"start": "2026-12-09T10:00"})
    staying = change_series(by=host, series=series, values={"start": "2026-10-13T18:30"})
    assert [row.pk for row in staying] == [moved.pk]
    assert [row.pk for row in rows_of(series)] == kept
    assert starts(series)[1:4] == ["2026-11-10T18:30 17:30Z", "2026-12-09T10:00 09:00Z", "2027-01-12T18:30 17:30Z"]
    assert rows_of(series)[2].recurrence_id == "2026-12-08T18:30:00"


def test_a_meeting_the_new_rule_drops_goes_unless_it_left_a_trace() -> None:
    host = UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    counted_on = rows_of(series)[1]
    change_occurrence(by=host, occurrence=counted_on, values={"title": "Avec la ville"})
    change_series(by=host, series=series, values={"rrule": "FREQ=MONTHLY;BYDAY=2TU;INTERVAL=2;COUNT=2"})
    assert [(row.start[:10], row.status) for row in rows_of(series)] == [
        ("2026-10-13", Status.SCHEDULED),
        ("2026-11-10", Status.CANCELLED),
        ("2026-12-08", Status.SCHEDULED),
    ]
    assert series.extra == ["2026-11-10T14:00:00"]


def test_what_took_place_is_not_rewritten() -> None:
    host = UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    with time_machine.travel(datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)):
        for values in ({"start": "2026-10-13T15:00"}, {"timezone": "Indian/Reunion"}, {"duration_minutes": 30}):
            with pytest.raises(Conflict) as refused:
                change_series(by=host, series=series, values=values)
            assert refused.value.code == "already_begun"
        change_series(by=host, series=series, values={"rrule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=3"})
    assert len(rows_of(series)) == 3


def test_skipping_and_adding_dates() -> None:
    host = UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    skip_date(by=host, series=series, start="2026-11-10T14:00")
    add_date(by=host, series=series, start="2026-11-17T14:00")
    series.refresh_from_db()
    assert (series.sequence, [text[5:10] for text in starts(series)][:3]) == (2, ["10-13", "11-17", "12-08"])
    skip_date(by=host, series=series, start="2026-11-17T14:00")
    add_date(by=host, series=series, start="2026-11-10T14:00")
    series.refresh_from_db()
    assert [text[5:10] for text in starts(series)][:3] == ["10-13", "11-10", "12-08"]
    assert (series.extra, series.skipped) == ([], ["2026-11-17T14:00:00"])


def test_a_date_somebody_counts_on_is_cancelled_not_skipped() -> None:
    host = UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    change_occurrence(by=host, occurrence=rows_of(series)[0], values={"title": "Avec la ville"})
    with pytest.raises(Conflict):
        skip_date(by=host, series=series, start="2026-10-13T14:00")
    with pytest.raises(Invalid):
        skip_date(by=host, series=series, start="2026-10-14T14:00")
    with pytest.raises(Conflict):
        add_date(by=host, series=series, start="2026-10-13T14:00")


def test_dates_are_written_some_months_ahead_and_more_each_night() -> None:
    series = create_series(by=UserFactory.create(), values=OCTOBER | {"rrule": "FREQ=WEEKLY"})
    before = Occurrence.objects.count()
    with time_machine.travel(datetime.datetime(2026, 12, 31, tzinfo=datetime.UTC)):
        added = materialise_all()
        assert materialise_all() == 0
    assert added > 0
    assert Occurrence.objects.filter(series=series).count() == before + added


def test_strangers_change_nothing() -> None:
    host, stranger = UserFactory.create(), UserFactory.create()
    series = create_series(by=host, values=OCTOBER)
    hidden = series_of(curator_of(network := NetworkFactory.create()), network=network, visibility=Visibility.NETWORK)
    with pytest.raises(NotAllowed):
        change_series(by=stranger, series=series, values={"title": "À moi"})
    with pytest.raises(NotFound):
        change_series(by=stranger, series=hidden, values={"title": "À moi"})
    set_facilitators(by=host, series=series, people=[stranger.pk])
    change_series(by=stranger, series=series, values={"title": "À nous"})
    assert series.title == "À nous"
    with pytest.raises(Invalid):
        set_facilitators(by=host, series=series, people=[0])
