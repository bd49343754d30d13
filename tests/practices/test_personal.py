"""What becomes of sheets, trials and marks when somebody leaves."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commons.people.actions import erase_person
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.models import User
from practices.actions import add_trial
from practices.actions.uploads import add_upload
from practices.models import Decision, Proposal, Rating, Sheet, Trial, Upload
from tests.factories.files import FILES
from tests.factories.forum import thread_of
from tests.factories.lives import whole_life
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
ANONYMISE, REMOVE = ErasureMode


def gone(person: User, mode: ErasureMode) -> None:
    erase_person(person=person, mode=mode, cause=ErasureCause.ASKED)


def test_anonymising_keeps_what_was_contributed_and_drops_what_was_a_draft() -> None:
    life = whole_life()
    kept = set(Sheet.objects.exclude(title__startswith="Brouillon").values_list("pk", flat=True))
    gone(life.person, ANONYMISE)
    assert set(Sheet.objects.values_list("pk", flat=True)) == kept
    assert [(row.by, row.outcome) for row in Trial.objects.all()] == [(None, "worked")]
    assert [(row.user, row.useful) for row in Rating.objects.all()] == [(None, 5)]
    rated = Sheet.objects.get(title="Tambours")
    assert (rated.rating_count, rated.trial_count) == (1, 1)
    assert Sheet.objects.get(title="Une salle").support_count == 0
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["fichier.pdf", "fichier.pdf"]
    assert list(life.shared.authorships.values_list("user__public_name", flat=True)) == ["Camille D."]
    assert set(Decision.objects.filter(sheet=life.shared, to_state="submitted").values_list("by", flat=True)) == {None}


def test_removing_takes_what_nobody_builds_on_and_counts_again(django_capture_on_commit_callbacks: Any) -> None:
    life = whole_life()
    unseen, shown = Upload.objects.filter(by=life.person).order_by("-name")[:2]
    storage = unseen.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        gone(life.person, REMOVE)
    assert not Sheet.objects.filter(pk=life.lonely.pk).exists()
    rated = Sheet.objects.get(title="Tambours")
    assert (rated.rating_count, rated.useful_sum, rated.trial_count, rated.worked_count) == (0, 0, 0, 0)
    assert (Trial.objects.count(), Rating.objects.count(), Proposal.objects.count()) == (0, 0, 0)
    assert [upload.pk for upload in Upload.objects.all()] == [min(unseen, shown, key=lambda u: u.pk).pk]
    assert sorted(storage.exists(upload.file.name) for upload in (unseen, shown)) == [False, True]


def test_a_sheet_that_others_need_stays_without_its_author() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    tried, talked, alone = (published_sheet(person, title=f"Fiche {n} mots") for n in "abc")
    inspiring = published_sheet(person, title="Source claire")
    published_sheet(other, based_on={"sheet": inspiring.pk})
    trial = add_trial(by=other, sheet=tried, adaptation="same", outcome="worked", recommend=8)
    thread_of(other, sheet=talked)
    own = thread_of(person, sheet=alone)
    mine = add_trial(by=person, sheet=published_sheet(other), adaptation="same", outcome="mixed", recommend=5)
    add_trial(by=UserFactory.create(), sheet=mine.sheet, adaptation="same", outcome="worked", recommend=7, parent=mine)
    upload = add_upload(by=person, sheet=alone, file=SimpleUploadedFile("a.pdf", FILES["dossier.pdf"]))
    draft = draft_sheet(person)
    gone(person, REMOVE)
    kept = set(Sheet.objects.filter(created_by=None).values_list("pk", flat=True))
    assert kept == {tried.pk, talked.pk, inspiring.pk}
    assert not Sheet.objects.filter(pk__in=(draft.pk, alone.pk)).exists()
    assert (Upload.objects.filter(pk=upload.pk).count(), type(own).objects.filter(pk=own.pk).count()) == (0, 0)
    assert Trial.objects.get(pk=trial.pk).by == other
    assert Trial.objects.get(pk=mine.pk).by is None
