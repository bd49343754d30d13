"""Owns what the demonstration's people made of each other's sheets: trials, ratings, support."""

import datetime

from frontend.demo.files import Values, moment, rows_of
from frontend.demo.people import People, people_of_demo
from practices.actions import add_trial, rate_sheet, support_sheet
from practices.models import Rating, Sheet, Support, Trial


def load_echoes(sheets: dict[str, Sheet], today: datetime.date) -> int:
    """Add the trials, ratings and supports of these freshly loaded sheets, and return how many."""
    people = people_of_demo()
    count = _load_trials(sheets, people, today)
    count += sum(_rate(sheets[slug], marks, people, today) for slug, marks in _of(sheets, "ratings"))
    return count + sum(_support(sheets[slug], emails, people, today) for slug, emails in _of(sheets, "supports"))


def _of(sheets: dict[str, Sheet], name: str) -> list[tuple[str, Values]]:
    return [(slug, row) for slug, row in rows_of(name).items() if slug in sheets]


def _load_trials(sheets: dict[str, Sheet], people: People, today: datetime.date) -> int:
    """Add them in the file's order, where a parent stands before its children."""
    added: dict[str, Trial] = {}
    for row in rows_of("trials"):
        if row["sheet"] in sheets:
            added[row["slug"]] = _add_trial(row, sheets[row["sheet"]], people, added.get(row["parent"]))
            at = moment(today, row["days_ago"])
            Trial.objects.filter(pk=added[row["slug"]].pk).update(created_at=at, updated_at=at)
            _stir(sheets[row["sheet"]], at)
    return len(added)


def _add_trial(row: Values, sheet: Sheet, people: People, parent: Trial | None) -> Trial:
    return add_trial(
        by=people[row["by"]],
        sheet=sheet,
        adaptation=row["adaptation"],
        outcome=row["outcome"],
        recommend=row["recommend"],
        changed=row["changed"],
        parent=parent,
        values=row["values"],
    )


def _stir(sheet: Sheet, at: datetime.datetime) -> None:
    """Give the sheet's last activity back its past date: the action has just written the present one."""
    sheet.last_activity_at = max(sheet.last_activity_at, at)
    Sheet.objects.filter(pk=sheet.pk).update(last_activity_at=sheet.last_activity_at)


def _rate(sheet: Sheet, marks: Values, people: People, today: datetime.date) -> int:
    for place, (email, (useful, clear, transferable)) in enumerate(marks.items(), 1):
        rating = rate_sheet(by=people[email], sheet=sheet, useful=useful, clear=clear, transferable=transferable)
        at = _between(sheet, place / (len(marks) + 1), today)
        Rating.objects.filter(pk=rating.pk).update(created_at=at, updated_at=at)
    return len(marks)


def _support(sheet: Sheet, emails: Values, people: People, today: datetime.date) -> int:
    for place, email in enumerate(emails, 1):
        support = support_sheet(by=people[email], sheet=sheet)
        at = _between(sheet, place / (len(emails) + 1), today)
        Support.objects.filter(pk=support.pk).update(created_at=at)
    return len(emails)


def _between(sheet: Sheet, share: float, today: datetime.date) -> datetime.datetime:
    """Return noon of a day between publication (share 0) and today (share 1)."""
    start = sheet.published_at or sheet.created_at
    age = (moment(today, 0) - start).days
    return moment(today, age * (1 - share))
