"""The pages of the glossary and of the vocabularies."""

import html

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commons.vocabularies.models import Entry
from practices.actions.glossary import load_glossary, merge_term
from practices.models import Term
from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_glossary_counts_what_may_be_seen(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(number):
        published_sheet(tags=[f"radio {n}"])
        published_sheet(tags=[f"radio {n}"], confidentiality="members")
    with django_assert_num_queries(3):
        page = Client().get("/glossaire/")
    (letter,) = page.context["letters"]
    assert (letter["letter"], [row["uses"] for row in letter["rows"]]) == ("R", [1] * number)
    with django_assert_num_queries(2):
        assert Client().get("/glossaire/").content == page.content
    member = signed_in(UserFactory.create())
    for _asked in range(2):
        (letter,) = member.get("/glossaire/").context["letters"]
        assert [row["uses"] for row in letter["rows"]] == [2] * number


def test_glossary_counts_anew_when_terms_are_merged() -> None:
    for tag in ("radio", "podcast"):
        published_sheet(tags=[tag])
    curator = curator_of(NetworkFactory.create())
    client = signed_in(curator)

    def counted() -> list[tuple[str, int]]:
        letters = client.get("/glossaire/").context["letters"]
        return [(row["term"].name, row["uses"]) for letter in letters for row in letter["rows"]]

    assert counted() == [("podcast", 1), ("radio", 1)]
    merge_term(by=curator, term=Term.objects.get(key="podcast"), into=Term.objects.get(key="radio"))
    assert counted() == [("radio", 2)]


def test_a_term_shows_its_neighbours_and_its_sheets() -> None:
    load_glossary()
    broader = Term.objects.filter(narrower__isnull=False).first()
    narrower = broader.narrower.first()
    sheet = published_sheet(tags=[narrower.name])
    published_sheet(tags=[narrower.name], confidentiality="members")
    page = Client().get(narrower.get_absolute_url())
    assert [row["pk"] for row in page.context["sheets"]] == [sheet.pk]
    assert narrower in Client().get(broader.get_absolute_url()).context["narrower"]
    english = Client().get(f"/en/glossary/{narrower.slug}/").content.decode()
    assert narrower.definition_en.split(",")[0] in html.unescape(english)
    assert Client().get("/glossaire/rien/").status_code == 404


def test_a_curator_changes_and_so_approves_a_term() -> None:
    published_sheet(tags=["radio"])
    term = Term.objects.get()
    here = f"/glossaire/{term.slug}/modifier/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    client = signed_in(curator_of(NetworkFactory.create()))
    sent = {"name": "Radio", "name_en": "Radio", "synonyms_fr": "tsf\n\nTSF \ntsf", "definition_fr": "Des ondes."}
    client.post(here, sent)
    term.refresh_from_db()
    assert (term.state, term.synonyms_fr, term.definition_fr) == ("approved", ["tsf", "TSF"], "Des ondes.")
    assert client.get(here).context["form"].initial["synonyms_fr"] == "tsf\nTSF"
    Term.objects.create(key="podcast", slug="podcast", name="Podcast")
    taken = client.post(here, sent | {"name": "PODCAST"})
    assert taken.context["form"].non_field_errors() == ["Un autre terme porte déjà ce nom."]


def test_vocabularies_show_every_definition() -> None:
    page = Client().get("/vocabulaires/").content.decode()
    assert ('id="practice_domain"' in page, "?as=skos" in page) == (True, True)


def test_terms_are_merged_after_saying_what_moves() -> None:
    sheet = published_sheet(tags=["balado"])
    thread = thread_of(tags=["balado"])
    kept = thread_of(tags=["balado", "podcast"])
    gone, stays = Term.objects.get(name="balado"), Term.objects.get(name="podcast")
    here = f"{gone.get_absolute_url()}fusionner/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    client = signed_in(curator_of(NetworkFactory.create()))
    page = client.post(here, {"into": stays.pk})
    assert (page.context["into"], page.context["sheet_count"], Term.objects.filter(pk=gone.pk).count()) == (stays, 1, 1)
    assert "into" in client.post(here, {"into": gone.pk, "sure": "1"}).context["form"].errors
    assert client.post(here, {"into": stays.pk, "sure": "1"}).url == stays.get_absolute_url()
    assert [list(bearer.tags.all()) for bearer in (sheet, thread, kept)] == [[stays], [stays], [stays]]
    stays.refresh_from_db()
    assert stays.synonyms_fr == ["balado"]


def test_an_entry_changes_its_words_and_says_what_replaces_it() -> None:
    entry = Entry.objects.get(vocabulary__code="outcome", code="worked")
    here = "/vocabulaires/outcome/worked/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    client = signed_in(curator_of(NetworkFactory.create()))
    words = {"label_fr": "A bien marché", "label_en": "Worked", "definition_fr": "", "definition_en": ""}
    assert "label_fr" in client.post(here, words | {"label_fr": ""}).context["form"].errors
    assert "deprecated_by" in client.post(here, words | {"deprecated_by": "rien"}).context["form"].errors
    assert client.post(here, words).url == "/vocabulaires/"
    entry.refresh_from_db()
    assert (entry.label_fr, entry.code) == ("A bien marché", "worked")
    assert here in client.get("/vocabulaires/").content.decode()
    assert here not in Client().get("/vocabulaires/").content.decode()


def test_a_proposed_term_is_shown_to_whom_a_sheet_that_bears_it_is_open_and_to_curators() -> None:
    sheet = published_sheet(tags=["projet secret"], confidentiality="members")
    term = Term.objects.get()
    readers = (Client(), signed_in(UserFactory.create()), signed_in(sheet.created_by))
    curator = signed_in(curator_of(NetworkFactory.create()))
    assert [page.get(term.get_absolute_url()).status_code for page in (*readers, curator)] == [404, 200, 200, 200]
    listed = ["projet secret" in page.get("/glossaire/").content.decode() for page in (*readers, curator)]
    assert listed == [False, True, True, True]
    here = f"/api/v1/terms/{term.slug}/"
    assert [page.get(here).status_code for page in (*readers, curator)] == [404, 200, 200, 200]
    rows = [len(page.get("/api/v1/terms/").json()["results"]) for page in (*readers, curator)]
    assert rows == [0, 1, 1, 1]
