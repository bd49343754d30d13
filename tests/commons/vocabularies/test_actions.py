"""Vocabularies are loaded once and changed by curators."""

import pytest
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from commons.errors import NotAllowed
from commons.vocabularies.actions import change_entry, load_vocabularies
from commons.vocabularies.models import Entry
from commons.vocabularies.queries import label_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_load_vocabularies_adds_only_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    Entry.objects.filter(vocabulary="sync", code="both").delete()
    Entry.objects.filter(vocabulary="sync", code="synchronous").update(label_fr="À la même heure")
    assert load_vocabularies() == 1
    assert Entry.objects.get(vocabulary="sync", code="synchronous").label_fr == "À la même heure"
    call_command("load_vocabularies")
    assert capsys.readouterr().out == "vocabularies: 0 codes added\n"


def test_change_entry_is_for_curators_and_shows_at_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    entry = Entry.objects.get(vocabulary="sync", code="both")
    with pytest.raises(NotAllowed):
        change_entry(by=UserFactory.create(), entry=entry, values={"label_fr": "Non"})
    with django_capture_on_commit_callbacks(execute=True):
        change_entry(by=curator_of(NetworkFactory.create()), entry=entry, values={"label_fr": " Les deux rythmes "})
    assert label_of("sync", "both") == "Les deux rythmes"
