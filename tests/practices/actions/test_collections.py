"""Collections: opened, filled, ordered; nobody's choice is overwritten."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from practices.actions.collections import add_item, change_collection, create_collection, set_items
from practices.models import Collection
from tests.factories.people import NetworkFactory, UserFactory, curator_of
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def opened(**values: str) -> Collection:
    curator = curator_of(NetworkFactory.create())
    return create_collection(by=curator, network=curator.networks.get(), values={"title": "Filmer", **values})


def test_create_collection_makes_free_addresses_and_refuses() -> None:
    first = opened()
    curator = first.network.members.get()
    assert create_collection(by=curator, network=first.network, values={"title": "Filmer"}).slug == "filmer-2"
    for values, path in (
        ({"title": " "}, "title"),
        ({"title": "A", "x": 1}, "x"),
        ({"title": "A", "confidentiality": "z"}, "confidentiality"),
    ):
        with pytest.raises(Invalid) as refusal:
            create_collection(by=curator, network=first.network, values=values)
        assert list(refusal.value.fields) == [path]
    with pytest.raises(NotAllowed):
        create_collection(by=UserFactory.create(), network=first.network, values={"title": "A"})


def test_change_collection_hides_a_private_one_and_refuses_a_stale_revision() -> None:
    found = opened(confidentiality="private")
    with pytest.raises(NotFound):
        change_collection(by=UserFactory.create(), collection=found, values={"title": "A"}, revision=1)
    curator = found.network.members.get()
    changed = change_collection(by=curator, collection=found, values={"title": "A"}, revision=1)
    assert (changed.title, changed.revision) == ("A", 2)
    with pytest.raises(Conflict):
        change_collection(by=curator, collection=found, values={"title": "B"}, revision=1)


def test_set_items_replaces_the_whole_list_in_order() -> None:
    found = opened()
    curator = found.network.members.get()
    first, second, third = published_sheet(), published_sheet(), published_sheet()
    set_items(by=curator, collection=found, items=[{"sheet": s.pk} for s in (first, second)], revision=1)
    set_items(by=curator, collection=found, items=[{"sheet": third.pk, "note": "*n*"}, {"sheet": first.pk}], revision=2)
    rows = found.items.order_by("position").values_list("sheet", "note_html")
    assert list(rows) == [(third.pk, "<p><em>n</em></p>"), (first.pk, "")]
    wrong: tuple[list[dict[str, str]], ...] = ([{"sheet": draft_sheet().pk}], [{"sheet": first.pk}] * 2, [{}])
    for items in wrong:
        with pytest.raises(Invalid):
            set_items(by=curator, collection=found, items=items, revision=3)


def test_add_item_stands_last_and_needs_a_readable_sheet() -> None:
    found = opened()
    curator, sheet = found.network.members.get(), published_sheet()
    assert add_item(by=curator, collection=found, sheet=sheet).position == 0
    assert add_item(by=curator, collection=found, sheet=published_sheet()).position == 1
    assert add_item(by=curator, collection=found, sheet=sheet, note="Encore").position == 2
    with pytest.raises(NotFound):
        add_item(by=curator, collection=found, sheet=draft_sheet())
