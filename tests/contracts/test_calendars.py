"""Two independent readers, one in Python and one in Node, read our calendars to the instants of our database."""

import datetime
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import time_machine

from commons.people.models import User
from events.actions import (
    add_block,
    answer,
    change_following,
    change_occurrence,
    change_series,
    confirm_occurrence,
    create_series,
    set_status,
    skip_date,
)
from events.models import Occurrence, Series
from tests.factories.api import client_of
from tests.factories.events import rows_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "tests" / "contracts" / "read_calendar.mjs"
Instant = tuple[str, int]
END = datetime.datetime(2027, 4, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _autumn() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 9, 1, 10, tzinfo=datetime.UTC), tick=True):
        yield


def series_in(zone: str, **values: Any) -> list[Series]:
    """Return a weekly series over both clock changes, with a moved, a cancelled, a skipped meeting, and its split."""
    host = values.pop("by", None) or UserFactory.create()
    given = {
        "title": f"Débat, {zone}",
        "start": "2026-10-06T18:30",
        "timezone": zone,
        "duration_minutes": 90,
        "rrule": "FREQ=WEEKLY;UNTIL=20270331",
        "join_link": "https://visio.example/secret",
    }
    first = create_series(by=host, values=given | values)
    rows = rows_of(first)
    confirm_occurrence(by=host, occurrence=rows[1])
    change_occurrence(by=host, occurrence=rows[2], values={"start": "2026-10-25T02:30", "duration_minutes": 45})
    set_status(by=host, occurrence=rows[4], status="cancelled", reason="Grève ; tout le monde, reporté")
    skip_date(by=host, series=first, start=rows[6].recurrence_id)
    second = change_following(by=host, occurrence=rows[12], values={"start": "2026-12-29T10:00"})
    change_occurrence(by=host, occurrence=rows_of(second)[12], values={"start": "2027-03-28T02:30"})
    first.refresh_from_db()
    return [first, second]


def in_database(series: list[Series]) -> list[Instant]:
    rows = Occurrence.objects.filter(series__in=series, starts_at__lt=END).taking_place().order_by("starts_at")
    return [(row.starts_at.strftime("%Y-%m-%dT%H:%MZ"), row.duration_minutes) for row in rows]


def starts(rows: list[Instant]) -> list[str]:
    return [at for at, _minutes in rows]


def by_python(text: bytes) -> list[Instant]:
    calendar = icalendar.Calendar.from_ical(text)
    found = recurring_ical_events.of(calendar).between(datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC), END)
    shown = [event for event in found if event.get("STATUS") != "CANCELLED"]
    instants = [(event.start.astimezone(datetime.UTC), event.end.astimezone(datetime.UTC)) for event in shown]
    return sorted((at.strftime("%Y-%m-%dT%H:%MZ"), int((end - at).total_seconds() / 60)) for at, end in instants)


