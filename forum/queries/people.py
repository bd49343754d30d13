"""Reads the people whom a post may name: who may read the thread it stands in."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commons.people.enums import MemberState
from commons.people.models import Membership, Network, User
from commons.people.queries import networks_of, people_visible_to
from commons.people.rules import is_signed_in
from commons.text.mentions import Named, numbers_in
from commons.text.normalise import normal_key
from forum.enums import Audience
from forum.models import Thread
from practices.models import Sheet

MOST_NAMED = 10
OFFERED, LOOKED_AT = 8, 200


def people_named(thread: Thread, body: str) -> dict[int, Named]:
    """Return whom the handles of a text name, by number, ten at most: those who may read the thread.

    Nobody in an anonymous thread, where names are not written.
    """
    numbers = numbers_in(body)[:MOST_NAMED] if "@" in body and not thread.is_anonymous else []
    if not numbers:
        return {}
    found = _readers(thread).filter(pk__in=numbers)
    return {p.pk: Named(p.public_name, f"/personnes/{p.pk}/") for p in found if _may_read(p, thread)}


def people_to_name(user: Any, thread: Thread, text: str) -> list[User]:
    """Return whom a person may name with these first letters of a word of their name, who wrote here first.

    Accents and case do not matter among those who wrote in the thread.
    """
    if not is_signed_in(user) or thread.is_anonymous:
        return []
    readers = _readers(thread).exclude(pk=user.pk).filter(pk__in=people_visible_to(user).values("pk"))
    spoke = Exists(thread.posts.filter(author=OuterRef("pk")))
    wanted = normal_key(text)
    here = [p for p in readers.filter(spoke).order_by("public_name", "pk")[:LOOKED_AT] if _begins(p, wanted)]
    others = _by_name(readers.exclude(spoke), text).order_by("public_name", "pk")[:OFFERED]
    return [person for person in (*here, *others) if _may_read(person, thread)][:OFFERED]


def people_to_name_in(user: Any, network: Network | None, sheet: Sheet | None, text: str) -> list[User]:
    """Return whom the first post of a thread may name, before the thread is opened in this space.

    Of a network its members, and only to who is one: who belongs to it is nobody else's to learn.
    """
    if not is_signed_in(user):
        return []
    people = people_visible_to(user).filter(is_active=True).exclude(pk=user.pk).select_related("institution")
    if network is not None:
        own = networks_of(user).filter(pk=network.pk)
        inside = Membership.objects.filter(network__in=own, state=MemberState.ACTIVE)
        people = people.filter(pk__in=inside.values("user"))
    found = _by_name(people, text).order_by("public_name", "pk")[:OFFERED]
    return [person for person in found if sheet is None or person.has_perm("practices.view_sheet", sheet)]


def _readers(thread: Thread) -> QuerySet[User]:
    """Return the accounts that the thread's audience lets in; what its sheet lets in is asked one by one."""
    people = User.objects.filter(is_active=True).select_related("institution")
    if thread.audience != Audience.NETWORK:
        return people
    member = Membership.objects.filter(user=OuterRef("pk"), network=thread.network_id, state=MemberState.ACTIVE)
    guests = Q(pk__in=thread.guests.values("pk")) if thread.is_bound else Q()
    return people.filter(Q(Exists(member)) | Q(is_moderator=True) | Q(is_administrator=True) | guests)


def _may_read(person: User, thread: Thread) -> bool:
    return thread.sheet_id is None or person.has_perm("forum.view_thread", thread)


def _begins(person: User, wanted: str) -> bool:
    name = normal_key(person.public_name)
    return f" {name}".find(f" {wanted}") >= 0


def _by_name(people: QuerySet[User], text: str) -> QuerySet[User]:
    typed = " ".join(text.replace("-", " ").split())
    return people.filter(Q(public_name__istartswith=typed) | Q(public_name__icontains=f" {typed}"))
