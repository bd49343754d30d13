"""Owns the demonstration's workshops: series with a past, and the minutes of their last meeting."""

import datetime

from commons.people.models import Network
from events.actions import add_block, create_series, propose_topic
from events.models import Series
from frontend.demo.files import Values, rows_of
from frontend.demo.people import People, people_of_demo

BEGUN = datetime.timedelta(days=70)


def load_workshops(today: datetime.date) -> int:
    """Add the series that are missing and return how many; those there are left alone."""
    known = set(Series.objects.values_list("network__slug", "title"))
    missing = [row for row in rows_of("workshops") if (row["network"], row["title"]) not in known]
    people = people_of_demo()
    for row in missing:
        _add_series(row, people, today)
    return len(missing)


def _add_series(row: Values, people: People, today: datetime.date) -> None:
    host = people[row["host"]]
    series = create_series(
        by=host,
        values=row["values"]
        | {
            "title": row["title"],
            "network": Network.objects.get(slug=row["network"]),
            "start": f"{today - BEGUN}T{row['time']}",
            "needs_confirmation": False,
        },
    )
    evening = datetime.datetime.combine(today, datetime.time(23), tzinfo=datetime.UTC)
    past = series.occurrences.filter(ends_at__lte=evening).order_by("-starts_at").first()
    to_come = series.occurrences.filter(starts_at__gt=evening).order_by("starts_at").first()
    if past is not None:
        for block in row["minutes"]:
            add_block(by=people[block["by"]], occurrence=past, text=block["text"], values={"kind": block["kind"]})
    if to_come is not None and to_come.ends_at > series.created_at:
        for topic in row["topics"]:
            propose_topic(by=people[topic["by"]], occurrence=to_come, title=topic["title"])
