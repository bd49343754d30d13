"""The door of the people whom a post may name."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY
from forum.api import outputs
from forum.api.doors import visible_thread
from forum.queries import people_to_name, people_to_name_in, space_named


class NameableSerializer(serializers.Serializer[Any]):
    """A person whom a post may name: `@` and the handle."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    handle = serializers.CharField()
    institution: Any = serializers.CharField(allow_null=True)


NAMEABLES = inline_serializer("Nameables", {"results": NameableSerializer(many=True)})


class PeopleView(APIView):
    """The people whom a post of a thread may name."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(
        operation_id="thread_people_list",
        responses=NAMEABLES,
        parameters=[OpenApiParameter("q", str)],
    )
    def get(self, request: Request, pk: str) -> Response:
        """List who may read the thread and has a name of which a word begins so, who wrote here first."""
        people = people_to_name(request.user, visible_thread(request, pk), request.query_params.get("q", "")[:80])
        return Response({"results": [outputs.nameable(person) for person in people]})


class OpeningView(APIView):
    """The people whom the first post of a thread may name."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(
        operation_id="opening_people_list",
        responses=NAMEABLES,
        parameters=[OpenApiParameter("q", str), OpenApiParameter("space", str)],
    )
    def get(self, request: Request) -> Response:
        """List who may read a thread opened in this space and has a name of which a word begins so."""
        network, sheet = space_named(request.user, request.query_params.get("space", ""))
        people = people_to_name_in(request.user, network, sheet, request.query_params.get("q", "")[:80])
        return Response({"results": [outputs.nameable(person) for person in people]})
