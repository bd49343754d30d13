"""The demonstration's people find notices under their bell, and no mail waits for them."""

import pytest

from commons.notices.models import Delivery, Fact, Notice

pytestmark = pytest.mark.usefixtures("loaded")


def test_people_are_told_on_the_site_and_not_by_mail() -> None:
    assert Notice.objects.count() >= 20
    assert Fact.objects.count() == 0
    waiting = Delivery.objects.filter(state="waiting").values_list("channel", flat=True)
    assert set(waiting) == {"app"}
