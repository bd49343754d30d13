"""The networks' collections hold published sheets, each with a word."""

import pytest
from django.contrib.auth.models import AnonymousUser

from practices.models import Collection, CollectionItem
from practices.queries.collections import collections_visible_to, items_visible_to

pytestmark = pytest.mark.usefixtures("loaded")


def test_collections_are_ordered_and_annotated() -> None:
    items = CollectionItem.objects.filter(collection__slug="commencer-demain").order_by("position")
    assert [item.sheet.source_key for item in items.select_related("sheet")] == [
        "demo:message-de-la-veille",
        "demo:menage-numerique-annuel",
        "demo:podcast-des-loges",
        "demo:guide-podcast-400-euros",
        "demo:strategie-sur-une-page",
    ]
    assert CollectionItem.objects.filter(note_html="").count() == 0
    assert Collection.objects.filter(curators=None).count() == 0


def test_a_visitor_sees_four_collections_less_the_sheets_of_members() -> None:
    visitor = AnonymousUser()
    seen = collections_visible_to(visitor)
    assert sorted(collection.slug for collection in seen) == [
        "ce-que-nous-avons-arrete",
        "commencer-demain",
        "des-fonds-qui-parlent",
        "filmer-sans-se-facher",
    ]
    stopped = seen.get(slug="ce-que-nous-avons-arrete")
    assert (stopped.items.count(), items_visible_to(visitor, stopped).count()) == (4, 2)
