"""The API does what its description says: schemathesis tries every operation, as a member and as a visitor."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from pytest_django import DjangoCaptureOnCommitCallbacks
from schemathesis.checks import CHECKS, load_all_checks

from commons.people.actions import create_token
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

application = get_wsgi_application()
# Search is left out: it needs an index, and has a contract suite of its own.
schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application).exclude(
    path_regex="/(search|suggest)/$"
)
load_all_checks()
# A number is taken where a text is expected, and codes come from vocabularies that the schema does not repeat: the
# schema is both stricter and looser than the actions, which have tests of their own.
TOLERATED = [CHECKS.get_one("positive_data_acceptance"), CHECKS.get_one("negative_data_rejection")]


@pytest.fixture
def bearer(db: None) -> Iterator[dict[str, str]]:  # noqa: ARG001 - the database is asked for, not used
    """Yield the header of a member who may write, beside a published sheet.

    The application is called in this thread, on this test's connection: as Django's own client does, it is kept open.
    """
    published_sheet()
    _token, key = create_token(by=UserFactory.create(), name="essai", scope="write")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {key}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@hypothesis.settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_operation_keeps_its_word(
    case: Any, bearer: dict[str, str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # what follows a commit is tried too
        case.call_and_validate(headers=bearer, excluded_checks=TOLERATED)
