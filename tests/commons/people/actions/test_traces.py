"""Names and addresses are written over where they were copied, and nothing else is."""

import pytest

from commons.people.actions.traces import Traces, write_over
from forum.models import Post
from practices.models import Sheet, Version
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
GONE = "une personne qui a quitté Commons"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Merci à Élise Martin-Roux !", f"Merci à {GONE} !"),
        ("élise  martin-roux", GONE),
        ("elise-martin-roux.pdf", f"{GONE}.pdf"),
        ("Élise Martin", "Élise Martin"),
        ("Mélise Martin-Roux", "Mélise Martin-Roux"),
        ("Écrire à elise@pont.example.", "Écrire à …@…."),
        ("chef.elise@pont.example", "chef.elise@pont.example"),
        ("Elise O&#x27;Hara", GONE),
        ("> **Lilou**\n> Bonjour Lilou", f"> **{GONE}**\n> Bonjour Lilou"),
        ("<p><strong>Lilou</strong></p>", f"<p><strong>{GONE}</strong></p>"),
        ("Bravo.\n\n— Lilou\n", f"Bravo.\n\n— {GONE}\n"),
        ("— Lilou, Le Pont", f"— {GONE}, Le Pont"),
    ],
)
def test_a_trace_is_written_over(text: str, written: str) -> None:
    person = UserFactory.create(public_name="Élise Martin-Roux", email="elise@pont.example")
    assert Traces(person, ["Elise O'Hara", "Lilou"]).over(text) == written


def test_values_lose_the_names_that_sign_them() -> None:
    person = UserFactory.create(public_name="Lilou")
    value = {"authors": [{"name": "lilou"}, {"name": "Ada"}], "tools": [{"name": "Lilou"}], "steps": [3, None]}
    written = {"authors": [{"name": GONE}, {"name": "Ada"}], "tools": [{"name": "Lilou"}], "steps": [3, None]}
    assert Traces(person, []).over_value(value) == written


def test_a_name_that_somebody_else_bears_stays() -> None:
    person = UserFactory.create(public_name="Camille Durand")
    UserFactory.create(public_name="camille  durand")
    assert Traces(person, []).over("Camille Durand") == "Camille Durand"


def test_only_what_bears_a_trace_is_written() -> None:
    person = UserFactory.create(public_name="Élise Martin-Roux")
    sheet, other = published_sheet(person), published_sheet()
    before = Version.objects.get(sheet=other)
    post = Post.objects.get(thread=thread_of(body=f"Merci {'x' * 40} Élise Martin-Roux", title="É" * 190 + "Martin"))
    Sheet.objects.filter(pk=sheet.pk).update(title="a" * 180 + " Élise Martin-Roux")
    assert write_over(Traces(person, [])) == 3
    post.refresh_from_db()
    assert (post.body, post.html.count(GONE)) == (f"Merci {'x' * 40} {GONE}", 1)
    assert len(Sheet.objects.get(pk=sheet.pk).title) == 200
    assert Version.objects.get(sheet=sheet).content["authors"] == [{"name": GONE}]
    assert Version.objects.get(sheet=other).content == before.content
    assert write_over(Traces(person, [])) == 0
