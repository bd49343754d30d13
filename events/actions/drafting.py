"""Writes the road from a block of the minutes to a draft sheet."""

from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.people.models import User
from commons.permissions import require
from events.enums import BlockKind, Visibility
from events.models import Block, Origin
from practices.actions import create_sheet
from practices.enums import Confidentiality, Genre
from practices.models import Sheet

GENRES: Final = {BlockKind.PRACTICE: Genre.PRACTICE, BlockKind.FAILURE: Genre.PRACTICE}
DIFFUSION: Final = {
    Visibility.PUBLIC: Confidentiality.PUBLIC,
    Visibility.MEMBERS: Confidentiality.MEMBERS,
    Visibility.NETWORK: Confidentiality.NETWORK,
}
TITLE = 80


@transaction.atomic
def draft_from_block(*, by: User, block: Block, title: str = "") -> Sheet:
    """Make a draft sheet from a practice or a failure, with the speaker's house, and the way back to the meeting.

    Under the Chatham House rule the draft names nobody and no house, and stays under that rule.
    """
    occurrence = block.minutes.occurrence
    require(by, "events.write_minutes", occurrence, see="events.view_occurrence")
    if block.kind not in GENRES or block.is_removed:
        raise Invalid({"kind": [_("Une pratique ou un échec devient une fiche.")]})
    sheet = create_sheet(by=by, values=_values(block, title))
    Origin.objects.create(block=block, sheet=sheet)
    return sheet


def _values(block: Block, title: str) -> dict[str, Any]:
    series = block.minutes.occurrence.series
    values: dict[str, Any] = {
        "kind": GENRES[BlockKind(block.kind)],
        "title": title.strip() or block.text.split("\n", 1)[0].strip("#*_ ")[:TITLE],
        "what": block.text,
        "confidentiality": DIFFUSION[Visibility(series.visibility)],
        "based_on": {"url": f"{settings.SITE_URL}{block.minutes.occurrence.get_absolute_url()}"},
    }
    if block.kind == BlockKind.FAILURE:
        values["outcome"] = "failed"
    if series.is_chatham:
        return values | {
            "confidentiality": Confidentiality.CHATHAM,
            "authors": [],
            "owner_contact": {},
            "institution": "",
        }
    if block.by is not None and block.by.is_credited:
        values["authors"] = [{"name": block.by.public_name}]
    if block.institution is not None:
        values["institution"] = block.institution.slug
    return values
