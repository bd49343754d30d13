"""Vocabularies from memory: labels in both languages, codes, scales."""

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from commons.vocabularies.models import Entry, Vocabulary
from commons.vocabularies.queries import choices_of, entries_of, forget, is_code, label_of, rank_of

pytestmark = pytest.mark.django_db


def test_labels_follow_the_language() -> None:
    assert label_of("outcome", "worked") == "A fonctionné"
    with translation.override("en"):
        assert label_of("outcome", "worked") == "Worked"
        assert (str(Vocabulary.objects.get(code="outcome")), str(entries_of("outcome")["worked"])) == (
            Vocabulary.objects.get(code="outcome").label_en, "Worked",
        )  # fmt: skip
    assert str(Vocabulary.objects.get(code="outcome")) == Vocabulary.objects.get(code="outcome").label_fr
    assert (label_of("outcome", "?"), label_of("institution_type", "other:péniche")) == ("?", "péniche")


def test_is_code_takes_free_text_only_where_others_are_accepted() -> None:
    assert [is_code("institution_type", c) for c in ("theatre", "other:péniche", "other:", "bateau")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert (is_code("outcome", "other:bof"), is_code("nothing", "x")) == (False, False)


def test_rank_of_is_a_place_on_a_scale() -> None:
    assert [rank_of("team_size", code) for code in ("t1", "t5", "?")] == [1, 5, None]


def test_entries_are_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    forget()
    with django_assert_num_queries(2):
        assert list(entries_of("confidentiality")) == ["public", "members", "chatham", "network", "private"]
        entries_of("outcome")


def test_choices_of_leaves_deprecated_codes_to_who_bears_them() -> None:
    Entry.objects.filter(vocabulary="sync", code="both").update(deprecated_by="synchronous")
    forget()
    assert [e.code for e in choices_of("sync")] == ["synchronous", "asynchronous"]
    assert [e.code for e in choices_of("sync", keep=("both",))] == ["synchronous", "asynchronous", "both"]
