"""Visits pages as a person."""

from django.test import Client

from commons.people.models import User


def signed_in(user: User | None) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    assert user is not None
    client.force_login(user)
    return client
