"""What the people app's things are called in notices: networks and people, which one may follow or mute."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from commons.notices.kinds import Shown, Subject, add_subjects
from commons.people.queries import networks_visible_to, people_visible_to


def _networks(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = networks_visible_to(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.name, row.get_absolute_url()) for row in rows}


def _people(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = people_visible_to(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.public_name, row.get_absolute_url()) for row in rows}


def register() -> None:
    """Make networks and people known as subjects."""
    add_subjects(
        Subject("network", gettext_lazy("Réseau"), _networks), Subject("person", gettext_lazy("Personne"), _people)
    )
