"""Owns the alerts of saved searches: each is asked as its owner about once an hour, and tells what is new, once."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from commons.bus import publish
from commons.notices.enums import Channel
from commons.notices.kinds import Kind, News, Shown, Subject, add_kinds, add_subjects
from commons.notices.models import Choice
from commons.notices.outbox import listen
from commons.people.models import User
from commons.search.actions import give_back_searches, note_told, take_due_searches
from commons.search.engines.protocol import EngineDownError
from commons.search.models import SavedSearch
from commons.search.queries import saved_searches_of
from practices.queries import newest_found, news_dates
from practices.signals import SearchFoundNew

NEW_IN_SEARCH = "new_in_search"
AT_ONCE = 200
"""So many searches are asked at each tick: the worker has other things to do, and the next tick goes on."""


def subject_of(saved_id: int) -> str:
    """Return how notices name a saved search."""
    return f"search:{saved_id}"


def tell_of_new_sheets(*, now: datetime.datetime) -> int:
    """Ask the saved searches that are due, as their owners; tell of what is new, and return how many told something.

    New is what was published since the owner looked or was told, whichever is later. When the engine is down, nothing
    is told, and what it did not answer is asked first at the next tick.
    """
    taken = take_due_searches(among=_wanted(), now=now, most=AT_ONCE)
    told = 0
    for done, saved in enumerate(taken):
        try:
            told += _tell(saved)
        except EngineDownError:
            give_back_searches(searches=taken[done:])
            break
    return told


def _wanted() -> QuerySet[SavedSearch]:
    """Return the searches of those who did not refuse to be told, both on the site and by mail."""
    refused = Choice.objects.filter(user=OuterRef("user"), kind=NEW_IN_SEARCH, in_app=False, mail="")
    return SavedSearch.objects.filter(~Exists(refused), user__is_active=True)


def _tell(saved: SavedSearch) -> bool:
    dates = news_dates(saved.user, newest_found(saved.user, saved)).values()
    unseen = [date for date in dates if date > saved.seen_at]
    if not unseen or (saved.told_until is not None and max(unseen) <= saved.told_until):
        return False
    with transaction.atomic():
        note_told(saved=saved, until=max(unseen))
        publish(SearchFoundNew(saved.pk, len(unseen)))
    return True


def _found(fact: SearchFoundNew) -> Iterator[News]:
    owner = User.objects.filter(saved_searches=fact.saved_id)
    yield News(NEW_IN_SEARCH, subject_of(fact.saved_id), owner, detail=str(fact.count))


def _searches(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = saved_searches_of(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.name, reverse("saved_search", args=[row.pk])) for row in rows}


def _said(notice: Any, title: str) -> str:
    count = int(notice.detail)
    return ngettext(
        "%(count)d nouvelle fiche dans votre recherche « %(title)s »",
        "%(count)d nouvelles fiches dans votre recherche « %(title)s »",
        count,
    ) % {"count": count, "title": title}


def register() -> None:
    """Make saved searches, and what is new in them, known to notices."""
    add_subjects(Subject("search", gettext_lazy("Recherche gardée"), _searches))
    label = gettext_lazy("Du nouveau dans mes recherches gardées")
    add_kinds(Kind(NEW_IN_SEARCH, label, _said, mail=Channel.DAILY))
    listen(SearchFoundNew, _found)
