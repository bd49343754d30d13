"""What probes and monitors read."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_healthz_and_readyz_answer_when_all_is_well() -> None:
    assert (Client().get("/healthz").status_code, Client().get("/readyz").json()) == (
        200, {"database": True, "migrations": True},
    )  # fmt: skip


def test_readyz_says_that_a_migration_waits() -> None:
    MigrationRecorder(connection).migration_qs.filter(app="practices").delete()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


def test_metrics_are_for_this_machine_or_who_bears_the_token(settings: Settings) -> None:
    assert Client().get("/metrics").status_code == 200
    assert Client(headers={"X-Forwarded-For": "203.0.113.7"}).get("/metrics").status_code == 404
    assert Client(REMOTE_ADDR="203.0.113.7").get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "un jeton"
    for bearer, status in (("un jeton", 200), ("autre", 404)):
        elsewhere = Client(REMOTE_ADDR="203.0.113.7", headers={"Authorization": f"Bearer {bearer}"})
        assert elsewhere.get("/metrics").status_code == status
