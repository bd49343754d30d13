"""The doors of vocabularies: as plain lists, and as SKOS."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import page_of
from commons.errors import NotFound
from commons.vocabularies.models import Entry, Vocabulary

SKOS = "application/ld+json"
ENTRY = ("code", "label_fr", "label_en", "definition_fr", "definition_en", "broader", "deprecated_by", "exact_match")


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """One code, in both languages."""

    class Meta:
        model = Entry
        fields = ENTRY


class VocabularySerializer(serializers.ModelSerializer[Vocabulary]):
    """A vocabulary, with its entries when it is read alone."""

    entries = EntrySerializer(many=True, required=False)

    class Meta:
        model = Vocabulary
        fields = ("code", "label_fr", "label_en", "definition_fr", "definition_en", "accepts_other", "entries")


class VocabulariesView(APIView):
    """Every vocabulary."""

    @extend_schema(responses=page_of(VocabularySerializer), operation_id="vocabularies_list")
    def get(self, request: Request) -> Response:  # noqa: ARG002 - vocabularies are public
        """List the vocabularies by code."""
        rows = [_facts(vocabulary) for vocabulary in Vocabulary.objects.order_by("code")]
        return Response({"results": rows, "next": None, "previous": None})


class LinkedDataRenderer(JSONRenderer):
    """JSON for programs that ask for linked data."""

    media_type = SKOS
    format = "skos"


class VocabularyView(APIView):
    """One vocabulary."""

    renderer_classes = (JSONRenderer, LinkedDataRenderer)

    @extend_schema(
        parameters=[OpenApiParameter("as", str, enum=["skos"], description="skos: a concept scheme in JSON-LD")],
        responses={(200, "application/json"): VocabularySerializer, (200, SKOS): OpenApiTypes.OBJECT},
        operation_id="vocabularies_read",
    )
    def get(self, request: Request, code: str) -> Response:
        """Read a vocabulary with its entries in order; as SKOS when `as` or `Accept` asks for it."""
        vocabulary = Vocabulary.objects.filter(code=code).first()
        if vocabulary is None:
            raise NotFound
        entries = list(vocabulary.entries.order_by("position"))
        if request.query_params.get("as") == "skos" or request.accepted_media_type == SKOS:
            return Response(_skos(vocabulary, entries), content_type=SKOS)
        rows = [{name: getattr(entry, name) for name in ENTRY} for entry in entries]
        return Response(_facts(vocabulary) | {"entries": rows})


def _facts(vocabulary: Vocabulary) -> dict[str, Any]:
    names = ("code", "label_fr", "label_en", "definition_fr", "definition_en", "accepts_other")
    return {name: getattr(vocabulary, name) for name in names}


def _skos(vocabulary: Vocabulary, entries: list[Entry]) -> dict[str, Any]:
    """Return the vocabulary as a SKOS concept scheme (W3C Recommendation of 2009)."""
    scheme = f"{settings.SITE_URL}{reverse('api-vocabulary', args=[vocabulary.code])}"
    return {
        "@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "owl": "http://www.w3.org/2002/07/owl#"},
        "@graph": [
            {"@id": scheme, "@type": "skos:ConceptScheme", "skos:prefLabel": _both(vocabulary, "label")},
            *(_concept(scheme, entry) for entry in entries),
        ],
    }


def _concept(scheme: str, entry: Entry) -> dict[str, Any]:
    concept: dict[str, Any] = {
        "@id": f"{scheme}#{entry.code}",
        "@type": "skos:Concept",
        "skos:inScheme": {"@id": scheme},
        "skos:notation": entry.code,
        "skos:prefLabel": _both(entry, "label"),
        "skos:definition": _both(entry, "definition"),
    }
    if entry.broader:
        concept["skos:broader"] = {"@id": f"{scheme}#{entry.broader}"}
    if entry.exact_match.startswith("http"):
        concept["skos:exactMatch"] = {"@id": entry.exact_match}
    if entry.deprecated_by:
        concept["owl:deprecated"] = True
    return concept


def _both(thing: Vocabulary | Entry, name: str) -> list[dict[str, str]]:
    return [{"@language": code, "@value": getattr(thing, f"{name}_{code}")} for code in ("fr", "en")]
