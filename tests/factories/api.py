"""Calls the API as a person with a token."""

from typing import Any

from rest_framework.test import APIClient

from commons.people.actions import create_token
from commons.people.models import User


def client_of(user: User | None = None, scope: str = "write", **headers: str) -> APIClient:
    """Return a client that bears the person's token; a visitor's without a person."""
    client = APIClient(headers=headers)
    if user is not None:
        _token, key = create_token(by=user, name="essai", scope=scope)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client


def refusal(response: Any) -> tuple[int, str]:
    """Return what a problem document says: status and code."""
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return response.status_code, response.json()["code"]
