"""Owns what a reader asks for, as the address says it, and the addresses of what they may ask next."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from commons.vocabularies.queries import entries_of, rank_of
from frontend.pages.search.scopes import CATALOGUE, TAB, Scope

MAX_TEXT = 200
MOST_PAGES = 50
UP_TO = {"effort_max": ("effort_setup", "effort_band"), "cost_max": ("cost_setup", "budget_band")}


@dataclass
class Asked:
    """What the address asks for: words, codes by facet, an order, a place in the list, all facets or the first ones.

    `page` counts the pages of what the engine found; `after` and `before` are places in a list by date.
    """

    scope: Scope = CATALOGUE
    q: str = ""
    sort: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    page: int = 1
    after: str = ""
    before: str = ""
    is_full: bool = False

    @classmethod
    def of(cls, query: QueryDict, scope: Scope = CATALOGUE) -> "Asked":
        """Read an address; what it does not understand is left out."""
        names = dict.fromkeys([TAB, *(facet.code for facet in scope.facets())])
        chosen = {name: list(dict.fromkeys(filter(None, map(_clean, query.getlist(name))))) for name in names}
        for name, (code, vocabulary) in UP_TO.items():
            chosen[code] = chosen[code] or codes_up_to(vocabulary, query.get(name, ""))
        q = _clean(query.get("q", ""))
        sort = query.get("sort", "")
        orders = scope.orders(q)
        return cls(
            scope=scope,
            q=q,
            sort=sort if sort in orders else orders[0],
            chosen={code: codes for code, codes in chosen.items() if codes},
            page=_number(query.get("page", "")),
            after=_clean(query.get("after", "")),
            before=_clean(query.get("before", "")),
            is_full="full" in query,
        )

    @property
    def default_sort(self) -> str:
        """Return the order taken when the address names none."""
        return self.scope.orders(self.q)[0]

    @property
    def is_first_page(self) -> bool:
        """Tell whether this is where a search begins."""
        return self.page == 1 and not (self.after or self.before)

    def url(self, **changes: Any) -> str:
        """Return this page's address with these changes; a change of filters goes back to the first page."""
        query = QueryDict(mutable=True)
        kept = {"q": self.q, "sort": self.sort, "full": "1" if self.is_full else ""}
        names = (*kept, "after", "before", "page")
        kept |= {name: changes.pop(name) for name in names if name in changes}
        if kept["sort"] == self.scope.orders(kept["q"])[0]:
            kept["sort"] = ""
        for code, codes in (self.chosen | changes).items():
            query.setlist(code, codes)
        for name, value in kept.items():
            if value:
                query[name] = value
        encoded = query.urlencode()
        return f"{reverse(self.scope.view)}?{encoded}" if encoded else reverse(self.scope.view)

    def without(self, code: str, value: str) -> str:
        """Return the address less one chosen code."""
        return self.url(**{code: [one for one in self.chosen[code] if one != value]})

    def cleared(self) -> str:
        """Return the address less words and filters; the tab stays."""
        return self.url(q="", **{code: [] for code in self.chosen if code != TAB})


def codes_up_to(vocabulary: str, code: str) -> list[str]:
    """Return the codes of a scale up to this one; none when it is not on the scale."""
    highest = rank_of(vocabulary, code)
    if highest is None:
        return []
    return [one.code for one in entries_of(vocabulary).values() if one.rank is not None and one.rank <= highest]


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:MAX_TEXT]


def _number(text: str) -> int:
    """Return a page's number: the first or the last one when there is none such."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text[:6]), 1), MOST_PAGES)
