"""A block becomes a draft sheet that says where it comes from, and the block says what came of it."""

import pytest

from commons.errors import Invalid
from events.actions import add_block, draft_from_block
from events.queries import blocks_of
from tests.factories.events import occurrence_of
from tests.factories.people import InstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_provenance_both_ways() -> None:
    speaker = UserFactory.create(institution=InstitutionFactory.create())
    writer, occurrence = UserFactory.create(), occurrence_of()
    text = "# Le micro au bar\n\nTrois voix, douze minutes."
    block, _new = add_block(by=speaker, occurrence=occurrence, text=text, values={"kind": "failure"})
    sheet = draft_from_block(by=writer, block=block)
    assert (sheet.title, sheet.content["what"], sheet.content["outcome"]) == ("Le micro au bar", text, "failed")
    assert sheet.institution == speaker.institution
    assert sheet.content["authors"] == [{"name": speaker.public_name}]
    assert sheet.content["based_on"]["url"].endswith(occurrence.get_absolute_url())
    assert [origin.sheet_id for origin in blocks_of(block.minutes, writer).get().shown_origins] == [sheet.pk]
    assert blocks_of(block.minutes, speaker).get().shown_origins == []


def test_a_question_is_no_sheet() -> None:
    person, occurrence = UserFactory.create(), occurrence_of()
    block, _new = add_block(by=person, occurrence=occurrence, text="Et chez vous ?", values={"kind": "question"})
    with pytest.raises(Invalid):
        draft_from_block(by=person, block=block)
