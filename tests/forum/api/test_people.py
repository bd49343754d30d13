"""The API of who may be named: those who may read the thread and no others, who wrote here first."""

import pytest
from pytest_django import DjangoAssertNumQueries

from forum.actions import add_post
from forum.actions.bound import Binding, open_bound_thread
from tests.factories.api import client_of, refusal
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def names(user: object, thread: object, q: str) -> list[str]:
    answer = client_of(user).get(f"/api/v1/threads/{thread.pk}/people/?q={q}")
    return [person["name"] for person in answer.json()["results"]]


def test_names_are_offered_by_the_first_letters_of_a_word() -> None:
    thread, me = thread_of(), UserFactory.create(public_name="Moi Delmas")
    here = UserFactory.create(public_name="Élodie Delmas")
    add_post(by=here, thread=thread, body="Bonjour")
    other = UserFactory.create(public_name="Delphine Arbo")
    UserFactory.create(public_name="Adel Mas")
    assert names(me, thread, "del") == ["Élodie Delmas", "Delphine Arbo"]
    assert (names(me, thread, "elodie-d"), names(me, thread, "ELO")) == (["Élodie Delmas"], ["Élodie Delmas"])
    [row] = client_of(me).get(f"/api/v1/threads/{thread.pk}/people/?q=delphine").json()["results"]
    house = other.institution.slug
    assert row == {"id": other.pk, "name": "Delphine Arbo", "handle": f"delphine-arbo-{other.pk}", "institution": house}


def test_only_who_may_read_the_thread_is_offered() -> None:
    network = NetworkFactory.create()
    writer, member, stranger = (UserFactory.create(public_name=f"Zoé {n}") for n in "ABC")
    UserFactory.create(public_name="Zoé Modère", is_moderator=True)
    UserFactory.create(public_name="Zoé Fermée", is_active=False)
    for person in (writer, member):
        join(person, network)
    inside = thread_of(writer, network=network)
    assert names(writer, inside, "zo") == ["Zoé B", "Zoé Modère"]
    assert refusal(client_of(stranger).get(f"/api/v1/threads/{inside.pk}/people/?q=zo")) == (404, "not_found")
    assert client_of().get(f"/api/v1/threads/{thread_of().pk}/people/?q=zo").status_code == 401
    sheet = draft_sheet()
    assert names(sheet.created_by, thread_of(sheet.created_by, sheet=sheet), "zo") == ["Zoé Modère"]
    unnamed = open_bound_thread(Binding(title="Débat", audience="members", network=None, is_anonymous=True))
    assert names(writer, unnamed, "zo") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_offer_costs_the_same_for_any_number(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thread, client = thread_of(), client_of(UserFactory.create())
    for n in range(count):
        UserFactory.create(public_name=f"Zoé {n}")
    client.get(f"/api/v1/threads/{thread.pk}/people/?q=zo")
    with django_assert_num_queries(4):
        assert len(client.get(f"/api/v1/threads/{thread.pk}/people/?q=zo").json()["results"]) == count


def offered(user: object, q: str, space: str = "") -> list[str]:
    answer = client_of(user).get("/api/v1/threads/people/", {"q": q, "space": space})
    return [person["name"] for person in answer.json()["results"]]


def test_who_opens_a_thread_names_those_who_may_read_its_space() -> None:
    network, sheet = NetworkFactory.create(), draft_sheet()
    opener, member, stranger = (UserFactory.create(public_name=f"Zoé {n}") for n in "ABC")
    UserFactory.create(public_name="Zoé Fermée", is_active=False)
    for person in (opener, member):
        join(person, network)
    assert offered(opener, "zo") == ["Zoé B", "Zoé C"]
    assert offered(opener, "zo", f"network:{network.slug}") == ["Zoé B"]
    assert offered(stranger, "zo", f"network:{network.slug}") == []
    assert offered(sheet.created_by, "zo", f"sheet:{sheet.pk}") == []
    assert offered(sheet.created_by, "zo", f"sheet:{published_sheet().pk}") == ["Zoé A", "Zoé B", "Zoé C"]


def test_a_space_that_is_not_ones_own_to_know_is_refused() -> None:
    sheet, stranger = draft_sheet(), UserFactory.create()
    answer = client_of(stranger).get("/api/v1/threads/people/", {"q": "zo", "space": f"sheet:{sheet.pk}"})
    assert refusal(answer) == (422, "invalid")
    assert client_of().get("/api/v1/threads/people/?q=zo").status_code == 401
