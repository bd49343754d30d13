"""The sheet's page: to whom it is shown, what it says, what it costs, how it is kept."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.people.enums import MemberRole
from commons.people.models import User
from practices.actions import (
    add_trial,
    create_sheet,
    decide_sheet,
    rate_sheet,
    save_sheet,
    submit_sheet,
    support_sheet,
)
from practices.enums import Confidentiality, EditorialState
from practices.models import Collection, CollectionItem, Sheet
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _reader(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend=BACKEND)
    return client


def _page(client: Client, sheet: Sheet) -> str:
    response = client.get(sheet.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def _need(by: User | None = None) -> Sheet:
    values: dict[str, Any] = {"kind": "need", "problem": "Combien ?", "domain": ["audience_data"]}
    author = by or UserFactory.create()
    need = create_sheet(by=author, values=values | {"title": "Compter les publics"})
    submit_sheet(by=author, sheet=need)
    decide_sheet(by=UserFactory.create(is_moderator=True), sheet=need, state="adopted")
    need.refresh_from_db()
    return need


@pytest.mark.parametrize("trials", [1, 3])
def test_a_visitors_page_costs_eight_queries_whatever_the_trials(
    trials: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sheet = published_sheet()
    published_sheet(title="Une voisine")
    for _n in range(trials):
        add_trial(by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="worked", recommend=9)
    rate_sheet(by=UserFactory.create(), sheet=sheet, useful=4, clear=4, transferable=4)
    cache.clear()
    with django_assert_num_queries(8):  # sheet, terms, trials, prior, stamp, nearest, their domains, collections
        page = _page(Client(), sheet)
    assert page.count('id="essai-') == trials


def test_a_wrong_slug_leads_to_the_right_one() -> None:
    sheet = published_sheet()
    response = Client().get(reverse("sheet", args=[sheet.pk, "fiche"]))
    assert (response.status_code, response.headers["Location"]) == (302, sheet.get_absolute_url())


def test_each_sheet_is_shown_to_those_who_may_read_it_and_to_nobody_else() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    people: dict[str, User | None] = {"visitor": None, "stranger": UserFactory.create(), "author": author}
    for role in (MemberRole.MEMBER, MemberRole.CURATOR):
        people[role] = member = UserFactory.create()
        join(member, network, role)
    sheets = {state: sheet_in(state, by=author, network=network) for state in EditorialState}
    hidden = (Confidentiality.MEMBERS, Confidentiality.NETWORK)
    shut = {c: sheet_in("adopted", by=author, network=network, confidentiality=c) for c in hidden}
    seen = {}
    for name, user in people.items():
        client = _reader(user)
        codes = {key: client.get(sheet.get_absolute_url()).status_code for key, sheet in (sheets | shut).items()}
        assert set(codes.values()) <= {200, 404}
        seen[name] = {str(key) for key, code in codes.items() if code == 200}
    open_ = {"candidate", "adopted", "to_review"}
    every = {str(state) for state in EditorialState} | {"members", "network"}
    assert seen == {
        "visitor": open_,
        "stranger": open_ | {"members"},
        "author": every,
        "member": open_ | {"members", "network"},
        "curator": every - {"draft"},
    }


def test_the_whole_text_is_on_the_page() -> None:
    sheet = published_sheet()
    page = _page(Client(), sheet)
    for words in (
        "Le podcast du bar", "Un podcast d’avant-spectacle", "Les nouveaux spectateurs", "Cent écoutes",
        "<strong>un micro</strong>", "Choisir les voix", "une semaine", "Deux cents écoutes", "212", "Manque de temps",
        "Le montage prend une journée", "Enregistrer plus tôt", "Le lieu peut changer", "De 2 à 5 jours",
        "Moins de 1 k€", "A fonctionné", "Théâtre du Pont", "Creative Commons", "En ligne", "podcast",
        f"/fiches/{sheet.pk}/versions/1/",
    ):  # fmt: skip
        assert words in page, words


def test_a_draft_is_shown_to_its_author_as_it_will_be_read() -> None:
    sheet = draft_sheet(confidentiality="chatham", what="Un **secret**")
    author = sheet.created_by
    assert author is not None
    page = _page(_reader(author), sheet)
    assert "Brouillon" in page
    assert "<strong>secret</strong>" in page
    assert author.public_name not in page.split("<main")[1]
    assert "Citer et reprendre" not in page


def test_what_is_being_rewritten_is_not_shown_yet() -> None:
    sheet = published_sheet()
    author = sheet.created_by
    assert author is not None
    save_sheet(by=author, sheet=sheet, values={"what": "Pas encore dit"}, revision=sheet.revision)
    assert "Pas encore dit" not in _page(Client(), sheet)
    response = _reader(author).get(sheet.get_absolute_url())
    assert ("Pas encore dit" in response.content.decode(), response.context["has_unpublished"]) == (False, True)


def test_a_state_that_is_not_adopted_is_said_with_its_reason_to_those_who_write() -> None:
    sheet = sheet_in(EditorialState.TO_REVIEW)
    assert sheet.created_by is not None
    assert "La date de relecture est passée" in _page(Client(), sheet)
    assert "Pour l’essai" not in _page(Client(), sheet)
    assert "Pour l’essai" in _page(_reader(sheet.created_by), sheet)


def test_trials_are_a_tree_and_like_houses_are_marked() -> None:
    sheet = published_sheet(UserFactory.create(institution=InstitutionFactory.create(name="Le Bar")))
    museum = InstitutionFactory.create(name="Musée lointain", type="museum", team_size="t5", disciplines=["science"])
    root = add_trial(
        by=UserFactory.create(), sheet=sheet, adaptation="adapted", outcome="mixed", recommend=6, changed="Le **lieu**",
        values={"effort_setup": "e3"},
    )  # fmt: skip
    far = add_trial(
        by=UserFactory.create(institution=museum), sheet=sheet, adaptation="inspired", outcome="failed", recommend=2,
        parent=root,
    )  # fmt: skip
    response = _reader(UserFactory.create()).get(sheet.get_absolute_url())
    (tree,) = response.context["trials"]
    assert (tree["pk"], tree["is_like"], [child["pk"] for child in tree["children"]]) == (root.pk, True, [far.pk])
    assert not tree["children"][0]["is_like"]
    page = response.content.decode()
    assert f'id="essai-{far.pk}"' in page
    assert "<strong>lieu</strong>" in page
    assert "De 6 à 20 jours" in page


def test_marks_of_houses_like_the_readers_stand_apart_with_their_reason() -> None:
    sheet = published_sheet()
    museum = InstitutionFactory.create(type="museum", team_size="t5", disciplines=["science"], territory="metropolis")
    rate_sheet(by=UserFactory.create(), sheet=sheet, useful=5, clear=5, transferable=5)
    rate_sheet(by=UserFactory.create(institution=museum), sheet=sheet, useful=1, clear=1, transferable=1)
    reader = _reader(UserFactory.create()).get(sheet.get_absolute_url())
    opinions = reader.context["opinions"]
    assert (opinions["count"], opinions["like_count"]) == (2, 1)
    assert opinions["like"][0]["mean"] > opinions["all"][0]["mean"]
    assert "Avis de 1 maison proche de la vôtre : théâtre" in opinions["like_sentence"].replace("\xa0", " ")
    assert "Maisons comme la vôtre" in reader.content.decode()
    assert "Maisons comme la vôtre" not in _page(Client(), sheet)


def test_a_need_counts_those_who_have_it_too() -> None:
    sheet = _need()
    support_sheet(by=UserFactory.create(), sheet=sheet)
    page = _page(Client(), sheet)
    assert '<strong class="figure-number">1</strong> personne dit « nous aussi ».' in page
    assert "Essayé chez nous" not in page


def test_collections_and_neighbours_are_those_the_reader_may_read() -> None:
    author, network = UserFactory.create(), NetworkFactory.create()
    sheet = published_sheet(author)
    published_sheet(author, title="La voisine ouverte")
    published_sheet(author, title="La voisine fermée", confidentiality="members")
    for title, confidentiality in (("Ouverte", "public"), ("Réservée", "network")):
        shelf = Collection.objects.create(
            network=network, slug=title.lower()[:4], title=title, confidentiality=confidentiality
        )
        CollectionItem.objects.create(collection=shelf, sheet=sheet, position=1)
    response = Client().get(sheet.get_absolute_url())
    assert [row["title"] for row in response.context["related"]] == ["La voisine ouverte"]
    assert [shelf.title for shelf in response.context["collections"]] == ["Ouverte"]


def test_what_one_may_do_follows_the_permissions() -> None:
    sheet = published_sheet()
    assert sheet.created_by is not None
    assert Client().get(sheet.get_absolute_url()).context["can"] == {}
    reader = _reader(UserFactory.create()).get(sheet.get_absolute_url()).context["can"]
    author = _reader(sheet.created_by).get(sheet.get_absolute_url()).context["can"]
    assert [name for name, may in reader.items() if may] == ["propose_change", "add_trial", "rate_sheet"]
    assert [name for name, may in author.items() if may] == ["change_sheet"]


def test_a_visitor_gets_no_cookie() -> None:
    assert Client().get(published_sheet().get_absolute_url()).cookies == {}


def test_a_foreign_language_is_said() -> None:
    page = _page(Client(), published_sheet(language="en"))
    assert '<article lang="en">' in page


def test_hostile_texts_are_shown_as_text(corpora: Path) -> None:
    payloads = (corpora / "xss" / "payloads.txt").read_text(encoding="utf-8").splitlines()[:40]
    for payload in ("<img src=x onerror=alert(1)>", "{{ 7*7 }}</title><script>alert(1)</script>", payloads[3][:90]):
        sheet = published_sheet(title=f"T {payload}"[:100], tags=[payload[:50]], if_again=payload)
        page = _page(Client(), sheet)
        assert "<img src=x" not in page
        assert "<script>alert" not in page
