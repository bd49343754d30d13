"""The pages of those who decide."""

import pytest

from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def test_queue_lists_the_oldest_first_for_its_curators_only() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    first, second = (sheet_in("submitted", by=author, network=network) for _ in range(2))
    assert signed_in(curator_of(network)).get("/a-decider/").context["rows"] == [first, second]
    assert signed_in(author).get("/a-decider/").context["rows"] == []


def test_decide_shows_the_text_and_what_it_lacks_then_moves_it() -> None:
    sheet = sheet_in("submitted", if_again="")
    client = signed_in(UserFactory.create(is_moderator=True))
    here = f"/a-decider/{sheet.pk}/"
    page = client.get(here)
    assert [str(label) for label in page.context["lacking"]] == ["Si c’était à refaire"]
    assert "<strong>un micro</strong>" in page.content.decode()
    assert [code for code, _ in page.context["form"].fields["state"].choices] == ["candidate", "adopted", "draft"]
    refused = client.post(here, {"state": "adopted"})
    assert refused.context["form"].non_field_errors() == ["Il manque encore : Si c’était à refaire."]
    assert client.post(here, {"state": "draft"}).context["form"].errors["reason"][0].startswith("Dites pourquoi")
    assert client.post(here, {"state": "draft", "reason": "Complétez."}).url == "/a-decider/"
    sheet.refresh_from_db()
    assert sheet.editorial_state == "draft"


def test_strangers_and_authors_do_not_decide() -> None:
    draft, adopted = draft_sheet(), published_sheet()
    assert signed_in(UserFactory.create()).get(f"/a-decider/{draft.pk}/").status_code == 404
    assert signed_in(adopted.created_by).get(f"/a-decider/{adopted.pk}/").status_code == 403


def test_queue_shows_one_state_or_all_by_network() -> None:
    moderator = signed_in(UserFactory.create(is_moderator=True))
    network, author = NetworkFactory.create(name="Les Cintres"), UserFactory.create()
    join(author, network)
    asked = sheet_in("submitted", by=author, network=network)
    due, candidate = sheet_in("to_review"), sheet_in("candidate", by=author, network=network)
    page = moderator.get("/a-decider/")
    assert [(str(tab["label"]), tab["count"]) for tab in page.context["tabs"]] == [
        ("Toutes", 3), ("Proposées", 1), ("Candidates", 1), ("À revoir", 1),
    ]  # fmt: skip
    assert sorted(sheet.pk for sheet in page.context["rows"]) == sorted([asked.pk, due.pk, candidate.pk])
    assert page.content.decode().count(">Les Cintres</h2>") == 1
    assert moderator.get("/a-decider/?state=to_review").context["rows"] == [due]
    assert len(moderator.get("/a-decider/?state=draft").context["rows"]) == 3
