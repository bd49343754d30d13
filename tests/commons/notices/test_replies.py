"""An address to answer to names its delivery, survives mail servers, and cannot be made by anybody else."""

from typing import Any

import pytest

from commons.notices.models import Delivery, Notice
from commons.notices.replies import read_reply_token, reply_address, reply_token
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery() -> Delivery:
    notice = Notice.objects.create(user=UserFactory.create(), subject="thread:X", kind="reply")
    return Delivery.objects.create(notice=notice, channel="mail")


def test_an_address_leads_back_to_its_delivery_whatever_servers_do_to_it(delivery: Delivery, settings: Any) -> None:
    settings.MAIL_REPLY_DOMAIN = "reponses.example"
    address = reply_address(delivery)
    assert len(address.partition("@")[0]) <= 64
    for written in (address, address.upper(), reply_token(delivery.pk), address.partition("@")[0], f" {address} "):
        found = read_reply_token(written)
        assert found is not None
        assert (found.pk, found.notice.user, found.notice.subject) == (delivery.pk, delivery.notice.user, "thread:X")


def test_nobody_else_can_make_one(delivery: Delivery, settings: Any) -> None:
    token = reply_token(delivery.pk)
    signature = token.partition("-")[2]
    forged = ["", "x", "-", token[:-1], f"{delivery.pk + 1}-{signature}", f"٣-{signature}", f"{delivery.pk}-"]
    assert [read_reply_token(text) for text in forged] == [None] * len(forged)
    settings.SECRET_KEY = "another installation"
    assert read_reply_token(token) is None


def test_the_token_of_a_notice_that_is_gone_means_nothing(delivery: Delivery) -> None:
    token = reply_token(delivery.pk)
    delivery.notice.delete()
    assert read_reply_token(token) is None
