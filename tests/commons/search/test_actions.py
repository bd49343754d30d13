"""Proves what is kept of searches: one's own by name, vain ones without anybody."""

import datetime

import pytest

from commons.errors import Invalid, NotAllowed, NotFound
from commons.search.actions import (
    note_wanted_text,
    remove_saved_search,
    remove_wanted_text,
    rename_saved_search,
    save_search,
    see_saved_search,
)
from commons.search.models import SavedSearch, WantedText
from commons.search.queries import saved_searches_of, wanted_texts
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_saved_search_is_its_owners_only() -> None:
    owner, other = UserFactory.create(), UserFactory.create()
    saved = save_search(by=owner, name="", text=" podcast ", filters={"format": ["podcast"], "domain": []})
    assert (saved.name, saved.text, saved.filters) == ("podcast", "podcast", {"format": ["podcast"]})
    assert (list(saved_searches_of(owner)), list(saved_searches_of(other))) == ([saved], [])
    with pytest.raises(NotFound):
        remove_saved_search(by=other, saved=saved)
    before = saved.seen_at
    assert see_saved_search(by=owner, saved=saved).seen_at > before
    remove_saved_search(by=owner, saved=saved)
    assert SavedSearch.objects.count() == 0


def test_an_empty_search_and_an_unknown_filter_are_refused() -> None:
    owner = UserFactory.create()
    with pytest.raises(Invalid):
        save_search(by=owner, name="Rien", text="", filters={})
    with pytest.raises(Invalid) as error:
        save_search(by=owner, name="Faux", text="x", filters={"couleur": ["bleu"]})
    assert list(error.value.fields) == ["couleur"]


def test_a_saved_search_is_renamed_by_its_owner() -> None:
    owner, other = UserFactory.create(), UserFactory.create()
    saved = save_search(by=owner, name="Voix", text="podcast", filters={})
    with pytest.raises(NotFound):
        rename_saved_search(by=other, saved=saved, name="À moi")
    with pytest.raises(Invalid):
        rename_saved_search(by=owner, saved=saved, name=" ")
    assert rename_saved_search(by=owner, saved=saved, name=" Des voix ").name == "Des voix"


def test_only_a_moderator_takes_a_vain_search_off_the_list() -> None:
    wanted = WantedText.objects.create(key="x", text="x", count=5)
    with pytest.raises(NotAllowed):
        remove_wanted_text(by=UserFactory.create(), wanted=wanted)
    remove_wanted_text(by=UserFactory.create(is_moderator=True), wanted=wanted)
    assert WantedText.objects.count() == 0


def test_vain_searches_are_counted_under_one_spelling_and_shown_when_several_asked() -> None:
    for text in ("Hologrammes d’archives", "hologrammes d'archives", "HOLOGRAMMES D’ARCHIVES"):
        assert list(wanted_texts()) == []
        note_wanted_text(text=text)
    wanted = wanted_texts().get()
    assert (wanted.text, wanted.count) == ("Hologrammes d’archives", 3)
    assert {f.name for f in WantedText._meta.get_fields()} == {"id", "key", "text", "count", "first_date", "last_date"}
    assert isinstance(wanted.last_date, datetime.date)


@pytest.mark.parametrize("text", ["abc", "anna@maison.example", "06 12 34 56 78", "x" * 121, "…"])
def test_what_may_name_somebody_or_says_nothing_is_not_kept(text: str) -> None:
    note_wanted_text(text=text)
    assert WantedText.objects.count() == 0
