"""The doors of minutes: read, blocks added and edited, review, export, a block as a draft sheet."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import shaped
from commons.errors import NotFound
from commons.people.api.authentication import person_of
from events.actions import add_block, draft_from_block, remove_block, save_block, settle_block, submit_minutes
from events.api.calendars import AnyType
from events.api.doors import visible_occurrence
from events.enums import BlockKind, MinutesState
from events.models import Block, Minutes, Occurrence
from events.queries import blocks_of, markdown_of

FACTS = ("due_date", "is_done", "method", "votes_for", "votes_against", "votes_abstain", "review_date", "revision")


class FactsSerializer(serializers.Serializer[Any]):
    """What a block may say beside its text."""

    kind = serializers.CharField(required=False, help_text=", ".join(BlockKind.values))
    owner = serializers.IntegerField(required=False, allow_null=True, help_text="a person's number; none under Chatham")
    due_date = serializers.DateField(required=False, allow_null=True)
    is_done = serializers.BooleanField(required=False)
    method = serializers.CharField(required=False, allow_blank=True, max_length=80)
    votes_for = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)
    votes_against = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)
    votes_abstain = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)
    review_date = serializers.DateField(required=False, allow_null=True)


class BlockInputSerializer(FactsSerializer):
    """A new block; the same `client_id` again is the same block."""

    text = serializers.CharField(max_length=5000)
    client_id = serializers.CharField(required=False, allow_blank=True, max_length=64)


class BlockChangeSerializer(FactsSerializer):
    """A change: `revision` is the one that the editor started from. `is_settled` puts what is aside to rest."""

    text = serializers.CharField(max_length=5000, required=False)
    revision = serializers.IntegerField(min_value=1)
    is_settled = serializers.BooleanField(required=False)


class BlockSerializer(FactsSerializer):
    """A block; `asides` are texts that collided with another and wait to be settled; `sheets` came from it."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    html = serializers.CharField()
    revision = serializers.IntegerField()
    by = serializers.CharField(allow_null=True)
    institution = serializers.CharField(allow_null=True)
    carried_from = serializers.IntegerField(allow_null=True)
    asides = serializers.ListField(child=serializers.CharField())
    sheets = serializers.ListField(child=serializers.CharField())


class MinutesSerializer(serializers.Serializer[Any]):
    """The minutes of a meeting."""

    state = serializers.CharField(help_text=", ".join(MinutesState.values))
    review_until = serializers.DateTimeField(allow_null=True)
    frozen_at = serializers.DateTimeField(allow_null=True)
    blocks = BlockSerializer(many=True)


class DraftInputSerializer(serializers.Serializer[Any]):
    """The title of the draft; the block's first line without one."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=80)


class DraftSerializer(serializers.Serializer[Any]):
    """The draft sheet made from a block."""

    sheet = serializers.CharField()


def block_row(block: Any) -> dict[str, Any]:
    """Return a block; names only of who agreed to be credited."""
    return {name: getattr(block, name) for name in FACTS} | {
        "id": block.pk,
        "kind": block.kind,
        "text": block.text,
        "html": block.html,
        "owner": block.owner_id,
        "by": block.by.public_name if block.by is not None and block.by.is_credited else None,
        "institution": block.institution.slug if block.institution is not None else None,
        "carried_from": block.carried_from_id,
        "asides": [revision.text for revision in block.asides],
        "sheets": [origin.sheet_id for origin in block.shown_origins],
    }


def minutes_row(request: Request, occurrence: Occurrence) -> dict[str, Any]:
    """Return the minutes of a meeting; open and empty before anybody wrote."""
    minutes = Minutes.objects.filter(occurrence=occurrence).first()
    if minutes is None:
        return {"state": MinutesState.OPEN, "review_until": None, "frozen_at": None, "blocks": []}
    return {
        "state": minutes.state,
        "review_until": minutes.review_until,
        "frozen_at": minutes.frozen_at,
        "blocks": [block_row(block) for block in blocks_of(minutes, request.user)],
    }


def _found(request: Request, pk: int, block_pk: int) -> Block:
    occurrence = visible_occurrence(request, pk)
    blocks = Block.objects.filter(minutes__occurrence=occurrence, is_removed=False)
    block = blocks.select_related("minutes__occurrence__series").filter(pk=block_pk).first()
    if block is None:
        raise NotFound
    return block


def _one(request: Request, block: Block) -> dict[str, Any]:
    return block_row(blocks_of(block.minutes, request.user).get(pk=block.pk))


class MinutesView(APIView):
    """The minutes of a meeting."""

    @extend_schema(responses=MinutesSerializer, operation_id="minutes_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read the minutes."""
        return Response(minutes_row(request, visible_occurrence(request, pk)))


