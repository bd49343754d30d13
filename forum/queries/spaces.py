"""Reads where a thread may stand: the general space, a network's, a sheet's."""

from typing import Any

from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.people.models import Network
from commons.people.queries import networks_visible_to
from practices.models import Sheet
from practices.queries import sheets_visible_to


def space_named(user: Any, text: str) -> tuple[Network | None, Sheet | None]:
    """Return the space that `general`, `network:SLUG` or `sheet:ID` names, if the person may know of it."""
    noun, _colon, key = text.partition(":")
    network = networks_visible_to(user).filter(slug=key).first() if noun == "network" else None
    sheet = sheets_visible_to(user).filter(pk=key).first() if noun == "sheet" else None
    if network is None and sheet is None and text not in ("", "general"):
        raise Invalid({"space": [_("Cet espace n’existe pas, ou ne vous est pas ouvert.")]})
    return network, sheet
