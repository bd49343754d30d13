"""The grammar takes the rules of our subset, says what a rule leaves unsaid, and refuses the rest in words."""

import datetime

import pytest

from commons.errors import Invalid
from events.recurrence import parse_rule

START = datetime.datetime(2026, 10, 13, 14)  # noqa: DTZ001 - a clock on a wall


def written(text: str, zone: str = "Europe/Paris") -> str:
    return str(parse_rule(text, zone, START))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("RRULE:freq=weekly;byday=tu;", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2;COUNT=6", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=6"),
        ("FREQ=WEEKLY;BYDAY=TH,TH,MO;WKST=SU", "FREQ=WEEKLY;BYDAY=MO,TH;WKST=SU"),
        ("FREQ=YEARLY;BYMONTHDAY=13", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=13"),
        ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=TU"),
    ],
)
def test_rule_is_written_in_one_way(given: str, kept: str) -> None:
    assert written(given) == kept


@pytest.mark.parametrize(
    ("given", "until"),
    [
        ("20270331", "20270331T215959Z"),
        ("20270131", "20270131T225959Z"),
        ("20270131T140000", "20270131T130000Z"),
        ("20270131T130000Z", "20270131T130000Z"),
    ],
)
def test_end_is_kept_as_an_instant(given: str, until: str) -> None:
    assert written(f"FREQ=DAILY;UNTIL={given}") == f"FREQ=DAILY;UNTIL={until}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=15",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;INTERVAL=٣",
        "FREQ=DAILY;UNTIL=demain",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTH=-1",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=99TU",
        "FREQ=MONTHLY;BYWEEKNO=3",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;INTERVAL=3",
        "FREQ=MONTHLY;X-PART=1",
        "FREQ=DAILY;COUNT=" + "1" * 600,
    ],
)
def test_any_other_rule_is_refused_on_its_field(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        written(text)
    assert (list(refused.value.fields), refused.value.code) == (["rrule"], "bad_rrule")
