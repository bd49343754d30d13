"""The doors of searching: hits, counts and suggestions."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.errors import CommonsError, Invalid
from commons.search.actions import note_wanted_text
from commons.search.engines.protocol import EngineDownError
from commons.search.finding import SORTS, Found, Search, find, suggest
from commons.search.sources import facet_names, sources

LARGEST = 1_000
PARAMETERS = [
    OpenApiParameter("q", str, description='words; "an exact phrase"; -word leaves out'),
    OpenApiParameter(
        "kind", str, many=True, description="sheet, thread, occurrence, collection, term, network, institution, person"
    ),
    OpenApiParameter("facets", str, description="names of the facets to count, joined by commas; all unless given"),
    OpenApiParameter("sort", str, enum=list(SORTS), description="relevance unless given"),
    OpenApiParameter("limit", int, description=f"0 to {LARGEST}, 20 unless given"),
    OpenApiParameter("offset", int, description=f"0 to {LARGEST}"),
    OpenApiParameter("typing", bool, description="the person is still typing: nothing is kept of a vain search"),
]


class SearchDownError(CommonsError):
    """The engine does not answer: everything else of the site does."""

    status = 503
    default_code: ClassVar[str] = "search_down"
    default_message = gettext_lazy("La recherche est momentanément indisponible ; le catalogue, lui, reste ouvert.")


class HitSerializer(serializers.Serializer[Any]):
    """One thing found; `highlights` repeats title and excerpt as safe HTML with the words found in `<mark>`."""

    kind = serializers.CharField()
    id = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()
    excerpt = serializers.CharField()
    highlights = serializers.DictField(child=serializers.CharField())


class SearchSerializer(serializers.Serializer[Any]):
    """An answer: hits, how many there are in all, counts by facet and code."""

    total = serializers.IntegerField()
    hits = HitSerializer(many=True)
    facets = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    engine = serializers.ChoiceField(choices=["embedded", "meilisearch"])
    took_ms = serializers.FloatField()
    did_you_mean = serializers.CharField(allow_blank=True)


class SuggestionsSerializer(serializers.Serializer[Any]):
    """What the search box offers while a person types."""

    hits = HitSerializer(many=True)
    did_you_mean = serializers.CharField(allow_blank=True)


class SearchView(APIView):
    """The search."""

    @extend_schema(parameters=PARAMETERS, responses=SearchSerializer, operation_id="search")
    def get(self, request: Request) -> Response:
        """Search everything the person may read. Each facet's name is a filter too, and may be repeated."""
        search = search_asked(request)
        found = _answered(lambda: find(request.user, search))
        if not found.total and search.limit and request.query_params.get("typing") not in ("true", "1"):
            note_wanted_text(text=search.text)
        return Response(
            {
                "total": found.total,
                "hits": _rows(found),
                "facets": found.results.facets,
                "engine": found.engine,
                "took_ms": found.results.took_ms,
                "did_you_mean": found.results.did_you_mean,
            }
        )


class SuggestView(APIView):
    """Suggestions."""

    @extend_schema(
        parameters=[OpenApiParameter("q", str)], responses=SuggestionsSerializer, operation_id="search_suggest"
    )
    def get(self, request: Request) -> Response:
        """Offer the best few for what is typed so far."""
        found = _answered(lambda: suggest(request.user, request.query_params.get("q", "")))
        return Response({"hits": _rows(found), "did_you_mean": found.results.did_you_mean})


def search_asked(request: Request) -> Search:
    """Read a search from an address; numbers, kinds and orders that do not exist are refused, other names ignored."""
    asked = request.query_params
    kinds = tuple(kind for kind in asked.getlist("kind") if kind)
    sort = asked.get("sort", "")
    errors = {}
    if sort not in SORTS:
        errors["sort"] = [_("Choisissez dans la liste.")]
    if any(kind not in sources() for kind in kinds):
        errors["kind"] = [_("Choisissez dans la liste.")]
    if errors:
        raise Invalid(errors)
    counted = asked.get("facets")
    return Search(
        text=asked.get("q", ""),
        kinds=kinds,
        filters={name: codes for name in facet_names() if (codes := tuple(c for c in asked.getlist(name) if c))},
        facets=None if counted is None else tuple(n for n in counted.split(",") if n in ("kind", *facet_names())),
        sort=sort,
        limit=_number(asked.get("limit"), "limit", 20),
        offset=_number(asked.get("offset"), "offset", 0),
    )


def _number(value: str | None, name: str, default: int) -> int:
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value[:9]) > LARGEST:
        raise Invalid({name: [_("Un nombre de 0 à 1 000 est attendu.")]})
    return int(value)


def _answered(ask: Any) -> Found:
    try:
        found: Found = ask()
    except EngineDownError as error:
        raise SearchDownError from error
    return found


def _rows(found: Found) -> list[dict[str, Any]]:
    return [
        {
            "kind": hit.kind,
            "id": hit.id,
            "url": f"{settings.SITE_URL}{url}",
            "title": hit.title,
            "excerpt": hit.excerpt,
            "highlights": dict(hit.highlights),
        }
        for hit, url in found.hits
    ]
