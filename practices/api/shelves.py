"""The doors of collections and of the glossary, to read."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import NewestFirst, page_of
from commons.errors import NotFound
from practices.api import outputs
from practices.models import Collection, Term
from practices.queries import collections_visible_to, items_visible_to


class CollectionSerializer(serializers.Serializer[Any]):
    """A collection; its items when it is read alone."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    network = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True)
    updated_at = serializers.DateTimeField()
    items = serializers.ListField(child=serializers.DictField(), required=False)


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


class CollectionView(APIView):
    """One collection."""

    @extend_schema(responses=CollectionSerializer, operation_id="collections_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read a collection with its items in order, less the sheets the person may not read."""
        collection = collections_visible_to(request.user).filter(pk=pk).first()
        if collection is None:
            raise NotFound
        items = items_visible_to(request.user, collection).select_related("sheet__network")
        rows = [{"section": i.section, "note": i.note, "sheet": outputs.sheet_row(i.sheet)} for i in items]
        return Response(collection_row(collection) | {"items": rows})


class NewestTerms(NewestFirst):
    """Terms, newest first."""

    max_page_size = 200


class TermsView(APIView):
    """The glossary."""

    @extend_schema(parameters=PAGES, responses=page_of(TermSerializer), operation_id="terms_list")
    def get(self, request: Request) -> Response:
        """List terms, newest first."""
        pages = NewestTerms()
        rows = pages.paginate_queryset(Term.objects.select_related("broader"), request, view=self) or []
        return pages.get_paginated_response([term_row(term) for term in rows])


class TermView(APIView):
    """One term."""

    @extend_schema(responses=TermSerializer, operation_id="terms_read")
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - the glossary is public
        """Read a term in both languages."""
        term = Term.objects.select_related("broader").filter(slug=slug).first()
        if term is None:
            raise NotFound
        return Response(term_row(term))
