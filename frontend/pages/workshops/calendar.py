"""The calendar of workshops: what is to come as a list, or a month day by day; everybody's, one's own, a network's."""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from commons.people.models import Network
from commons.people.queries import networks_visible_to
from commons.people.rules import is_signed_in
from events.models import Occurrence, OccurrenceQuerySet
from events.queries import occurrences_between, occurrences_of, occurrences_visible_to, series_visible_to
from frontend.pages.workshops.subscribing import network_links, personal_links
from frontend.paging import page_of

MINE, NETWORK = "moi", "reseau:"
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What the reader asks to see: whose meetings, as a list or as a month."""

    whose: str
    networks: list[Network]
    month: datetime.date | None

    def address(self, month: datetime.date | None) -> str:
        """Return the address of the same meetings, in another month or as a list."""
        asked = {"qui": self.whose, "mois": f"{month:%Y-%m}" if month else ""}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def network(self) -> Network | None:
        """Return the network whose meetings are asked for."""
        slug = self.whose.removeprefix(NETWORK) if self.whose.startswith(NETWORK) else ""
        return next((network for network in self.networks if network.slug == slug), None)


def workshops(request: HttpRequest) -> HttpResponse:
    """List the meetings to come, the next first; or show a month, with `mois=2026-10`."""
    asked = _asked(request)
    rows = _meetings(request, asked)
    context: dict[str, Any] = {"section": "workshops", "tabs": _tabs(asked), "whose": _whose(request, asked)}
    context["links"] = _links(request, asked)
    if asked.month is None:
        context |= page_of(request, rows.to_come(timezone.now()), per_page=20)
    else:
        context |= _month(rows, asked.month) | _ways(asked, asked.month)
    return render(request, "workshops/list.html", context)


def _links(request: HttpRequest, asked: Asked) -> dict[str, Any] | None:
    if asked.network is not None:
        return network_links(asked.network)
    return personal_links(request.user) if is_signed_in(request.user) else None


def _asked(request: HttpRequest) -> Asked:
    known_series = series_visible_to(request.user).values("network")
    networks = list(networks_visible_to(request.user).filter(pk__in=known_series).order_by("name"))
    whose = request.GET.get("qui", "")
    known = {MINE, *(f"{NETWORK}{network.slug}" for network in networks)}
    return Asked(whose if whose in known else "", networks, month_named(request.GET.get("mois", "")))


def month_named(text: str) -> datetime.date | None:
    """Return the first day of the month that `2026-10` names; this month for `ce`, none for anything else."""
    if text == "ce":
        return timezone.localdate().replace(day=1)
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text, re.ASCII)
    return datetime.date(int(found[1]), int(found[2]), 1) if found else None


def _meetings(request: HttpRequest, asked: Asked) -> OccurrenceQuerySet:
    rows = occurrences_visible_to(request.user)
    if asked.whose == MINE:
        return occurrences_of(request.user, rows)
    return rows.filter(series__network=asked.network) if asked.network else rows


def _month(rows: OccurrenceQuerySet, month: datetime.date) -> dict[str, Any]:
    days = list(calendar.Calendar().itermonthdates(month.year, month.month))
    of_day: dict[datetime.date, list[Occurrence]] = {day: [] for day in days}
    for row in occurrences_between(rows, _instant(days[0] - DAY), _instant(days[-1] + 2 * DAY)):
        if (day := row.local_start.date()) in of_day:
            of_day[day].append(row)
    return {
        "month": month,
        "weekdays": [WEEKDAYS_ABBR[day] for day in range(7)],
        "days": [{"date": day, "rows": rows, "is_other": day.month != month.month} for day, rows in of_day.items()],
        "is_empty": not any(rows for day, rows in of_day.items() if day.month == month.month),
        "today": timezone.localdate(),
    }


def _instant(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(tzinfo=datetime.UTC))


def _ways(asked: Asked, month: datetime.date) -> dict[str, Any]:
    """Return the ways to the month before and the month after."""
    before, after = (month - DAY).replace(day=1), (month + 31 * DAY).replace(day=1)
    return {
        "previous_month": {"url": asked.address(before), "date": before},
        "next_month": {"url": asked.address(after), "date": after},
    }


def _tabs(asked: Asked) -> list[dict[str, Any]]:
    this_month = timezone.localdate().replace(day=1)
    return [
        {"label": _("Liste"), "url": asked.address(None), "current": asked.month is None},
        {"label": _("Mois"), "url": asked.address(asked.month or this_month), "current": asked.month is not None},
    ]


def _whose(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    """Return the choices of the filter, the chosen one marked."""
    choices = [("", _("Tous les ateliers"))]
    choices += [(MINE, _("Les miens"))] if is_signed_in(request.user) else []
    choices += [(f"{NETWORK}{network.slug}", network.name) for network in asked.networks]
    return [{"value": value, "label": label, "is_chosen": value == asked.whose} for value, label in choices]
