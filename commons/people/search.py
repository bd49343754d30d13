"""What the people app brings to the search: houses, networks, people, and the audiences a person belongs to."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from commons.people.models import Institution, Network, User
from commons.people.queries import institutions_visible_to, networks_visible_to, people_visible_to
from commons.people.rules import is_moderator, is_signed_in, member_roles
from commons.people.signals import InstitutionChanged, NetworkChanged, ProfileChanged
from commons.search import sources
from commons.search.engines.protocol import PUBLIC, Document, composed
from commons.search.registration import register as register_source
from commons.text.excerpts import text_of_html
from commons.vocabularies.queries import entries_of

MEMBERS, MODERATORS = "members", "moderators"


def audiences_of(user: Any) -> Iterator[str]:
    """Yield the audiences of a person beside `public`: members, each network, themselves, moderators."""
    if not is_signed_in(user):
        return
    yield MEMBERS
    yield person_audience(user.pk)
    yield from (network_audience(pk) for pk in member_roles(user))
    if is_moderator(user):
        yield MODERATORS


def network_audience(pk: int) -> str:
    """Return the audience of a network's members."""
    return f"network:{pk}"


def person_audience(pk: int) -> str:
    """Return the audience of one person."""
    return f"person:{pk}"


def labels_in_both(vocabulary: str, codes: Iterable[str]) -> Iterator[str]:
    """Yield the French and English labels of codes, so that either language finds them; a free text as it is."""
    known = entries_of(vocabulary)
    for code in codes:
        if entry := known.get(code):
            yield from dict.fromkeys((entry.label_fr, entry.label_en))
        elif code.startswith("other:"):
            yield code.removeprefix("other:")


def _institutions(ids: Sequence[str]) -> Iterator[Document]:
    for house in Institution.objects.filter(pk__in=ids):
        yield Document(
            kind="institution",
            id=str(house.pk),
            title=composed(house.name),
            audiences=(PUBLIC,),
            keywords=(*labels_in_both("institution_type", [house.type]), house.place),
            summary=composed(house.about),
            facets={"house_type": (house.type,)} | ({"team_size": (house.team_size,)} if house.team_size else {}),
            fresh=int(house.created_at.timestamp()),
        )


def _networks(ids: Sequence[str]) -> Iterator[Document]:
    for network in Network.objects.filter(pk__in=ids):
        yield Document(
            kind="network",
            id=str(network.pk),
            title=composed(network.name),
            audiences=(PUBLIC,),
            summary=composed(network.summary),
            body=composed(text_of_html(network.about_html)),
            fresh=int(network.created_at.timestamp()),
        )


def _people(ids: Sequence[str]) -> Iterator[Document]:
    """Yield profiles, for members only: a name is not for the world's search engines."""
    for person in User.objects.filter(pk__in=ids, is_active=True):
        yield Document(
            kind="person",
            id=str(person.pk),
            title=composed(person.public_name),
            audiences=(MEMBERS,),
            summary=composed(person.job),
            body=composed(person.help_text),
            fresh=int(person.date_joined.timestamp()),
        )


def addresses(rows: QuerySet[Any], ids: Sequence[str]) -> dict[str, str]:
    """Return the addresses of the rows of these ids."""
    return {str(row.pk): row.get_absolute_url() for row in rows.filter(pk__in=ids)}


def ids_of(model: type[Model], **facts: Any) -> Iterator[str]:
    """Yield the ids of a model's rows."""
    rows: QuerySet[Any] = model._default_manager.filter(**facts).order_by("pk")
    return (str(pk) for pk in rows.values_list("pk", flat=True).iterator())


def register() -> None:
    """Make houses, networks and people findable."""
    sources.register_audiences(audiences_of)
    register_source(
        sources.Source(
            kind="institution",
            model=Institution,
            documents=_institutions,
            ids=lambda: ids_of(Institution),
            visible=lambda user, ids: addresses(institutions_visible_to(user), ids),
            marks={InstitutionChanged: lambda fact: [fact.institution_id]},
            facets=("house_type", "team_size"),
        )
    )
    register_source(
        sources.Source(
            kind="network",
            model=Network,
            documents=_networks,
            ids=lambda: ids_of(Network),
            visible=lambda user, ids: addresses(networks_visible_to(user), ids),
            marks={NetworkChanged: lambda fact: [fact.network_id]},
        )
    )
    register_source(
        sources.Source(
            kind="person",
            model=User,
            documents=_people,
            ids=lambda: ids_of(User, is_active=True),
            visible=lambda user, ids: addresses(people_visible_to(user), ids) if is_signed_in(user) else {},
            marks={ProfileChanged: lambda fact: [fact.user_id]},
        )
    )
