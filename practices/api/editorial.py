"""The doors of a sheet's life: submission, decision, confirmation, versions, proposals."""

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
from commons.people.queries import networks_visible_to
from practices.actions import (
    confirm_sheet,
    decide_proposal,
    decide_sheet,
    propose_change,
    publish_version,
    submit_sheet,
)
from practices.api import outputs
from practices.api.doors import flag_in, mapping_in, number_in, text_in, visible_sheet
from practices.api.schema import SheetSerializer
from practices.enums import EditorialState
from practices.queries import versions_visible_to


class VersionSerializer(serializers.Serializer[Any]):
    """A version; its content and house when it is read alone."""

    number = serializers.IntegerField()
    url = serializers.URLField()
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    content = serializers.DictField(required=False)
    house = serializers.DictField(required=False)


class DecisionSerializer(serializers.Serializer[Any]):
    """One step of the editorial flow."""

    from_state = serializers.CharField()
    state = serializers.CharField()
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class ProposalSerializer(serializers.Serializer[Any]):
    """A proposed change and what became of it."""

    id = serializers.IntegerField()
    by = serializers.DictField(allow_null=True)
    content = serializers.DictField()
    reason = serializers.CharField()
    state = serializers.CharField()
    word = serializers.CharField()
    created_at = serializers.DateTimeField()


class SubmissionView(APIView):
    """Proposing a draft to a network's curators."""

    @extend_schema(
        request=inline_serializer("Submission", {"network": serializers.CharField(required=False, allow_null=True)}),
        responses={200: SheetSerializer},
        operation_id="sheets_submit",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Submit; `network` is a network's address word, and may be left out."""
        slug = text_in(body_of(request), "network", 80)
        network = networks_visible_to(request.user).filter(slug=slug).first() if slug else None
        if slug and network is None:
            raise Invalid({"network": [_("Ce réseau n’existe pas.")]})
        submit_sheet(by=person_of(request), sheet=visible_sheet(request, pk), network=network)
        return Response(outputs.sheet_whole(visible_sheet(request, pk), reader=request.user))


class DecisionView(APIView):
    """The curators' decisions."""

    @extend_schema(responses=page_of(DecisionSerializer), operation_id="sheets_decisions")
    def get(self, request: Request, pk: str) -> Response:
        """List the steps a sheet went through, to its editors."""
        sheet = visible_sheet(request, pk)
        if not request.user.has_perm("practices.change_sheet", sheet):
            raise NotFound
        rows = [outputs.decision_row(d) for d in sheet.decisions.order_by("pk")]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request=inline_serializer(
            "DecisionRequest",
            {
                "state": serializers.ChoiceField(choices=EditorialState.choices),
                "reason": serializers.CharField(required=False, allow_blank=True),
            },
        ),
        responses={200: SheetSerializer},
        operation_id="sheets_decide",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Move a sheet to `state`: candidate, adopted, draft (returned), to_review or archived, with a `reason`."""
        body = body_of(request)
        sheet = visible_sheet(request, pk)
        decide_sheet(
            by=person_of(request), sheet=sheet, state=text_in(body, "state", 20), reason=text_in(body, "reason")
        )
        sheet.refresh_from_db()
        return Response(outputs.sheet_whole(sheet, reader=request.user))


class ConfirmationView(APIView):
    """Saying that a sheet is still right."""

    @extend_schema(request=None, responses={200: SheetSerializer}, operation_id="sheets_confirm")
    def post(self, request: Request, pk: str) -> Response:
        """Move the review date a year on."""
        confirm_sheet(by=person_of(request), sheet=visible_sheet(request, pk))
        return Response(outputs.sheet_whole(visible_sheet(request, pk), reader=request.user))


class VersionsView(APIView):
    """A sheet's versions."""

    @extend_schema(responses=page_of(VersionSerializer), operation_id="versions_list")
    def get(self, request: Request, pk: str) -> Response:
        """List the versions that the person may read, newest first."""
        rows = [outputs.version_row(v) for v in versions_visible_to(request.user, visible_sheet(request, pk))]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request=inline_serializer("VersionRequest", {"reason": serializers.CharField(required=False)}),
        responses={201: VersionSerializer},
        operation_id="versions_create",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Show readers the working text, with the `reason` of the change."""
        reason = text_in(body_of(request), "reason", 300)
        version = publish_version(by=person_of(request), sheet=visible_sheet(request, pk), reason=reason)
        return Response(outputs.version_whole(version), status=status.HTTP_201_CREATED)


class VersionView(APIView):
    """One version."""

    @extend_schema(responses=VersionSerializer, operation_id="versions_read")
    def get(self, request: Request, pk: str, number: int) -> Response:
        """Read a version whole; it never changes."""
        version = visible_sheet(request, pk).versions.select_related("sheet").filter(number=number).first()
        if version is None or not request.user.has_perm("practices.view_version", version):
            raise NotFound
        return Response(outputs.version_whole(version))


class ProposalsView(APIView):
    """Changes that readers propose."""

    @extend_schema(responses=page_of(ProposalSerializer), operation_id="proposals_list")
    def get(self, request: Request, pk: str) -> Response:
        """List the proposals the person may see: all of them to editors, one's own to readers."""
        proposals = visible_sheet(request, pk).proposals.select_related("by", "sheet").order_by("-pk")
        shown = [p for p in proposals if request.user.has_perm("practices.view_proposal", p)]
        return Response({"results": [outputs.proposal_whole(p) for p in shown], "next": None, "previous": None})

    @extend_schema(
        request=inline_serializer(
            "ProposalRequest", {"values": serializers.DictField(), "reason": serializers.CharField()}
        ),
        responses={201: ProposalSerializer},
        operation_id="proposals_create",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Propose new `values` for some fields, with a `reason`."""
        body = body_of(request)
        proposal = propose_change(
            by=person_of(request),
            sheet=visible_sheet(request, pk),
            values=mapping_in(body, "values"),
            reason=text_in(body, "reason", 300),
        )
        return Response(outputs.proposal_whole(proposal), status=status.HTTP_201_CREATED)


class ProposalDecisionView(APIView):
    """What an author says of a proposal."""

    @extend_schema(
        request=inline_serializer(
            "ProposalDecision",
            {
                "is_merged": serializers.BooleanField(),
                "word": serializers.CharField(required=False),
                "settled": serializers.DictField(required=False),
                "revision": serializers.IntegerField(required=False),
            },
        ),
        responses={200: ProposalSerializer},
        operation_id="proposals_decide",
    )
    @idempotent
    def post(self, request: Request, pk: str, proposal_pk: int) -> Response:
        """Merge or decline, with a `word`; what collided is `settled`, by who has seen that `revision`."""
        body = body_of(request)
        sheet = visible_sheet(request, pk)
        proposal = sheet.proposals.filter(pk=proposal_pk).first()
        if proposal is None:
            raise NotFound
        decided = decide_proposal(
            by=person_of(request),
            proposal=proposal,
            is_merged=flag_in(body, "is_merged"),
            word=text_in(body, "word", 600),
            settled=mapping_in(body, "settled"),
            revision=number_in(body, "revision") if "revision" in body else 0,
        )
        return Response(outputs.proposal_whole(decided))
