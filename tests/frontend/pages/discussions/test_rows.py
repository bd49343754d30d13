"""A row of the list is drawn once for the same facts, and anew whenever one that it shows changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from forum.models import Thread
from forum.queries import threads_by_activity
from frontend.pages.discussions.rows import row_of
from practices.models import Sheet
from tests.factories.forum import thread_of
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Callable[[Any], None]] = {
    "title": lambda thread: setattr(thread, "title", "Autre titre"),
    "kind": lambda thread: setattr(thread, "kind", "question"),
    "pin": lambda thread: setattr(thread, "is_pinned", True),
    "closure": lambda thread: setattr(thread, "closed_at", timezone.now()),
    "answer": lambda thread: setattr(thread, "answer_id", 1),
    "count": lambda thread: setattr(thread, "post_count", 77),
    "time": lambda thread: setattr(thread, "last_post_at", timezone.now().replace(year=2001)),
    "name": lambda thread: setattr(thread.created_by, "public_name", "Autre nom"),
    "house": lambda thread: setattr(thread.created_by.institution, "name", "Autre maison"),
    "author": lambda thread: setattr(thread, "created_by", None),
    "meeting": lambda thread: vars(thread).update(is_bound=True),
    "network": lambda thread: setattr(thread.network, "name", "Autre réseau"),
    "sheet": lambda thread: setattr(thread, "sheet", Sheet(title="Une fiche")),
    "tag": lambda thread: setattr(thread.tagged_terms.all()[0].tag, "name", "Autre mot"),
    "address": lambda thread: setattr(thread.tagged_terms.all()[0].tag, "slug", "autre-mot"),
}


@pytest.fixture
def thread() -> Thread:
    """Return a thread with all that a row may show, as the list reads it."""
    author = UserFactory.create(institution=InstitutionFactory.create())
    network = NetworkFactory.create()
    join(author, network)
    made = thread_of(author, network=network, tags=["radio"])
    rows = threads_by_activity(Thread.objects.filter(pk=made.pk))
    return rows.prefetch_related("tagged_terms__tag").get()


def _shown(thread: Thread, **reader: Any) -> tuple[str, str]:
    """Return the row's drawing, and what its template says."""
    row = row_of(thread, **{"read": None, "since": None} | reader)
    return row["html"], render_to_string("discussions/_row.html", {"thread": thread, "row": row})


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_row_shows_is_drawn_anew_when_it_changes(thread: Thread, change: str) -> None:
    thread.created_by = None if change == "meeting" else thread.created_by
    before, said = _shown(thread)
    assert before == said
    CHANGES[change](thread)
    after, said = _shown(thread)
    assert (after, after != before) == (said, True)


def test_each_reader_has_the_row_of_where_they_stand(thread: Thread) -> None:
    thread.last_seq = 5
    long_ago = timezone.now().replace(year=2001)
    readers: list[dict[str, Any]] = [{}, {"read": 5}, {"read": 2}, {"read": 3}, {"since": long_ago}]
    shown = [_shown(thread, **reader) for reader in (*readers, *readers)]
    assert [html for html, _said in shown] == [said for _html, said in shown]
    assert len({html for html, _said in shown}) == len(readers) - 1  # who has read all sees what a visitor sees