class MarkdownView(APIView):
    """The minutes as Markdown."""

    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "text/markdown"): OpenApiTypes.STR}, operation_id="minutes_markdown")
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Export the minutes: the frozen text once they are approved."""
        minutes = Minutes.objects.filter(occurrence=visible_occurrence(request, pk)).first()
        if minutes is None:
            raise NotFound
        minutes.occurrence = visible_occurrence(request, pk)
        return HttpResponse(minutes.frozen_text or markdown_of(minutes), content_type="text/markdown; charset=utf-8")


class ReviewView(APIView):
    """The week in which everybody reads the minutes again."""

    @extend_schema(request=None, responses=MinutesSerializer, operation_id="minutes_review")
    def post(self, request: Request, pk: int) -> Response:
        """Open the seven days of review; then the minutes freeze."""
        submit_minutes(by=person_of(request), occurrence=visible_occurrence(request, pk))
        return Response(minutes_row(request, visible_occurrence(request, pk)))


class BlocksView(APIView):
    """The blocks of the minutes."""

    @extend_schema(
        request=BlockInputSerializer, responses={200: BlockSerializer, 201: BlockSerializer}, operation_id="blocks_add"
    )
    def post(self, request: Request, pk: int) -> Response:
        """Add a block. The same `client_id` again answers 200 with the block that is there."""
        values = shaped(request, BlockInputSerializer(data=request.data))
        text, client_id = values.pop("text"), values.pop("client_id", "")
        occurrence = visible_occurrence(request, pk)
        block, is_new = add_block(
            by=person_of(request), occurrence=occurrence, text=text, values=values, client_id=client_id
        )
        return Response(_one(request, block), status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


class BlockView(APIView):
    """One block."""

    @extend_schema(request=BlockChangeSerializer, responses=BlockSerializer, operation_id="blocks_change")
    def patch(self, request: Request, pk: int, block_pk: int) -> Response:
        """Change a block. Over somebody else's change, one's text is kept in `asides`: nothing is overwritten."""
        values = shaped(request, BlockChangeSerializer(data=request.data))
        block, person = _found(request, pk, block_pk), person_of(request)
        revision, text, is_settled = values.pop("revision"), values.pop("text", None), values.pop("is_settled", False)
        save_block(by=person, block=block, revision=revision, text=text, values=values)
        if is_settled:
            settle_block(by=person, block=block)
        return Response(_one(request, block))

    @extend_schema(responses={204: None}, operation_id="blocks_remove")
    def delete(self, request: Request, pk: int, block_pk: int) -> Response:
        """Take a block out; its texts stay in the history."""
        remove_block(by=person_of(request), block=_found(request, pk, block_pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class BlockSheetView(APIView):
    """A block as a draft sheet."""

    @extend_schema(request=DraftInputSerializer, responses={201: DraftSerializer}, operation_id="blocks_draft_sheet")
    def post(self, request: Request, pk: int, block_pk: int) -> Response:
        """Make a draft sheet from a practice or a failure; both say where they come from."""
        values = shaped(request, DraftInputSerializer(data=request.data))
        sheet = draft_from_block(by=person_of(request), block=_found(request, pk, block_pk), **values)
        return Response({"sheet": sheet.pk}, status=status.HTTP_201_CREATED)
