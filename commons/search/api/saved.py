"""The doors of saved searches."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, idempotent, page_of, shaped
from commons.errors import NotFound
from commons.search.actions import remove_saved_search, save_search
from commons.search.models import SavedSearch
from commons.search.queries import saved_searches_of


class SavedSearchSerializer(serializers.ModelSerializer[SavedSearch]):
    """A search that its owner keeps; `filters` maps a facet to codes."""

    name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    text = serializers.CharField(max_length=200, required=False, allow_blank=True)
    filters = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)

    class Meta:
        model = SavedSearch
        fields = ("id", "name", "text", "filters", "created_at", "seen_at")
        read_only_fields = ("id", "created_at", "seen_at")


class SavedSearchesView(APIView):
    """One's saved searches."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses=page_of(SavedSearchSerializer), operation_id="saved_searches_list")
    def get(self, request: Request) -> Response:
        """List one's saved searches, newest first; none for a visitor."""
        rows = SavedSearchSerializer(saved_searches_of(request.user), many=True).data
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request=SavedSearchSerializer, responses={201: SavedSearchSerializer}, operation_id="saved_searches_create"
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Keep a search: words, filters or both."""
        asked = shaped(request, SavedSearchSerializer(data=request.data))
        saved = save_search(
            by=request.user, name=asked.get("name", ""), text=asked.get("text", ""), filters=asked.get("filters", {})
        )
        return Response(SavedSearchSerializer(saved).data, status=status.HTTP_201_CREATED)


class SavedSearchView(APIView):
    """One saved search."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses={204: None}, operation_id="saved_searches_delete")
    def delete(self, request: Request, pk: int) -> Response:
        """Forget it."""
        saved = saved_searches_of(request.user).filter(pk=pk).first()
        if saved is None:
            raise NotFound
        remove_saved_search(by=request.user, saved=saved)
        return Response(status=status.HTTP_204_NO_CONTENT)
