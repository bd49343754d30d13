"""Rules are said as people say them, in French and in English."""

import datetime

import pytest
from django.utils import translation

from events.recurrence import parse_rule, sentence

START = datetime.datetime(2026, 10, 13, 14)  # noqa: DTZ001 - a clock on a wall


def said(rrule: str, language: str, zone: str = "Europe/Paris", start: datetime.datetime = START) -> str:
    rule = parse_rule(rrule, zone, start) if rrule else None
    with translation.override(language):
        return sentence(rule, start, zone)


@pytest.mark.parametrize(
    ("rrule", "french", "english"),
    [
        (
            "FREQ=MONTHLY;BYDAY=2TU",
            "chaque 2e mardi du mois à 14 h (Paris)",
            "every 2nd Tuesday of the month at 14:00 (Paris)",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            "chaque dernier vendredi du mois à 14 h (Paris)",
            "every last Friday of the month at 14:00 (Paris)",
        ),
        (
            "FREQ=WEEKLY",
            "chaque mardi à 14 h (Paris)",
            "every Tuesday at 14:00 (Paris)",
        ),
        (
            "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10",
            "chaque mardi et jeudi à 14 h (Paris) 10 fois",
            "every Tuesday and Thursday at 14:00 (Paris) 10 times",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630",
            "toutes les 2 semaines, le mardi, à 14 h (Paris) jusqu’au 30 juin 2027",
            "every 2 weeks, on Tuesday, at 14:00 (Paris) until 30 June 2027",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1",
            "le 1er de chaque mois à 14 h (Paris)",
            "on the 1st of each month at 14:00 (Paris)",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,-1;INTERVAL=3",
            "tous les 3 mois, le 15 et dernier jour, à 14 h (Paris)",
            "every 3 months, on the 15 and last day, at 14:00 (Paris)",
        ),
        (
            "FREQ=YEARLY",
            "chaque année, le 13 octobre, à 14 h (Paris)",
            "every year, on 13 October, at 14:00 (Paris)",
        ),
        (
            "FREQ=DAILY;INTERVAL=3",
            "tous les 3 jours à 14 h (Paris)",
            "every 3 days at 14:00 (Paris)",
        ),
        (
            "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,3",
            "chaque 2e mardi du mois, en janvier et mars, à 14 h (Paris)",
            "every 2nd Tuesday of the month, in January and March, at 14:00 (Paris)",
        ),
        (
            "FREQ=YEARLY;BYDAY=20MO",
            "chaque année, le 20e lundi de l’année, à 14 h (Paris)",
            "every year, on the 20th Monday of the year, at 14:00 (Paris)",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "selon une règle particulière, à 14 h (Paris)",
            "by a special rule, at 14:00 (Paris)",
        ),
        (
            "",
            "le 13 octobre 2026 à 14 h (Paris)",
            "on 13 October 2026 at 14:00 (Paris)",
        ),
    ],
)
def test_sentence(rrule: str, french: str, english: str) -> None:
    assert (said(rrule, "fr"), said(rrule, "en")) == (french, english)


def test_island_and_half_hour_are_said() -> None:
    start = datetime.datetime(2026, 10, 13, 18, 30)  # noqa: DTZ001 - a clock on a wall
    assert said("FREQ=WEEKLY", "fr", "Indian/Reunion", start) == "chaque mardi à 18 h 30 (La Réunion)"
