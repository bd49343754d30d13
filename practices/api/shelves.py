"""The doors of collections and of the glossary."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import NewestFirst, digest, idempotent, page_of, shaped
from commons.errors import Conflict, Invalid, NotFound
from commons.people.api.authentication import person_of
from commons.people.queries import networks_visible_to
from practices.actions.collections import change_collection, create_collection, set_items
from practices.actions.glossary import change_term
from practices.api import outputs
from practices.api.doors import IF_MATCH, Collision, revision_in
from practices.enums import Confidentiality
from practices.models import Collection, Term
from practices.queries import collections_visible_to, items_visible_to, terms_visible_to


class CollectionWordsSerializer(serializers.Serializer[Any]):
    """What a collection's curators write of it."""

    title = serializers.CharField(max_length=120)
    intro = serializers.CharField(max_length=3000, allow_blank=True, required=False)
    confidentiality = serializers.ChoiceField(choices=Confidentiality.choices, required=False)


class NewCollectionSerializer(CollectionWordsSerializer):
    """A new collection of a network, which `network` names by its address word."""

    network = serializers.CharField(max_length=80)


class ItemSerializer(serializers.Serializer[Any]):
    """A sheet's place in a collection: its identifier, the section it stands in, why it is there."""

    sheet = serializers.CharField(max_length=26)
    section = serializers.CharField(max_length=120, allow_blank=True, required=False)
    note = serializers.CharField(max_length=1500, allow_blank=True, required=False)


class ItemsSerializer(serializers.Serializer[Any]):
    """The whole list, in order."""

    items = serializers.ListField(child=ItemSerializer(), max_length=500)


class CollectionSerializer(serializers.Serializer[Any]):
    """A collection; its items when it is read alone."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    network = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True)
    confidentiality = serializers.CharField()
    revision = serializers.IntegerField(help_text="give it back in If-Match")
    updated_at = serializers.DateTimeField()
    items = serializers.ListField(child=serializers.DictField(), required=False)


class TermWordsSerializer(serializers.Serializer[Any]):
    """What curators write of a term."""

    name = serializers.CharField(max_length=100, required=False)
    name_en = serializers.CharField(max_length=100, allow_blank=True, required=False)
    definition_fr = serializers.CharField(max_length=1200, allow_blank=True, required=False)
    definition_en = serializers.CharField(max_length=1200, allow_blank=True, required=False)
    synonyms_fr = serializers.ListField(child=serializers.CharField(max_length=100), max_length=40, required=False)
    synonyms_en = serializers.ListField(child=serializers.CharField(max_length=100), max_length=40, required=False)


class TermSerializer(serializers.Serializer[Any]):
    """A term of the glossary, in both languages."""

    slug = serializers.CharField()
    url = serializers.URLField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)
    definition_fr = serializers.CharField(allow_blank=True)
    definition_en = serializers.CharField(allow_blank=True)
    synonyms_fr = serializers.ListField(child=serializers.CharField())
    synonyms_en = serializers.ListField(child=serializers.CharField())
    broader = serializers.CharField(allow_null=True)
    state = serializers.CharField()


PAGES = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


def collection_row(collection: Collection) -> dict[str, Any]:
    """Return a collection without its items."""
    return {
        "id": collection.pk,
        "url": f"{settings.SITE_URL}{collection.get_absolute_url()}",
        "network": collection.network.slug,
        "title": collection.title,
        "intro": collection.intro,
        "confidentiality": collection.confidentiality,
        "revision": collection.revision,
        "updated_at": collection.updated_at,
    }


def term_row(term: Term) -> dict[str, Any]:
    """Return a term in both languages."""
    names = ("slug", "name", "name_en", "definition_fr", "definition_en", "synonyms_fr", "synonyms_en", "state")
    return {name: getattr(term, name) for name in names} | {
        "url": f"{settings.SITE_URL}{term.get_absolute_url()}",
        "broader": term.broader.slug if term.broader else None,
    }


class CollectionsView(APIView):
    """The collections that the person may read."""

    @extend_schema(parameters=PAGES, responses=page_of(CollectionSerializer), operation_id="collections_list")
    def get(self, request: Request) -> Response:
        """List collections, newest first."""
        pages = NewestFirst()
        rows = pages.paginate_queryset(collections_visible_to(request.user), request, view=self) or []
        return pages.get_paginated_response([collection_row(collection) for collection in rows])

    @extend_schema(
        request=NewCollectionSerializer, responses={201: CollectionSerializer}, operation_id="collections_create"
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Open an empty collection of a network that one curates."""
        values = shaped(request, NewCollectionSerializer(data=request.data))
        network = networks_visible_to(request.user).filter(slug=values.pop("network")).first()
        if network is None:
            raise Invalid({"network": [_("Ce réseau n’existe pas.")]})
        made = create_collection(by=person_of(request), network=network, values=values)
        return _whole(request, made, code=status.HTTP_201_CREATED)


