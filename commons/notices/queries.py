"""Reads a person's notices, as that person may see them now, and what they chose."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from commons.notices.enums import Channel, Level
from commons.notices.kinds import Kind, Shown, keepings, kinds, split, subjects
from commons.notices.models import Choice, Follow, Notice, Rhythm
from commons.people.models import User
from commons.people.rules import is_signed_in


@dataclass(frozen=True)
class Line:
    """A notice said in words: one sentence, and where it leads."""

    notice: Notice
    sentence: str
    url: str
    is_owed: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the page of choices."""

    kind: Kind
    in_app: bool
    mail: str


def notices_of(user: Any) -> QuerySet[Notice]:
    """Return what the site shows a person, the newest first."""
    if not is_signed_in(user):
        return Notice.objects.none()
    return Notice.objects.filter(user=user, listed_at__isnull=False).select_related("by").order_by("-changed_at", "-pk")


def unread_count(user: Any) -> int:
    """Return the number on the bell."""
    return notices_of(user).filter(read_at=None).count() if is_signed_in(user) else 0


def lines_of(user: Any, notices: Iterable[Notice]) -> list[Line]:
    """Say notices in words, in the language of the moment; what the person may not see any more is left out.

    One read for each noun, however many notices.
    """
    rows = list(notices)
    shown = shown_to(user, (notice.subject for notice in rows))
    return [
        Line(notice, kind.sentence(notice, of.title), kind.url(notice, of.url), kind.is_owed)
        for notice in rows
        if (kind := kinds().get(notice.kind)) and (of := shown.get((notice.noun, notice.object_id)))
    ]


def shown_to(user: Any, named: Iterable[str]) -> dict[tuple[str, str], Shown]:
    """Return the subjects that a person may see now, by noun and id."""
    wanted: dict[str, list[str]] = {}
    for noun, pk in dict.fromkeys(split(subject) for subject in named):
        wanted.setdefault(noun, []).append(pk)
    return {
        (noun, pk): shown
        for noun, ids in wanted.items()
        if noun in subjects()
        for pk, shown in subjects()[noun].shown(user, ids).items()
    }


def choices_of(user: User) -> list[Row]:
    """Return, for every kind that one may choose, where the person wants it: as they said, else the kind's own way."""
    chosen = {choice.kind: choice for choice in Choice.objects.filter(user=user)}
    return [
        Row(kind, chosen[code].in_app, chosen[code].mail) if code in chosen else Row(kind, kind.in_app, kind.mail)
        for code, kind in kinds().items()
        if not kind.is_owed
    ]


def mail_choice(user: User, kind: Kind) -> str:
    """Return where the mails of a kind go for this person; empty for nowhere."""
    if kind.is_owed:
        return Channel.MAIL
    chosen = Choice.objects.filter(user=user, kind=kind.code).values_list("mail", flat=True).first()
    return kind.mail if chosen is None else chosen


def rhythm_of(user: User) -> Rhythm:
    """Return when the person wants mails; an unsaved one when they never said."""
    return Rhythm.objects.filter(user=user).first() or Rhythm(user=user)


def quiet_end(rhythm: Rhythm, now: datetime.datetime) -> datetime.datetime | None:
    """Return when the quiet hours that hold now end; none when mails are welcome. Hours are the site's own clock."""
    first, last = rhythm.quiet_from, rhythm.quiet_until
    if first is None or last is None or first == last:
        return None
    local = timezone.localtime(now)
    clock = local.time()
    is_quiet = first <= clock < last if first < last else clock >= first or clock < last
    if not is_quiet:
        return None
    day = local.date() if clock < last else local.date() + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, last))


def stances_of(user: Any, level: str) -> list[str]:
    """Return the subjects that a person follows, or muted, the newest first; then those that apps keep muted."""
    own = Follow.objects.filter(user=user, level=level).order_by("-created_at", "-pk")
    kept = keepings().items() if level == Level.MUTED else ()
    muted = [f"{noun}:{pk}" for noun, keeping in kept for pk in keeping.muted_by(user)]
    return [*own.values_list("subject", flat=True), *muted]


def stance(user: Any, subject: str) -> str:
    """Return where a person stands towards a subject; empty when they never said."""
    if not is_signed_in(user):
        return ""
    noun, pk = split(subject)
    if noun in keepings():
        return keepings()[noun].level(user, pk)
    return Follow.objects.filter(user=user, subject=subject).values_list("level", flat=True).first() or ""


def followers_of(named: Iterable[str]) -> QuerySet[User]:
    """Return who follows one of these subjects."""
    followed = Follow.objects.filter(subject__in=list(named), level=Level.FOLLOWED)
    return User.objects.filter(pk__in=followed.values("user"))
