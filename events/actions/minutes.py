"""Writes minutes: blocks added and edited by several people without losing a word, actions carried over, approval."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import User
from commons.people.queries import people_visible_to
from commons.text.markdown import render
from events.actions.occurrences import locked_occurrence, occurrence_under_lock
from events.actions.recording import record_in
from events.actions.values import check, clean_text, cleaned, masked
from events.enums import BlockKind, Change, MinutesState
from events.models import Block, Minutes, Occurrence, Revision
from events.queries.minutes import markdown_of
from events.signals import OccurrenceChanged

FACTS = (
    "kind", "owner", "due_date", "is_done", "method", "votes_for", "votes_against", "votes_abstain", "review_date",
)  # fmt: skip
WINDOW = datetime.timedelta(days=7)
MOST_LETTERS = 5000


@dataclass(frozen=True)
class Saved:
    """A block as it is now, and one's own text when it collided with somebody else's: both are kept and shown."""

    block: Block
    aside: Revision | None = None


@transaction.atomic
def open_minutes(*, by: User, occurrence: Occurrence) -> Minutes:
    """Open the minutes of a meeting, with the actions still open of those before; again changes nothing."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.write_minutes")
    return _opened(locked)


def _opened(occurrence: Occurrence) -> Minutes:
    minutes, is_new = Minutes.objects.get_or_create(occurrence=occurrence)
    minutes.occurrence = occurrence
    if is_new:
        _carry_over(minutes)
    return minutes


def _carry_over(minutes: Minutes) -> None:
    """Copy the open actions of the series' earlier meetings, each once: the newest copy goes on."""
    earlier = Block.objects.filter(
        minutes__occurrence__series=minutes.occurrence.series_id,
        minutes__occurrence__starts_at__lt=minutes.occurrence.starts_at,
        kind=BlockKind.ACTION,
        is_done=False,
        is_removed=False,
        carried=None,
    )
    for action in earlier.order_by("created_at", "pk"):
        copied = Block.objects.create(
            minutes=minutes,
            kind=BlockKind.ACTION,
            text=action.text,
            html=action.html,
            by_id=action.by_id,
            owner_id=action.owner_id,
            due_date=action.due_date,
            institution_id=action.institution_id,
            carried_from=action,
        )
        Revision.objects.create(block=copied, number=1, text=copied.text, by_id=copied.by_id)
        record_in(minutes.occurrence, Change.BLOCK_ADDED, block=copied.pk)


@transaction.atomic
def add_block(
    *, by: User, occurrence: Occurrence, text: str, values: Mapping[str, Any], client_id: str = ""
) -> tuple[Block, bool]:
    """Add a block; say whether it is new: the same `client_id` again is the same block, whatever the network did.

    Under the Chatham House rule neither the person, nor their house, nor an owner is written, and of `client_id` only
    a digest: a program may put a name into it.
    """
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.write_minutes")
    minutes = _opened(locked)
    is_chatham = locked.series.is_chatham
    client_id = masked(f"minutes:{minutes.pk}", client_id) if is_chatham and client_id else clean_text(client_id)[:64]
    known = minutes.blocks.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known, False
    _refuse_frozen(minutes)
    block = Block(minutes=minutes, client_id=client_id or None, kind="")
    if not is_chatham:
        block.by, block.institution = by, by.institution
    _set_facts(block, by, {"kind": BlockKind.TIP, **values})
    _set_text(block, text)
    block.save()
    Revision.objects.create(block=block, number=1, text=block.text, by=block.by)
    record_in(locked, Change.BLOCK_ADDED, block=block.pk)
    publish(OccurrenceChanged(locked.pk, locked.series_id))
    return block, True


@transaction.atomic
def save_block(
    *, by: User, block: Block, revision: int, text: str | None = None, values: Mapping[str, Any] | None = None
) -> Saved:
    """Save a block's text over the one of that revision. If it moved since, one's text is kept aside and shown beside.

    Nothing is ever overwritten: each text is a revision, and so is the one set aside until somebody settles it.
    """
    locked = _locked(by, block)
    author = None if locked.minutes.occurrence.series.is_chatham else by
    _set_facts(locked, by, values or {})
    aside = None
    if text is not None and clean_text(text) != locked.text:
        if revision != locked.revision:
            aside, _is_new = Revision.objects.get_or_create(
                block=locked, number=revision, text=_written(text), by=author, is_aside=True
            )
        else:
            _set_text(locked, text)
            locked.revision += 1
            Revision.objects.create(block=locked, number=locked.revision, text=locked.text, by=author)
    return Saved(_saved(locked), aside)


