"""The doors of what others make of a sheet: trials, ratings, support."""

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import body_of, idempotent, page_of
from commons.errors import Invalid, NotFound
from commons.people.api.authentication import person_of
from practices.actions import (
    add_trial,
    change_trial,
    rate_sheet,
    support_sheet,
    withdraw_rating,
    withdraw_support,
)
from practices.api import outputs
from practices.api.doors import mapping_in, number_in, text_in, visible_sheet
from practices.api.schema import AspectsSerializer, TrialContentSerializer
from practices.enums import ASPECTS, Adaptation, Outcome
from practices.models import Sheet, Trial
from practices.queries import aspect_means, aspect_means_like, houses_like, trial_tree, trials_visible_to

Marks = inline_serializer("Marks", {aspect: serializers.IntegerField(min_value=1, max_value=5) for aspect in ASPECTS})
Ratings = inline_serializer(
    "Ratings",
    {
        "all": AspectsSerializer(allow_null=True),
        "houses_like_mine": AspectsSerializer(allow_null=True),
        "mine": inline_serializer(
            "OwnMarks",
            {aspect: serializers.IntegerField(min_value=1, max_value=5) for aspect in ASPECTS},
            allow_null=True,
        ),
    },
)
TRIAL_REQUEST: dict[str, Any] = {
    "adaptation": serializers.ChoiceField(choices=Adaptation.choices),
    "outcome": serializers.ChoiceField(choices=Outcome.choices),
    "recommend": serializers.IntegerField(min_value=0, max_value=10),
    "changed": serializers.CharField(required=False, allow_blank=True),
    "values": TrialContentSerializer(required=False),
}


class TrialSerializer(serializers.Serializer[Any]):
    """A trial and its place in the tree."""

    id = serializers.IntegerField()
    parent: Any = serializers.IntegerField(allow_null=True)
    depth = serializers.IntegerField()
    by = serializers.DictField(allow_null=True)
    house = serializers.DictField()
    adaptation = serializers.CharField()
    changed = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField()
    recommend = serializers.IntegerField()
    values = serializers.DictField()
    created_at = serializers.DateTimeField()


class TrialsView(APIView):
    """A sheet's trials."""

    @extend_schema(responses=page_of(TrialSerializer), operation_id="trials_list")
    def get(self, request: Request, pk: str) -> Response:
        """List the trials as a tree: each after what it adapts, with its `depth`."""
        tree = trial_tree(trials_visible_to(request.user).filter(sheet=visible_sheet(request, pk)))
        rows = [outputs.trial_whole(trial, depth) for depth, trial in tree]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request=inline_serializer(
            "TrialRequest", {**TRIAL_REQUEST, "parent": serializers.IntegerField(required=False, allow_null=True)}
        ),
        responses={201: TrialSerializer},
        operation_id="trials_create",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Report that one's house tried the sheet, or adapted the trial `parent`."""
        body = body_of(request)
        sheet = visible_sheet(request, pk)
        parent = _trial(request, sheet, number_in(body, "parent")) if body.get("parent") is not None else None
        trial = add_trial(by=person_of(request), sheet=sheet, parent=parent, **_facts(body))
        return Response(outputs.trial_whole(trial), status=status.HTTP_201_CREATED)


class TrialView(APIView):
    """One trial."""

    @extend_schema(
        request=inline_serializer("TrialChange", TRIAL_REQUEST), responses=TrialSerializer, operation_id="trials_change"
    )
    def put(self, request: Request, pk: str, trial_pk: int) -> Response:
        """Correct one's own report."""
        trial = _trial(request, visible_sheet(request, pk), trial_pk)
        return Response(
            outputs.trial_whole(change_trial(by=person_of(request), trial=trial, **_facts(body_of(request))))
        )


def _trial(request: Request, sheet: Sheet, pk: int) -> Trial:
    trials = trials_visible_to(request.user).filter(sheet=sheet)
    trial = trials.filter(pk=pk).first() if abs(pk) < 2**63 else None
    if trial is None:
        raise NotFound
    return trial


def _facts(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "adaptation": text_in(body, "adaptation", 20),
        "outcome": text_in(body, "outcome", 20),
        "recommend": number_in(body, "recommend"),
        "changed": text_in(body, "changed"),
        "values": mapping_in(body, "values"),
    }


class RatingsView(APIView):
    """A sheet's ratings by aspect."""

    @extend_schema(responses=Ratings, operation_id="ratings_read")
    def get(self, request: Request, pk: str) -> Response:
        """Read the shrunk means: of everybody, of houses like mine, and my own marks."""
        return Response(_ratings(request, visible_sheet(request, pk)))

    @extend_schema(request=Marks, responses={200: Ratings}, operation_id="ratings_give")
    def post(self, request: Request, pk: str) -> Response:
        """Mark the sheet from 1 to 5 on each aspect; marking again changes one's marks."""
        body = body_of(request)
        sheet = visible_sheet(request, pk)
        if unknown := set(body) - set(ASPECTS):
            raise Invalid({name: ["?"] for name in sorted(map(str, unknown))})
        rate_sheet(by=person_of(request), sheet=sheet, **{aspect: number_in(body, aspect) for aspect in ASPECTS})
        return Response(_ratings(request, visible_sheet(request, pk)))

    @extend_schema(responses={204: None}, operation_id="ratings_withdraw")
    def delete(self, request: Request, pk: str) -> Response:
        """Take one's marks back."""
        withdraw_rating(by=person_of(request), sheet=visible_sheet(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _ratings(request: Request, sheet: Sheet) -> dict[str, Any]:
    means = aspect_means(sheet)
    own = sheet.ratings.filter(user=request.user.pk).first()
    house = getattr(request.user, "institution", None)
    like = aspect_means_like(sheet, list(houses_like(house))) if house else None
    return {
        "all": outputs.aspects(means) if means else None,
        "houses_like_mine": outputs.aspects(like) if like else None,
        "mine": outputs.rating_whole(own) if own else None,
    }


class SupportView(APIView):
    """Having the same need."""

    @extend_schema(request=None, responses={204: None}, operation_id="support_give")
    def post(self, request: Request, pk: str) -> Response:
        """Say it; once or twice is the same."""
        support_sheet(by=person_of(request), sheet=visible_sheet(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None}, operation_id="support_withdraw")
    def delete(self, request: Request, pk: str) -> Response:
        """Take it back."""
        withdraw_support(by=person_of(request), sheet=visible_sheet(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
