"""The doors of notices: read one's own, know how many are unread, mark one or all as read."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, NewestFirst
from commons.errors import NotFound
from commons.notices.actions import read_all, read_notice
from commons.notices.api import outputs
from commons.notices.models import Notice
from commons.notices.queries import lines_of, notices_of, unread_count
from commons.people.api.authentication import person_of


class NoticeSerializer(serializers.Serializer[Any]):
    """What one was told of one subject; `count` facts since one read it last."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    subject = serializers.CharField()
    sentence = serializers.CharField()
    url = serializers.URLField()
    count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    read_at: Any = serializers.DateTimeField(allow_null=True)


class UnreadSerializer(serializers.Serializer[Any]):
    """How many notices are unread now: the number on the bell."""

    unread = serializers.IntegerField()


class LastChangedFirst(NewestFirst):
    """Pages by cursor, in the order of the site's list."""

    ordering = ("-changed_at", "-id")


def _page() -> serializers.Serializer[Any]:
    link = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    rows = NoticeSerializer(many=True)
    unread = serializers.IntegerField()
    return inline_serializer("NoticePage", {"unread": unread, "results": rows, "next": link, "previous": previous})


class NoticesView(APIView):
    """One's own notices."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(
        operation_id="notices_list",
        responses=_page(),
        parameters=[
            OpenApiParameter("is_unread", bool),
            OpenApiParameter("cursor", str),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        """List what one was told, the newest first, with the number on the bell.

        `is_unread`: only what one has not read. What one may not see any more is left out, so that a page may be
        shorter than `limit`.
        """
        by, notices = person_of(request), notices_of(person_of(request))
        if request.query_params.get("is_unread") in ("1", "true"):
            notices = notices.filter(read_at=None)
        pages = LastChangedFirst()
        rows = pages.paginate_queryset(notices, request, view=self) or []
        answer = pages.get_paginated_response([outputs.notice_row(line) for line in lines_of(by, rows)])
        answer.data = {"unread": unread_count(by), **answer.data}
        return answer


class ReadingView(APIView):
    """Reading everything."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="notices_read", request=None, responses=UnreadSerializer)
    def post(self, request: Request) -> Response:
        """Mark everything read; what still waited to be mailed is not. Again changes nothing."""
        by = person_of(request)
        read_all(by=by)
        return Response({"unread": unread_count(by)})


class NoticeReadingView(APIView):
    """Reading one notice."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="notice_read", request=None, responses=UnreadSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Mark one of one's own notices read; another's is not found. Again changes nothing."""
        by = person_of(request)
        read_notice(by=by, notice=_own(notices_of(by), pk))
        return Response({"unread": unread_count(by)})


def _own(notices: QuerySet[Notice], pk: int) -> Notice:
    notice = notices.filter(pk=pk).first()
    if notice is None:
        raise NotFound
    return notice
