"""Which collections a person may read, and which sheets they see in them."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.people.enums import MemberRole
from practices.models import Collection, CollectionItem
from practices.queries import collections_visible_to, items_visible_to
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_collections_visible_to_agrees_with_view_collection_for_every_role() -> None:
    network = NetworkFactory.create()
    for confidentiality in ("public", "members", "chatham", "network", "private"):
        Collection.objects.create(network=network, slug=confidentiality, title="C", confidentiality=confidentiality)
    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "stranger": UserFactory.create(),
        "member": UserFactory.create(),
        "co-curator": UserFactory.create(),
        "gone co-curator": UserFactory.create(),
        "curator": UserFactory.create(),
        "moderator": UserFactory.create(is_moderator=True),
    }
    for name, role in (("member", "member"), ("co-curator", "member"), ("curator", MemberRole.CURATOR)):
        join(people[name], network, role)
    private = Collection.objects.get(slug="private")
    private.curators.add(people["co-curator"], people["gone co-curator"])
    counts = {}
    for name, user in people.items():
        seen = set(collections_visible_to(user))
        assert seen == {c for c in Collection.objects.all() if user.has_perm("practices.view_collection", c)}, name
        counts[name] = len(seen)
    assert counts == {
        "visitor": 1, "stranger": 3, "member": 4, "co-curator": 5, "gone co-curator": 3, "curator": 5, "moderator": 5,
    }  # fmt: skip


def test_items_visible_to_leaves_out_what_the_reader_may_not_see() -> None:
    collection = Collection.objects.create(network=NetworkFactory.create(), slug="c", title="C")
    shown, hidden, draft = published_sheet(), published_sheet(confidentiality="members"), draft_sheet()
    for position, sheet in enumerate((hidden, shown, draft)):
        CollectionItem.objects.create(collection=collection, sheet=sheet, position=position)
    assert [item.sheet for item in items_visible_to(AnonymousUser(), collection)] == [shown]
    assert [item.sheet for item in items_visible_to(draft.created_by, collection)] == [hidden, shown]
