"""Owns the demonstration's collections."""

import datetime

from commons.people.models import Network
from commons.text.markdown import render
from frontend.demo.files import Values, moment, rows_of
from frontend.demo.people import People, people_of_demo
from frontend.demo.sheets import ids_of_demo
from practices.models import Collection, CollectionItem

AGE_DAYS = 10


def load_collections(today: datetime.date) -> int:
    """Add the collections that are missing and return how many; those there are left alone."""
    known = set(Collection.objects.values_list("network__slug", "slug"))
    missing = [row for row in rows_of("collections") if (row["network"], row["slug"]) not in known]
    people, sheets = people_of_demo(), ids_of_demo()
    for row in missing:
        collection = _add_collection(row, people, sheets)
        at = moment(today, AGE_DAYS)
        Collection.objects.filter(pk=collection.pk).update(created_at=at, updated_at=at)
    return len(missing)


def _add_collection(row: Values, people: People, sheets: dict[str, str]) -> Collection:
    collection = Collection.objects.create(
        network=Network.objects.get(slug=row["network"]),
        slug=row["slug"],
        title=row["title"],
        intro=row["intro"],
        intro_html=render(row["intro"], prefix=f"c-{row['slug']}"),
        confidentiality=row["visibility"],
    )
    collection.curators.set(people[email] for email in row["curators"])
    for position, item in enumerate(row["items"], 1):
        CollectionItem.objects.create(
            collection=collection,
            sheet_id=sheets[item["sheet"]],
            section=item["section"],
            position=position,
            note=item["note"],
            note_html=render(item["note"], prefix=f"c-{row['slug']}-{position}"),
        )
    return collection