@transaction.atomic
def settle_block(*, by: User, block: Block) -> Block:
    """Say that what was set aside has found its place: it stays in the history and is no longer shown beside."""
    locked = _locked(by, block)
    locked.revisions.filter(is_aside=True).update(is_aside=False)
    return _saved(locked)


@transaction.atomic
def remove_block(*, by: User, block: Block) -> Block:
    """Take a block out of the minutes; its texts stay in the history."""
    locked = _locked(by, block)
    locked.is_removed = True
    return _saved(locked)


def _locked(by: User, block: Block) -> Block:
    occurrence = locked_occurrence(by=by, occurrence=block.minutes.occurrence, permission="events.write_minutes")
    locked = Block.objects.select_for_update(of=("self",)).select_related("minutes").get(pk=block.pk)
    locked.minutes.occurrence = occurrence
    _refuse_frozen(locked.minutes)
    return locked


def _refuse_frozen(minutes: Minutes) -> None:
    if minutes.state == MinutesState.FROZEN:
        raise Conflict(_("Ce compte rendu est approuvé : il ne change plus."), code="frozen")


def _set_facts(block: Block, by: User, values: Mapping[str, Any]) -> None:
    values = cleaned(values, FACTS)
    owner = values.get("owner")
    if owner is not None:
        if block.minutes.occurrence.series.is_chatham:
            raise Invalid({"owner": [_("Sous la règle de Chatham House, aucun nom n’est écrit.")]})
        values["owner"] = people_visible_to(by).filter(pk=owner).first()
        if values["owner"] is None:
            raise Invalid({"owner": [_("Cette personne n’existe pas.")]})
    for name, value in values.items():
        setattr(block, name, value)
    check(block, without=("minutes", "text", "client_id"))


def _set_text(block: Block, text: str) -> None:
    block.text = _written(text)
    block.html = render(block.text, prefix=f"bloc-{block.pk or 'neuf'}")


def _written(text: str) -> str:
    written = clean_text(text)
    if not written or len(written) > MOST_LETTERS:
        raise Invalid({"text": [_("De 1 à 5 000 caractères.")]})
    return written


def _saved(block: Block) -> Block:
    block.updated_at = timezone.now()
    block.save()
    occurrence = block.minutes.occurrence
    record_in(occurrence, Change.BLOCK_REMOVED if block.is_removed else Change.BLOCK_CHANGED, block=block.pk)
    publish(OccurrenceChanged(occurrence.pk, occurrence.series_id))
    return block


@transaction.atomic
def submit_minutes(*, by: User, occurrence: Occurrence) -> Minutes:
    """Open the seven days in which everybody reads the minutes again; then they freeze by themselves."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    minutes = _opened(locked)
    _refuse_frozen(minutes)
    if minutes.state == MinutesState.OPEN:
        minutes.state, minutes.review_until = MinutesState.REVIEW, timezone.now() + WINDOW
        minutes.save()
        record_in(locked, Change.MINUTES_CHANGED)
        publish(OccurrenceChanged(locked.pk, locked.series_id))
    return minutes


def freeze_minutes(*, now: datetime.datetime) -> int:
    """Freeze the minutes whose seven days are over, with their text as it is; return how many. By the worker."""
    due = Minutes.objects.filter(state=MinutesState.REVIEW, review_until__lte=now).order_by("pk")
    return sum(_freeze(pk, now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _freeze(pk: int, now: datetime.datetime) -> bool:
    locked = occurrence_under_lock(Occurrence.objects.get(minutes=pk))
    minutes = Minutes.objects.get(pk=pk)
    minutes.occurrence = locked
    if minutes.state != MinutesState.REVIEW:
        return False
    minutes.state, minutes.frozen_at, minutes.frozen_text = MinutesState.FROZEN, now, markdown_of(minutes)
    minutes.save()
    record_in(locked, Change.MINUTES_CHANGED)
    publish(OccurrenceChanged(locked.pk, locked.series_id))
    return True
