"""What said from where somebody came goes when the session is over."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from commons.people.actions import forget_sessions
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_are_forgotten_with_their_address() -> None:
    for _n in range(2):
        signed_in(UserFactory.create()).get("/profil/")
    first, second = Session.objects.order_by("pk")
    Session.objects.filter(pk=first.pk).update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert UserSession.objects.count() == 2
    assert forget_sessions(now=timezone.now()) == 1
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [second.pk]
