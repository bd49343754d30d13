"""Questions that a person could answer: open, recent, near what they know, the nearest first."""

import datetime

import pytest
from django.utils import timezone

from commons.notices.actions import take_stance
from commons.people.models import User
from forum.actions import add_post
from forum.digests import questions_for_me
from forum.models import Thread
from practices.models import Term
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def asked(title: str, **values: object) -> Thread:
    return thread_of(kind="question", title=title, **values)


def told(person: User) -> list[tuple[str, str]]:
    now = timezone.now()
    found = questions_for_me(person, now - datetime.timedelta(days=7), now)
    return [(entry.title, entry.note) for entry in found]


def test_questions_near_what_one_knows_come_nearest_first() -> None:
    me = UserFactory.create()
    published_sheet(by=me, tags=["podcast", "radio"])
    near = asked("Quel micro ?", tags=["podcast"])
    asked("Quel micro pour la radio ?", tags=["podcast", "radio"])
    asked("Au théâtre ?", sheet=published_sheet(tags=[]))  # of my house's discipline
    asked("Quelle peinture ?", tags=["peinture"])
    thread_of(title="Une discussion", tags=["podcast"])
    asked("La mienne", by=me, tags=["podcast"])
    add_post(by=me, thread=asked("J’ai déjà répondu", tags=["podcast"]), body="Oui.")
    Thread.objects.filter(pk=asked("Une ancienne", tags=["podcast"]).pk).update(
        created_at=timezone.now() - datetime.timedelta(days=8)
    )
    add_post(by=UserFactory.create(), thread=near, body="Un statique.")
    assert told(me) == [
        ("Quel micro pour la radio ?", "Sans réponse pour l’instant"),
        ("Quel micro ?", "1 réponse pour l’instant"),
        ("Au théâtre ?", "Sans réponse pour l’instant"),
    ]


def test_what_one_follows_counts_as_known() -> None:
    me = UserFactory.create(institution=None)
    published_sheet(tags=["podcast"])
    asked("Quel micro ?", tags=["podcast"])
    assert told(me) == []
    take_stance(by=me, subject=f"term:{Term.objects.get().pk}", level="followed")
    assert told(me) == [("Quel micro ?", "Sans réponse pour l’instant")]
