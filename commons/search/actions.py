"""Writes saved searches, and what was searched for in vain."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Conflict, Invalid
from commons.permissions import require
from commons.search.models import SavedSearch, WantedText
from commons.search.sources import facet_names
from commons.text.normalise import normal_key

MOST_SAVED = 50
ASKED_EVERY = datetime.timedelta(hours=1)
NAME_LENGTH, TEXT_LENGTH, WANTED_LENGTH, SHORTEST = 80, 200, 120, 4
_MAY_NAME_SOMEBODY = re.compile(r"@|\d[\d .-]{5,}\d")


@transaction.atomic
def save_search(*, by: Any, name: str, text: str, filters: Mapping[str, Sequence[str]]) -> SavedSearch:
    """Keep a search under a name: words, filters or both. At most fifty; unknown filters are refused."""
    require(by, "search.save_search")
    name, text = name.strip()[:NAME_LENGTH], text.strip()[:TEXT_LENGTH]
    kept = {facet: [str(code) for code in codes] for facet, codes in filters.items() if codes}
    if unknown := [facet for facet in kept if facet not in ("kind", *facet_names())]:
        raise Invalid({facet: [_("Ce filtre est inconnu.")] for facet in unknown})
    if not (text or kept):
        raise Invalid({"text": [_("À remplir.")]})
    if SavedSearch.objects.filter(user=by).count() >= MOST_SAVED:
        raise Conflict(_("Cinquante recherches au plus : retirez-en une d’abord."), code="too_many_saved")
    name = name or text[:NAME_LENGTH] or _("Ma recherche")
    return SavedSearch.objects.create(user=by, name=name, text=text, filters=kept)


@transaction.atomic
def remove_saved_search(*, by: Any, saved: SavedSearch) -> None:
    """Forget one's saved search."""
    require(by, "search.change_saved_search", saved, see="search.change_saved_search")
    saved.delete()


@transaction.atomic
def rename_saved_search(*, by: Any, saved: SavedSearch, name: str) -> SavedSearch:
    """Call one's saved search otherwise; an empty name is refused."""
    require(by, "search.change_saved_search", saved, see="search.change_saved_search")
    name = name.strip()[:NAME_LENGTH]
    if not name:
        raise Invalid({"name": [_("À remplir.")]})
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def see_saved_search(*, by: Any, saved: SavedSearch) -> SavedSearch:
    """Note that the person has looked: what is new counts from now."""
    require(by, "search.change_saved_search", saved, see="search.change_saved_search")
    saved.seen_at = timezone.now()
    saved.save(update_fields=["seen_at"])
    return saved


@transaction.atomic
def take_due_searches(*, among: QuerySet[SavedSearch], now: datetime.datetime, most: int) -> list[SavedSearch]:
    """Take so many saved searches that nobody asked for an hour, longest ago first; each goes to one worker only."""
    due = among.filter(Q(asked_at=None) | Q(asked_at__lte=now - ASKED_EVERY))
    taken = due.select_for_update(skip_locked=True, of=("self",)).order_by(F("asked_at").asc(nulls_first=True), "pk")
    pks = list(taken.values_list("pk", flat=True)[:most])
    SavedSearch.objects.filter(pk__in=pks).update(asked_at=now)
    return list(SavedSearch.objects.filter(pk__in=pks).select_related("user").order_by("pk"))


@transaction.atomic
def give_back_searches(*, searches: Collection[SavedSearch]) -> None:
    """Let searches that the engine did not answer be taken again, before all others."""
    SavedSearch.objects.filter(pk__in=[saved.pk for saved in searches]).update(asked_at=None)


@transaction.atomic
def note_told(*, saved: SavedSearch, until: datetime.datetime) -> None:
    """Note that its owner is told of everything up to that date: only what is newer is told again."""
    SavedSearch.objects.filter(pk=saved.pk).update(told_until=until)


@transaction.atomic
def note_wanted_text(*, text: str) -> None:
    """Count words that nothing answered, without who, where from or at what hour.

    Left out: what is too short to say anything, too long to be a search, or may name somebody (addresses, numbers).
    """
    key = normal_key(text)[:WANTED_LENGTH]
    if len(key) < SHORTEST or len(text) > WANTED_LENGTH or _MAY_NAME_SOMEBODY.search(text):
        return
    wanted, is_new = WantedText.objects.get_or_create(key=key, defaults={"text": text.strip()})
    if not is_new:
        WantedText.objects.filter(pk=wanted.pk).update(count=F("count") + 1, last_date=timezone.localdate())


@transaction.atomic
def remove_wanted_text(*, by: Any, wanted: WantedText) -> None:
    """Take words off the public list: what is rude, or names somebody after all. For moderators."""
    require(by, "search.remove_wanted_text")
    wanted.delete()
