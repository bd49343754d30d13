"""Writes what a person does with notices: read them, choose where they go, follow and mute subjects."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Invalid, NotFound
from commons.notices.bells import ring
from commons.notices.enums import MAILS, Cadence, Channel, Level, State
from commons.notices.kinds import keepings, kinds, may_choose, split, subjects, without_strand
from commons.notices.models import Choice, Delivery, Follow, Notice, Rhythm
from commons.notices.queries import choices_of, shown_to
from commons.notices.stopping import DIGEST, read_stop_token
from commons.people.models import User
from commons.permissions import require


def read_notice(*, by: User, notice: Notice) -> Notice:
    """Mark one's own notice read; what still waited to be sent of it is not sent any more."""
    require(by, "notices.read_notices")
    if not by.has_perm("notices.view_notice", notice):
        raise NotFound
    _read(by, Notice.objects.filter(pk=notice.pk))
    notice.refresh_from_db()
    return notice


def read_all(*, by: User) -> int:
    """Mark everything read; return how many notices were not."""
    require(by, "notices.read_notices")
    return _read(by, Notice.objects.all())


def read_subject(*, by: User, subject: str) -> int:
    """Mark what one was told of a subject read: one is looking at it."""
    require(by, "notices.read_notices")
    return _read(by, Notice.objects.filter(subject=subject))


@transaction.atomic
def _read(by: User, notices: Any) -> int:
    pks = list(notices.filter(user=by, read_at=None).values_list("pk", flat=True))
    if not pks:
        return 0
    Notice.objects.filter(pk__in=pks).update(read_at=timezone.now())
    Delivery.objects.filter(notice__in=pks, state=State.WAITING).update(state=State.CANCELLED)
    transaction.on_commit(lambda: ring([by.pk]), robust=True)
    return len(pks)


@transaction.atomic
def choose(*, by: User, choices: Mapping[str, tuple[bool, str]]) -> None:
    """Say, for some kinds, whether the site shows them and where their mails go (`""` for nowhere).

    What is owed (`Kind.is_owed`) is refused: nobody chooses it away.
    """
    require(by, "notices.choose")
    if any(not may_choose(code) or mail not in dict(MAILS) for code, (_in_app, mail) in choices.items()):
        raise Invalid({"choices": [_("Choisissez dans la liste.")]})
    rows = [Choice(user=by, kind=code, in_app=in_app, mail=mail) for code, (in_app, mail) in choices.items()]
    Choice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["in_app", "mail"]
    )


def set_rhythm(
    *, by: User, digest: str, quiet_from: datetime.time | None = None, quiet_until: datetime.time | None = None
) -> Rhythm:
    """Say how often one wants something to read, and during which hours no mail comes (both, or none)."""
    require(by, "notices.choose")
    if digest not in Cadence.values:
        raise Invalid({"digest": [_("Choisissez dans la liste.")]})
    if (quiet_from is None) != (quiet_until is None):
        raise Invalid({"quiet_until": [_("Donnez les deux heures, ou aucune.")]})
    values = {"digest": digest, "quiet_from": quiet_from, "quiet_until": quiet_until}
    rhythm, _created = Rhythm.objects.update_or_create(user=by, defaults=values)
    return rhythm


def take_stance(*, by: User, subject: str, level: str) -> None:
    """Follow a subject (`followed`), mute it (`muted`), or neither (empty). One follows only what one may see."""
    require(by, "notices.choose")
    named = without_strand(subject)
    noun, pk = split(named)
    if level not in ("", *Level.values) or noun not in subjects():
        raise Invalid({"level": [_("Choisissez dans la liste.")]})
    if noun in keepings():
        keepings()[noun].take(by, pk, level)
        return
    if not level:
        Follow.objects.filter(user=by, subject=named).delete()
        return
    if not shown_to(by, [named]):
        raise NotFound
    Follow.objects.update_or_create(user=by, subject=named, defaults={"level": level})


def stop_by_token(token: str) -> tuple[User, str]:
    """Stop the mails that a token names, as its link in each mail allows without a session; raise `NotFound` else.

    Only mails stop: the site goes on showing. Stopping again changes nothing. Returns whose and which kind.
    """
    user_id, code = read_stop_token(token)
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None or (code != DIGEST and not may_choose(code)):
        raise NotFound
    if code == DIGEST:
        _stop_digests(person)
    else:
        in_app = kinds()[code].in_app
        Choice.objects.update_or_create(
            user=person, kind=code, defaults={"mail": ""}, create_defaults={"mail": "", "in_app": in_app}
        )
    return person, code


@transaction.atomic
def _stop_digests(person: User) -> None:
    """Stop the digest itself, and what would be gathered in one: no kind of notice may bring it back."""
    Rhythm.objects.update_or_create(user=person, defaults={"digest": Cadence.NEVER})
    gathered = (Channel.DAILY, Channel.WEEKLY)
    choose(by=person, choices={r.kind.code: (r.in_app, "") for r in choices_of(person) if r.mail in gathered})
