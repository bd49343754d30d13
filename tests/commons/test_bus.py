"""Facts reach their receivers after the commit, each by itself."""

from dataclasses import dataclass

import pytest
import structlog
from django.db import transaction

from commons import bus


@dataclass(frozen=True)
class BellRang:
    """A fact of this test only."""

    bell_id: int


@pytest.mark.django_db(transaction=True)
def test_publish_waits_for_the_commit_and_isolates_receivers() -> None:
    heard: list[int] = []

    @bus.receives(BellRang)
    def fail(_fact: BellRang) -> None:
        raise ValueError("no ear")

    @bus.receives(BellRang)
    def hear(fact: BellRang) -> None:
        heard.append(fact.bell_id)

    with structlog.testing.capture_logs() as logs, transaction.atomic():
        bus.publish(BellRang(7))
        assert heard == []
    assert heard == [7]
    assert [(entry["event"], entry["fact"]) for entry in logs] == [("receiver_failed", "BellRang(bell_id=7)")]


@pytest.mark.django_db(transaction=True)
def test_publish_of_a_transaction_undone_tells_nothing() -> None:
    heard: list[BellRang] = []
    bus.receives(BellRang)(heard.append)
    with transaction.atomic():
        bus.publish(BellRang(8))
        transaction.set_rollback(True)
    assert heard == []
