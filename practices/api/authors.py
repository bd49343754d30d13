"""The doors of writing together: a sheet's authors, the invitations to become one."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import body_of, idempotent, page_of
from commons.errors import Invalid, NotFound
from commons.people.api.authentication import person_of
from commons.people.queries import people_visible_to
from practices.actions import (
    accept_invitation,
    decline_invitation,
    invite_author,
    remove_author,
    withdraw_invitation,
)
from practices.api import outputs
from practices.api.doors import edited_sheet, text_in
from practices.api.schema import SheetSerializer
from practices.models import Invitation
from practices.queries import invitations_visible_to


class AuthorSerializer(serializers.Serializer[Any]):
    """A person who writes a sheet, or was asked to (`invitation` is then a number)."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    invitation = serializers.IntegerField(allow_null=True)


class InvitationSerializer(serializers.Serializer[Any]):
    """An invitation to write, as the invited person sees it."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    by = serializers.DictField(allow_null=True)
    created_at = serializers.DateTimeField()


class AuthorsView(APIView):
    """Who writes a sheet."""

    @extend_schema(responses=page_of(AuthorSerializer), operation_id="authors_list")
    def get(self, request: Request, pk: str) -> Response:
        """List the authors and those who were asked, to the sheet's editors."""
        sheet = edited_sheet(request, pk)
        rows = [
            {**(outputs.person(row.user) or {}), "role": row.role, "invitation": None}
            for row in sheet.authorships.select_related("user").order_by("pk")
        ] + [
            {**(outputs.person(row.user) or {}), "role": row.role, "invitation": row.pk}
            for row in sheet.invitations.select_related("user").order_by("pk")
        ]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request=inline_serializer(
            "InvitationRequest", {"email": serializers.EmailField(), "role": serializers.CharField(required=False)}
        ),
        responses={202: None},
        operation_id="authors_invite",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Ask the person of this address to write too; the answer does not tell whether somebody has it."""
        by, sheet, body = person_of(request), edited_sheet(request, pk), body_of(request)
        email, role = text_in(body, "email", 254), text_in(body, "role", 60)
        if not email:
            raise Invalid({"email": [_("À remplir.")]})
        found = people_visible_to(by).filter(email__iexact=email).first()
        if found is not None:
            invite_author(by=by, sheet=sheet, user=found, role=role)
        return Response(status=status.HTTP_202_ACCEPTED)


class AuthorView(APIView):
    """One author of a sheet."""

    @extend_schema(responses={204: None}, operation_id="authors_remove")
    def delete(self, request: Request, pk: str, user_pk: int) -> Response:
        """Take a person off the sheet, or ask no longer; the last author stays."""
        by, sheet = person_of(request), edited_sheet(request, pk)
        found = people_visible_to(by).filter(pk=user_pk).first()
        asked = sheet.invitations.select_related("sheet").filter(user=found).first()
        if asked is not None:
            withdraw_invitation(by=by, invitation=asked)
        elif found is not None and sheet.authorships.filter(user=found).exists():
            remove_author(by=by, sheet=sheet, user=found)
        else:
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)


class InvitationsView(APIView):
    """One's own invitations."""

    @extend_schema(responses=page_of(InvitationSerializer), operation_id="invitations_list")
    def get(self, request: Request) -> Response:
        """List the invitations to write that one has not answered."""
        rows = [
            {"id": row.pk, "title": row.sheet.content["title"], "by": outputs.person(row.by)}
            | {"created_at": row.created_at}
            for row in invitations_visible_to(person_of(request))
        ]
        return Response({"results": rows, "next": None, "previous": None})


class InvitationView(APIView):
    """Declining an invitation."""

    @extend_schema(responses={204: None}, operation_id="invitations_decline")
    def delete(self, request: Request, pk: int) -> Response:
        """Decline."""
        decline_invitation(by=person_of(request), invitation=_mine(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcceptanceView(APIView):
    """Accepting an invitation."""

    @extend_schema(request=None, responses={200: SheetSerializer}, operation_id="invitations_accept")
    def post(self, request: Request, pk: int) -> Response:
        """Become an author of the sheet, which comes back."""
        by = person_of(request)
        authorship = accept_invitation(by=by, invitation=_mine(request, pk))
        return Response(outputs.sheet_whole(authorship.sheet, reader=by))


def _mine(request: Request, pk: int) -> Invitation:
    found = invitations_visible_to(person_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
