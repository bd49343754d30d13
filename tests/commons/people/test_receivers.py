"""The log says how people sign in, and not who."""

import pytest
from django.test import Client
from structlog.testing import capture_logs

from tests.factories.people import PASSWORD, UserFactory


@pytest.mark.django_db
def test_sign_ins_refusals_and_sign_outs_are_logged_without_the_person() -> None:
    user = UserFactory.create()
    browser = Client()
    with capture_logs() as logs:
        browser.login(username=user.email, password="pas le bon")
        browser.login(username=user.email, password=PASSWORD)
        browser.logout()
    assert logs == [
        {"event": "sign_in_refused", "log_level": "warning"},
        {"event": "signed_in", "log_level": "info"},
        {"event": "signed_out", "log_level": "info"},
    ]
