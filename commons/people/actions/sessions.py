"""Writes the end of sessions: what said from where somebody came goes once it serves nobody."""

import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def forget_sessions(*, now: datetime.datetime) -> int:
    """Delete the sessions that are over, with the network address and browser noted of them; return how many."""
    UserSession.objects.exclude(session_key__in=Session.objects.filter(expire_date__gt=now).values("pk")).delete()
    return Session.objects.filter(expire_date__lte=now).delete()[0]
