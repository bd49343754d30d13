"""What becomes of reports, measures and the trail when somebody leaves."""

import pytest

from commons.moderation.models import AuditEntry, Report, ReportNote, Sanction
from commons.people.actions import erase_person
from commons.people.enums import ErasureCause, ErasureMode
from tests.factories.lives import whole_life
from tests.factories.moderation import report_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", list(ErasureMode))
def test_what_was_done_stays_and_says_of_nobody(mode: ErasureMode) -> None:
    life = whole_life()
    report_on(life.unanswered, life.friend)
    count = AuditEntry.objects.count()
    erase_person(person=life.person, mode=mode, cause=ErasureCause.ASKED)
    excerpts = set(Report.objects.filter(by=life.friend).values_list("excerpt", flat=True))
    kept = "Cordialement, une personne qui a quitté Commons"
    assert excerpts == {"" if mode == ErasureMode.REMOVE else kept}
    assert set(Report.objects.values_list("about", "by")) == {(None, life.friend.pk), (life.friend.pk, None)}
    assert [note.text for note in ReportNote.objects.all()] == ["une personne qui a quitté Commons insiste."]
    assert (AuditEntry.objects.count(), Sanction.objects.count()) == (count, 0)
    assert "Quintefeuille" not in "".join(AuditEntry.objects.values_list("why", flat=True))
