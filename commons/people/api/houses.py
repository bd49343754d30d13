"""The doors of houses and networks."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, NewestFirst, idempotent, page_of, shaped
from commons.errors import NotFound
from commons.people.actions import add_institution, change_institution, join_network, leave_network
from commons.people.api import outputs
from commons.people.api.authentication import person_of
from commons.people.models import Institution, Network
from commons.people.queries import institutions_visible_to, members_of, networks_visible_to
from commons.permissions import require

PAGES = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


class InstitutionSerializer(serializers.ModelSerializer[Institution]):
    """A house's facts; `type`, `labels`, `disciplines`, `team_size`, `budget` and `territory` are codes."""

    url = serializers.URLField(read_only=True)
    labels = serializers.ListField(child=serializers.CharField(), required=False)
    disciplines = serializers.ListField(child=serializers.CharField(), required=False)

    class Meta:
        model = Institution
        fields = (*outputs.HOUSE, "url")
        read_only_fields = ("slug",)


class NetworkSerializer(serializers.ModelSerializer[Network]):
    """How a network presents itself."""

    url = serializers.URLField(read_only=True)

    class Meta:
        model = Network
        fields = ("slug", "name", "summary", "about", "website", "is_open", "url")


class MembershipSerializer(serializers.Serializer[Any]):
    """One's place in a network."""

    network = serializers.CharField()
    role = serializers.CharField()
    state = serializers.CharField()


class InstitutionsView(APIView):
    """Houses."""

    @extend_schema(parameters=PAGES, responses=page_of(InstitutionSerializer), operation_id="institutions_list")
    def get(self, request: Request) -> Response:
        """List houses, newest first."""
        pages = NewestFirst()
        rows = pages.paginate_queryset(institutions_visible_to(request.user), request, view=self) or []
        return pages.get_paginated_response([outputs.institution_row(row) for row in rows])

    @extend_schema(
        request=InstitutionSerializer, responses={201: InstitutionSerializer}, operation_id="institutions_create"
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a house."""
        institution = add_institution(
            by=person_of(request), values=shaped(request, InstitutionSerializer(data=request.data))
        )
        return Response(outputs.institution_row(institution), status=status.HTTP_201_CREATED)


class InstitutionView(APIView):
    """One house."""

    @extend_schema(responses=InstitutionSerializer, operation_id="institutions_read")
    def get(self, request: Request, slug: str) -> Response:
        """Read a house's facts."""
        return Response(outputs.institution_row(_found(institutions_visible_to(request.user), slug)))

    @extend_schema(request=InstitutionSerializer, responses=InstitutionSerializer, operation_id="institutions_change")
    def patch(self, request: Request, slug: str) -> Response:
        """Change some facts of one's own house."""
        institution = _found(institutions_visible_to(request.user), slug)
        values = shaped(request, InstitutionSerializer(data=request.data, partial=True))
        changed = change_institution(by=person_of(request), institution=institution, values=values)
        return Response(outputs.institution_row(changed))


def _found(rows: QuerySet[Any], slug: str) -> Any:
    row = rows.filter(slug=slug).first()
    if row is None:
        raise NotFound
    return row


class NetworksView(APIView):
    """Networks."""

    @extend_schema(parameters=PAGES, responses=page_of(NetworkSerializer), operation_id="networks_list")
    def get(self, request: Request) -> Response:
        """List networks, newest first."""
        pages = NewestFirst()
        rows = pages.paginate_queryset(networks_visible_to(request.user), request, view=self) or []
        return pages.get_paginated_response([outputs.network_row(row) for row in rows])


class NetworkView(APIView):
    """One network."""

    @extend_schema(responses=NetworkSerializer, operation_id="networks_read")
    def get(self, request: Request, slug: str) -> Response:
        """Read how a network presents itself."""
        return Response(outputs.network_row(_found(networks_visible_to(request.user), slug)))


class MembershipView(APIView):
    """One's own place in a network."""

    @extend_schema(request=None, responses={200: MembershipSerializer}, operation_id="membership_ask")
    def post(self, request: Request, slug: str) -> Response:
        """Join an open network, or ask a closed one."""
        membership = join_network(by=person_of(request), network=_found(networks_visible_to(request.user), slug))
        return Response(outputs.membership_row(membership))

    @extend_schema(responses={204: None}, operation_id="membership_leave")
    def delete(self, request: Request, slug: str) -> Response:
        """Leave, or take a request back."""
        leave_network(by=person_of(request), network=_found(networks_visible_to(request.user), slug))
        return Response(status=status.HTTP_204_NO_CONTENT)


class MemberSerializer(serializers.Serializer[Any]):
    """A member as the others of a network see them."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    name = serializers.CharField()
    institution = serializers.CharField(allow_null=True)
    role = serializers.CharField()


class MembersView(APIView):
    """The members of a network."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(parameters=PAGES, responses=page_of(MemberSerializer), operation_id="members_list")
    def get(self, request: Request, slug: str) -> Response:
        """List the active members, newest first, to members."""
        network = _found(networks_visible_to(request.user), slug)
        require(request.user, "people.view_members", network)
        pages = NewestFirst()
        rows = pages.paginate_queryset(members_of(network), request, view=self) or []
        return pages.get_paginated_response([outputs.member_row(row) for row in rows])
