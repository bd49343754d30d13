"""The data files are read with dates relative to today."""

import datetime
from collections import Counter

from frontend.demo.files import moment, resolved, rows_of, sheet_files

TODAY = datetime.date(2026, 3, 2)


def test_resolved_turns_months_into_dates_at_any_depth() -> None:
    value = {"period": {"start": "-12 months", "end": None}, "list": ["-1 months", 3], "text": "il y a -2 mois"}
    assert resolved(value, TODAY) == {
        "period": {"start": "2025-03-02", "end": None},
        "list": ["2026-01-31", 3],
        "text": "il y a -2 mois",
    }


def test_moment_is_noon_some_days_ago() -> None:
    assert moment(TODAY, 2).isoformat() in {"2026-02-28T12:00:00+01:00", "2026-02-28T12:00:00+00:00"}


def test_sheet_files_come_oldest_first() -> None:
    ages = [file.life["created"] for file in sheet_files(TODAY)]
    assert len(ages) == 30
    assert ages == sorted(ages, reverse=True)


def test_sheet_files_hold_what_the_demonstration_promises() -> None:
    files = sheet_files(TODAY)
    assert Counter(file.content["kind"] for file in files) == {"practice": 22, "guide": 5, "need": 3}
    assert Counter(file.life["state"] for file in files) == {
        "adopted": 19,
        "candidate": 5,
        "draft": 2,
        "submitted": 2,
        "to_review": 1,
        "archived": 1,
    }
    assert Counter(file.content["confidentiality"] for file in files) == {
        "public": 26,
        "network": 2,
        "members": 1,
        "chatham": 1,
    }
    assert len({code for file in files for code in file.content["domain"]}) == 16
    assert sum("why_stopped" in file.content for file in files) == 4


def test_a_sheet_without_body_has_no_what() -> None:
    bodies = {file.slug: "what" in file.content for file in sheet_files(TODAY)}
    assert bodies["besoin-conserver-les-captations"] is False
    assert bodies["message-de-la-veille"] is True


def test_rows_name_nobody_real() -> None:
    people = rows_of("people")
    assert {row["email"].partition("@")[2] for row in people} == {"exemple.example"}
    assert (len(rows_of("houses")), len(people), len(rows_of("networks"))) == (20, 24, 3)
