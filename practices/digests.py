"""What the practices app brings to digests: what houses like mine tried, what is new in my networks."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from commons.notices.kinds import Entry, Section, add_section
from commons.people.models import User
from commons.people.rules import member_roles
from practices.enums import Outcome
from practices.queries import houses_like, sheets_visible_to, trials_visible_to

MOST = 5


def tried_in_houses_like_mine(user: User, since: datetime.datetime, _until: datetime.datetime) -> Iterator[Entry]:
    """Yield the new trials of the houses most like the person's own, and what the two have in common."""
    if user.institution is None:
        return
    alike = houses_like(user.institution)
    rows = trials_visible_to(user).filter(institution__in=list(alike), created_at__gte=since).select_related("sheet")
    ranked = sorted(rows, key=lambda trial: (-alike[trial.institution_id or 0].score, -trial.pk))
    for trial in ranked[:MOST]:
        shared = ", ".join(alike[trial.institution_id or 0].reasons)
        facts = (trial.house.get("name", ""), str(Outcome(trial.outcome).label), shared)
        yield Entry(
            trial.sheet.title,
            f"{trial.sheet.get_absolute_url()}#essai-{trial.pk}",
            " · ".join(fact for fact in facts if fact),
        )


def new_in_my_networks(user: User, since: datetime.datetime, _until: datetime.datetime) -> Iterator[Entry]:
    """Yield the sheets that entered the catalogue in the person's networks, the newest first; never their own."""
    rows = sheets_visible_to(user).published().filter(network__in=list(member_roles(user)), published_at__gte=since)
    others = rows.exclude(authorships__user=user).select_related("network").defer("content", "stamps")
    for sheet in others.order_by("-published_at", "-pk")[:MOST]:
        network = sheet.network.name if sheet.network else ""
        yield Entry(sheet.title, sheet.get_absolute_url(), network)


def register() -> None:
    """Let digests have these parts."""
    add_section(
        Section("tried", gettext_lazy("Essayé dans des maisons comme la vôtre"), tried_in_houses_like_mine),
    )
    add_section(Section("networks", gettext_lazy("Nouveau dans vos réseaux"), new_in_my_networks))