class CollectionView(APIView):
    """One collection."""

    @extend_schema(responses=CollectionSerializer, operation_id="collections_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read a collection with its items in order, less the sheets the person may not read."""
        return _whole(request, _visible(request, pk))

    @extend_schema(
        parameters=[IF_MATCH],
        request=CollectionWordsSerializer,
        responses=CollectionSerializer,
        operation_id="collections_change",
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change some words or the audience. A collection that moved since `If-Match` is a 412."""
        found = _visible(request, pk)
        values = shaped(request, CollectionWordsSerializer(data=request.data, partial=True))
        with _collisions():
            revision = revision_in(request, found.revision)
            change_collection(by=person_of(request), collection=found, values=values, revision=revision)
        return _whole(request, _visible(request, pk))


class ItemsView(APIView):
    """What stands in a collection."""

    @extend_schema(
        parameters=[IF_MATCH],
        request=ItemsSerializer,
        responses=CollectionSerializer,
        operation_id="collections_arrange",
    )
    def put(self, request: Request, pk: int) -> Response:
        """Replace the whole ordered list. A collection that moved since `If-Match` is a 412."""
        found = _visible(request, pk)
        items = shaped(request, ItemsSerializer(data=request.data))["items"]
        with _collisions():
            revision = revision_in(request, found.revision)
            set_items(by=person_of(request), collection=found, items=items, revision=revision)
        return _whole(request, _visible(request, pk))


def _visible(request: Request, pk: int) -> Collection:
    collection = collections_visible_to(request.user).filter(pk=pk).first()
    if collection is None:
        raise NotFound
    return collection


@contextmanager
def _collisions() -> Iterator[None]:
    """Say a write over somebody else's as 412, as the API does."""
    try:
        yield
    except Conflict as error:
        raise Collision(error) from error


def _whole(request: Request, collection: Collection, code: int = status.HTTP_200_OK) -> Response:
    items = items_visible_to(request.user, collection).select_related("sheet__network")
    rows = [{"section": i.section, "note": i.note, "sheet": outputs.sheet_row(i.sheet)} for i in items]
    whole = collection_row(collection) | {"items": rows}
    return Response(whole, status=code, headers={"ETag": f'"{collection.revision}-{digest(whole)[:16]}"'})


class NewestTerms(NewestFirst):
    """Terms, newest first."""

    max_page_size = 200


class TermsView(APIView):
    """The glossary."""

    @extend_schema(parameters=PAGES, responses=page_of(TermSerializer), operation_id="terms_list")
    def get(self, request: Request) -> Response:
        """List terms, newest first."""
        pages = NewestTerms()
        rows = pages.paginate_queryset(terms_visible_to(request.user), request, view=self) or []
        return pages.get_paginated_response([term_row(term) for term in rows])


class TermView(APIView):
    """One term."""

    @extend_schema(responses=TermSerializer, operation_id="terms_read")
    def get(self, request: Request, slug: str) -> Response:
        """Read a term in both languages."""
        term = terms_visible_to(request.user).filter(slug=slug).first()
        if term is None:
            raise NotFound
        return Response(term_row(term))

    @extend_schema(request=TermWordsSerializer, responses=TermSerializer, operation_id="terms_change")
    def patch(self, request: Request, slug: str) -> Response:
        """Change some words of a term; a curator who changes a proposed term approves it."""
        term = terms_visible_to(request.user).filter(slug=slug).first()
        if term is None:
            raise NotFound
        values = shaped(request, TermWordsSerializer(data=request.data, partial=True))
        return Response(term_row(change_term(by=person_of(request), term=term, values=values)))