def by_node(text: bytes, folder: Path) -> list[Instant]:
    path = folder / "calendar.ics"
    path.write_bytes(text)
    program = shutil.which("node")
    if program is None or not (ROOT / "node_modules" / "ical.js").is_dir():
        pytest.skip("no Node, or its packages are not installed: npm ci --ignore-scripts")
    run = subprocess.run(
        [program, READER, path, END.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": "UTC"},
    )
    return sorted((event["at"][:16] + "Z", int(event["minutes"])) for event in json.loads(run.stdout))


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion"])
def test_both_readers_read_the_instants_of_the_database(zone: str, tmp_path: Path) -> None:
    series = series_in(zone)
    client = client_of()
    files = [client.get(f"/api/v1/series/{one.pk}/calendar.ics").content for one in series]
    for one, text in zip(series, files, strict=True):
        assert starts(by_python(text)) == starts(by_node(text, tmp_path)) == starts(in_database([one]))
        assert by_node(text, tmp_path) == in_database([one])
    assert (len(in_database(series)), b"secret" in b"".join(files)) == (24, False)


def test_moved_instants_of_paris_across_the_changes() -> None:
    at = [at for at, _minutes in in_database(series_in("Europe/Paris"))]
    assert at[2:5] == ["2026-10-25T00:30Z", "2026-10-27T17:30Z", "2026-11-10T17:30Z"]
    assert at[-2:] == ["2027-03-28T01:30Z", "2027-03-30T08:00Z"]


def test_network_calendar_holds_every_series(tmp_path: Path) -> None:
    network = NetworkFactory.create()
    host = curator_of(network)
    series = [one for zone in ("Europe/Paris", "Indian/Reunion") for one in series_in(zone, by=host, network=network)]
    text = client_of().get(f"/api/v1/networks/{network.slug}/calendar.ics").content
    assert starts(by_python(text)) == starts(by_node(text, tmp_path)) == starts(in_database(series))


def test_a_split_says_where_it_comes_from_and_overrides_say_what_became_of_them() -> None:
    first, second = series_in("Europe/Paris")
    old, new = (
        icalendar.Calendar.from_ical(client_of().get(f"/api/v1/series/{one.pk}/calendar.ics").content)
        for one in (first, second)
    )
    assert new.walk("VEVENT")[0]["RELATED-TO"] == old.walk("VEVENT")[0]["UID"]
    assert {event.get("STATUS") for event in old.walk("VEVENT")} == {"TENTATIVE", "CONFIRMED", "CANCELLED"}
    cancelled = next(event for event in old.walk("VEVENT") if event["STATUS"] == "CANCELLED")
    assert cancelled["COMMENT"] == "Grève ; tout le monde, reporté"
    assert (len(old.walk("VTIMEZONE")), old["REFRESH-INTERVAL"].to_ical()) == (1, b"PT4H")


def test_the_personal_calendar_reads_to_the_same_instants_and_alone_holds_the_links(tmp_path: Path) -> None:
    host = UserFactory.create()
    series = [one for zone in ("Europe/Paris", "Indian/Reunion") for one in series_in(zone, by=host)]
    client = client_of(host)
    address = client.get("/api/v1/me/").json()["calendar"].split("/api/v1")[1]
    text = client_of().get(f"/api/v1{address}").content
    assert by_python(text) == by_node(text, tmp_path) == in_database(series)
    assert b"visio.example/secret" in text


def changes_of(host: User, series: Series) -> list[tuple[str, Callable[[], object], list[int], bool]]:
    """Return changes in turn, with the SEQUENCEs of the file after each, and whether it is still the same file."""

    def third() -> Occurrence:
        return rows_of(series)[2]

    def all_of(**values: Any) -> object:
        return change_series(by=host, series=series, values=values)

    def this(**values: Any) -> object:
        return change_occurrence(by=host, occurrence=third(), values=values)

    def cancel(reason: str = "") -> object:
        return set_status(by=host, occurrence=third(), status="cancelled", reason=reason)

    return [
        ("read again", lambda: None, [0], True),
        ("minutes", lambda: add_block(by=host, occurrence=third(), text="Un micro", values={}), [0], True),
        ("a seat", lambda: answer(by=UserFactory.create(), occurrence=third(), mode="onsite"), [0], True),
        ("words", lambda: all_of(about="Pour tout le monde"), [0], False),
        ("link", lambda: all_of(join_link="https://visio.example/autre"), [1], False),
        ("zone", lambda: all_of(timezone="Indian/Reunion"), [2], False),
        ("skipped", lambda: skip_date(by=host, series=series, start=rows_of(series)[5].recurrence_id), [3], False),
        ("moved", lambda: this(start="2026-10-21T18:30"), [3, 4], False),
        ("renamed", lambda: this(title="Le grand débat"), [3, 4], False),
        ("cancelled", cancel, [3, 5], False),
        ("said why", lambda: cancel("Grève"), [3, 5], False),
        ("place of all", lambda: all_of(place="Médiathèque"), [4, 5], False),
        ("split", lambda: change_following(by=host, occurrence=rows_of(series)[3], values={}), [5, 5], False),
    ]


def test_sequence_rises_on_each_change_that_calendars_must_learn_and_only_then() -> None:
    host = UserFactory.create()
    given = {"title": "Débat", "start": "2026-10-06T18:30", "duration_minutes": 90, "rrule": "FREQ=WEEKLY;COUNT=6"}
    series = create_series(by=host, values=given | {"format": "hybrid", "place": "Théâtre"})
    path = f"/api/v1/series/{series.pk}/calendar.ics"
    tag = client_of().get(path)["ETag"]
    for name, change, sequences, is_same in changes_of(host, series):
        change()
        is_kept = client_of().get(path, headers={"If-None-Match": tag}).status_code == 304
        whole = client_of().get(path)
        tag = whole["ETag"]
        events = icalendar.Calendar.from_ical(whole.content).walk("VEVENT")
        assert (name, [int(event["SEQUENCE"]) for event in events], is_kept) == (name, sequences, is_same)
