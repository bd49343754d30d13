"""The doors of one's own account: profile and tokens."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, page_of, shaped
from commons.errors import NotFound
from commons.people.actions import change_profile, create_token, renew_calendar, revoke_token
from commons.people.api import outputs
from commons.people.api.authentication import person_of
from commons.people.api.houses import MembershipSerializer
from commons.people.models import ApiToken, Institution, User
from commons.people.queries import tokens_of


class ProfileSerializer(serializers.ModelSerializer[User]):
    """One's own account; `institution` is a house's address word."""

    institution = serializers.SlugRelatedField(
        slug_field="slug", queryset=Institution.objects.all(), required=False, allow_null=True
    )
    memberships = MembershipSerializer(many=True, read_only=True)
    calendar = serializers.URLField(read_only=True, help_text="the secret address of one's own calendar (iCalendar)")

    class Meta:
        model = User
        fields = (
            "id", "email", "public_name", "job", "institution", "help_text", "language", "is_credited", "calendar",
            "memberships",
        )  # fmt: skip
        read_only_fields = ("id", "email")


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A personal key to the API, without the key."""

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = ("id", "name", "scope", "created_at", "last_used_at")
        read_only_fields = ("created_at", "last_used_at")


class NewTokenSerializer(TokenSerializer):
    """A token just made, with its key, this once."""

    key = serializers.CharField(read_only=True)

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "key")


class MeView(APIView):
    """One's own account."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses=ProfileSerializer, operation_id="me_read")
    def get(self, request: Request) -> Response:
        """Read one's own account."""
        return Response(outputs.me(person_of(request)))

    @extend_schema(request=ProfileSerializer, responses=ProfileSerializer, operation_id="me_change")
    def patch(self, request: Request) -> Response:
        """Change some of one's profile."""
        person = person_of(request)
        values = shaped(request, ProfileSerializer(data=request.data, partial=True))
        return Response(outputs.me(change_profile(by=person, person=person, values=values)))


class CalendarView(APIView):
    """The secret address of one's own calendar."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(request=None, responses=ProfileSerializer, operation_id="calendar_renew")
    def post(self, request: Request) -> Response:
        """Draw another address; the one before stops working at once."""
        return Response(outputs.me(renew_calendar(by=person_of(request), person=person_of(request))))


class TokensView(APIView):
    """One's own tokens."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses=page_of(TokenSerializer), operation_id="tokens_list")
    def get(self, request: Request) -> Response:
        """List the tokens that still work, newest first."""
        rows = [outputs.token_row(token) for token in tokens_of(person_of(request))]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(request=TokenSerializer, responses={201: NewTokenSerializer}, operation_id="tokens_create")
    def post(self, request: Request) -> Response:
        """Make a token. Its `key` is in this answer and never again."""
        values = shaped(request, TokenSerializer(data=request.data))
        token, key = create_token(by=person_of(request), name=values["name"], scope=values.get("scope", "read"))
        row = outputs.token_row(token) | {"key": key}
        return Response(row, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})


class TokenView(APIView):
    """One token."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses={204: None}, operation_id="tokens_revoke")
    def delete(self, request: Request, pk: int) -> Response:
        """Stop a token for ever."""
        token = tokens_of(person_of(request)).filter(pk=pk).first()
        if token is None:
            raise NotFound
        revoke_token(by=person_of(request), token=token)
        return Response(status=status.HTTP_204_NO_CONTENT)
