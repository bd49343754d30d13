"""A draft about a sheet is its author's own, while they may read the sheet."""

import pytest

from commons.errors import Invalid, NotFound
from practices.actions.drafts import MOST, TRIAL, save_draft
from practices.models import Draft
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_a_later_text_takes_the_place_of_the_earlier_and_an_empty_one_is_none() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    for text in ("changed=Un", "changed=Deux\x00"):
        save_draft(by=user, sheet=sheet, form=TRIAL, text=text)
    assert [draft.text for draft in Draft.objects.all()] == ["changed=Deux"]
    assert str(Draft.objects.get()) == "trial – Le podcast du bar"
    assert save_draft(by=user, sheet=sheet, form=TRIAL, text="") is None
    assert Draft.objects.count() == 0


def test_hidden_sheets_and_endless_texts_are_refused() -> None:
    user = UserFactory.create()
    with pytest.raises(NotFound):
        save_draft(by=user, sheet=draft_sheet(), form=TRIAL, text="changed=Un")
    with pytest.raises(Invalid):
        save_draft(by=user, sheet=published_sheet(), form=TRIAL, text="x" * (MOST + 1))
