"""Reads collections and what stands in them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commons.people.enums import MemberRole
from commons.people.rules import is_moderator, is_signed_in, member_roles
from practices.enums import Confidentiality
from practices.models import Collection, CollectionItem
from practices.queries.sheets import open_to, sheets_visible_to


def collections_visible_to(user: Any) -> QuerySet[Collection]:
    """Return every collection the person may read: `practices.view_collection` as one query."""
    collections = Collection.objects.select_related("network")
    if not is_signed_in(user):
        return collections.filter(confidentiality=Confidentiality.PUBLIC)
    if is_moderator(user):
        return collections
    roles = member_roles(user)
    curated = [pk for pk, role in roles.items() if role == MemberRole.CURATOR]
    is_mine = Exists(Collection.curators.through.objects.filter(collection=OuterRef("pk"), user=user))
    return collections.filter(open_to(roles) | Q(network__in=curated) | (Q(network__in=list(roles)) & is_mine))


def items_visible_to(user: Any, collection: Collection) -> QuerySet[CollectionItem]:
    """Return a collection's items in order, less the sheets the person may not read."""
    return (
        collection.items.filter(sheet__in=sheets_visible_to(user).published().values("pk"))
        .select_related("sheet", "sheet__institution")
        .defer("sheet__content", "sheet__stamps")
        .order_by("position", "pk")
    )
