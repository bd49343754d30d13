"""Writes the collections that networks curate."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.enums import MemberState
from commons.people.models import Network, User
from commons.permissions import require
from commons.pictures import set_picture
from commons.text.markdown import render
from commons.text.normalise import slug_for
from practices.enums import Confidentiality
from practices.models import Collection, CollectionItem, Sheet
from practices.queries import sheets_visible_to
from practices.signals import CollectionChanged, SheetsCollected

COVER_SIDE = 1600
MOST_CURATORS = 20
WORDS = ("title", "intro", "cover", "cover_alt", "confidentiality")


@transaction.atomic
def create_collection(*, by: User, network: Network, values: Mapping[str, Any], slug: str = "") -> Collection:
    """Open an empty collection of a network; `title` is needed. Its address is made from the title."""
    require(by, "practices.add_collection", network)
    collection = Collection(network=network, slug=slug or _free_slug(network, str(values.get("title", ""))))
    return _write(collection, values)


@transaction.atomic
def change_collection(*, by: User, collection: Collection, values: Mapping[str, Any], revision: int) -> Collection:
    """Change a collection's words, cover or audience. A `Conflict` when it moved since `revision`."""
    locked = _locked(by=by, collection=collection, revision=revision)
    locked.revision += 1
    return _write(locked, values)


@transaction.atomic
def set_items(*, by: User, collection: Collection, items: Sequence[Mapping[str, Any]], revision: int) -> Collection:
    """Replace the whole ordered list: each item has a `sheet`, and may have a `section` and a `note`.

    Refuses a new sheet that the curator may not read, and one that stands twice. A `Conflict` when the collection moved
    since `revision`: nobody's choice is overwritten.
    """
    locked = _locked(by=by, collection=collection, revision=revision)
    chosen = [str(item.get("sheet", "")) for item in items]
    visible = Q(pk__in=sheets_visible_to(by).published().values("pk"))
    allowed = Sheet.objects.filter(visible | Q(collection_items__collection=locked), pk__in=chosen).distinct()
    sheets = {sheet.pk: sheet for sheet in allowed}
    if any(pk not in sheets for pk in chosen) or len(set(chosen)) != len(chosen):
        raise Invalid({"items": [_("Une fiche manque, se répète, ou ne vous est pas ouverte.")]})
    _tell_new(by, locked, set(chosen))
    locked.items.exclude(sheet__in=chosen).delete()
    for position, item in enumerate(items):
        _place(locked, sheets[chosen[position]], position, item)
    locked.revision += 1
    return _saved(locked)


@transaction.atomic
def add_item(*, by: User, collection: Collection, sheet: Sheet, section: str = "", note: str = "") -> CollectionItem:
    """Put a sheet at the end of a collection, with a word on why; adding it again changes its place and word."""
    locked = _locked(by=by, collection=collection)
    require(by, "practices.view_sheet", sheet, see="practices.view_sheet")
    _tell_new(by, locked, {sheet.pk})
    last = locked.items.exclude(sheet=sheet).aggregate(last=Max("position"))["last"]
    item = _place(locked, sheet, 0 if last is None else last + 1, {"section": section, "note": note})
    locked.revision += 1
    _saved(locked)
    return item


@transaction.atomic
def add_curator(*, by: User, collection: Collection, person: User) -> Collection:
    """Let a member of the network curate this collection too; adding them again changes nothing.

    For the network's curators. Refuses who is no member: they could not.
    """
    require(by, "practices.add_collection", collection.network)
    if not person.memberships.filter(network=collection.network, state=MemberState.ACTIVE).exists():
        raise Invalid({"person": [_("Choisissez une personne membre du réseau.")]})
    if collection.curators.count() >= MOST_CURATORS:
        raise Invalid({"person": [_("Vingt personnes au plus.")]})
    collection.curators.add(person)
    return _saved(collection)


@transaction.atomic
def remove_curator(*, by: User, collection: Collection, person: User) -> Collection:
    """Take the collection out of a person's hands; for the network's curators, and for oneself."""
    if by.pk != person.pk:
        require(by, "practices.add_collection", collection.network)
    collection.curators.remove(person)
    return _saved(collection)


def _locked(*, by: User, collection: Collection, revision: int | None = None) -> Collection:
    locked = Collection.objects.select_for_update(of=("self",)).select_related("network").get(pk=collection.pk)
    require(by, "practices.change_collection", locked, see="practices.view_collection")
    if revision not in (None, locked.revision):
        raise Conflict(_("Une autre personne a modifié cette collection entre-temps."), revision=locked.revision)
    return locked


def _tell_new(by: User, collection: Collection, coming: set[str]) -> None:
    if coming - set(collection.items.values_list("sheet_id", flat=True)):
        publish(SheetsCollected(collection.pk, by.pk))


def _place(collection: Collection, sheet: Sheet, position: int, item: Mapping[str, Any]) -> CollectionItem:
    note = str(item.get("note", "")).strip()[:1500]
    placed, _created = CollectionItem.objects.update_or_create(
        collection=collection,
        sheet=sheet,
        defaults={
            "position": position,
            "section": str(item.get("section", "")).strip()[:120],
            "note": note,
            "note_html": render(note, prefix=f"c{collection.pk}-{position}"),
        },
    )
    return placed


def _write(collection: Collection, values: Mapping[str, Any]) -> Collection:
    if unknown := [name for name in values if name not in WORDS]:
        raise Invalid({name: [_("Ce champ est inconnu.")] for name in unknown})
    for name, value in values.items():
        if name == "cover":
            set_picture(collection.cover, value, longest=COVER_SIDE)
        else:
            setattr(collection, name, value.strip() if isinstance(value, str) else value)
    if collection.cover and not collection.cover_alt:
        raise Invalid({"cover_alt": [_("Dites ce que l’image montre, pour qui ne la voit pas.")]})
    if not collection.title:
        raise Invalid({"title": [_("À remplir.")]})
    if collection.confidentiality not in Confidentiality.values:
        raise Invalid({"confidentiality": [_("Choisissez dans la liste.")]})
    collection.intro_html = render(collection.intro, prefix=f"col-{collection.slug}")
    return _saved(collection)


def _saved(collection: Collection) -> Collection:
    collection.updated_at = timezone.now()
    collection.save()
    publish(CollectionChanged(collection.pk))
    return collection


def _free_slug(network: Network, title: str) -> str:
    base = slug_for(title, 70) or "collection"
    taken = set(network.collections.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
