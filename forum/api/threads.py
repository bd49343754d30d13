"""The doors of threads: list, open, read, change, what one keeps of them, what moderators do."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, NewestFirst, idempotent, page_of, shaped
from commons.people.api.authentication import person_of
from forum.actions import (
    accept_answer,
    add_thread,
    change_thread,
    close_thread,
    draft_sheet,
    follow_thread,
    mark_read,
    merge_thread,
    move_thread,
    order_thread,
    reopen_thread,
    save_draft,
    save_thread,
    split_thread,
)
from forum.actions.posts import posted_before
from forum.api import outputs
from forum.api.doors import (
    BIG,
    FollowChange,
    FollowSerializer,
    ThreadAdded,
    ThreadChange,
    ThreadRequest,
    ThreadSerializer,
    space_in,
    visible_post,
    visible_thread,
)
from forum.enums import ThreadKind
from forum.models import Draft, Post, Thread
from forum.queries import follow_of, threads_of, threads_visible_to
from practices.enums import Genre

POSTS = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=BIG), max_length=200)


class ByActivity(NewestFirst):
    """Threads, the last posted in first."""

    ordering = ("-last_post_at", "-id")


class ThreadsView(APIView):
    """Threads."""

    @extend_schema(
        operation_id="threads_list",
        responses=page_of(ThreadSerializer),
        parameters=[
            OpenApiParameter("kind", enum=ThreadKind.values),
            OpenApiParameter("space", str),
            OpenApiParameter("tag", str),
            OpenApiParameter("is_unanswered", bool),
            OpenApiParameter("is_mine", bool),
            OpenApiParameter("cursor", str),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        """List the threads that one may read, the last posted in first."""
        threads = threads_visible_to(request.user).filter(merged_into__isnull=True)
        asked = request.query_params
        if kind := asked.get("kind"):
            threads = threads.filter(kind=kind)
        if tag := asked.get("tag"):
            threads = threads.filter(tagged_terms__tag__slug=tag)
        if space := asked.get("space"):
            network, sheet = space_in(request, space)
            threads = threads.filter(network=network, sheet=sheet)
        if asked.get("is_unanswered") in ("1", "true"):
            threads = threads.unanswered()
        if asked.get("is_mine") in ("1", "true"):
            threads = threads_of(request.user, threads)
        pages = ByActivity()
        rows = pages.paginate_queryset(threads.listed(), request, view=self) or []
        return pages.get_paginated_response([outputs.thread_row(thread) for thread in rows])

    @extend_schema(operation_id="threads_create", request=ThreadRequest, responses={201: ThreadAdded, 200: ThreadAdded})
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a thread with its first post; with a `client_id` sent before, return that thread (200)."""
        by, values = person_of(request), shaped(request, ThreadRequest(data=request.data))
        network, sheet = space_in(request, values.pop("space"))
        is_repeated = posted_before(by, values["client_id"]) is not None
        thread = add_thread(by=by, network=network, sheet=sheet, **values)
        first = thread.posts.select_related("author", "author__institution").order_by("seq")[0]
        answer = outputs.thread_row(thread) | {"seq": first.seq, "post": outputs.post_whole(first)}
        return Response(answer, status=status.HTTP_200_OK if is_repeated else status.HTTP_201_CREATED)


class ThreadView(APIView):
    """One thread."""

    @extend_schema(operation_id="threads_retrieve", responses=ThreadSerializer)
    def get(self, request: Request, pk: str) -> Response:
        """Return a thread without its posts."""
        return Response(outputs.thread_row(visible_thread(request, pk)))

    @extend_schema(operation_id="threads_change", request=ThreadChange, responses=ThreadSerializer)
    def patch(self, request: Request, pk: str) -> Response:
        """Change title, kind, audience or tags."""
        thread, values = visible_thread(request, pk), shaped(request, ThreadChange(data=request.data))
        return _row(change_thread(by=person_of(request), thread=thread, values=values))


def _row(thread: Thread) -> Response:
    return Response(outputs.thread_row(thread))


class ClosureView(APIView):
    """Whether a thread takes posts."""

    @extend_schema(operation_id="closure_create", request=None, responses=ThreadSerializer)
    def put(self, request: Request, pk: str) -> Response:
        """Close the thread."""
        return _row(close_thread(by=person_of(request), thread=visible_thread(request, pk)))

    @extend_schema(operation_id="closure_delete", request=None, responses=ThreadSerializer)
    def delete(self, request: Request, pk: str) -> Response:
        """Open it again."""
        return _row(reopen_thread(by=person_of(request), thread=visible_thread(request, pk)))


class AnswerView(APIView):
    """The answer of a question."""

    @extend_schema(
        operation_id="answer_change",
        request=inline_serializer("AnswerRequest", {"post": serializers.IntegerField(min_value=1, max_value=BIG)}),
        responses=ThreadSerializer,
    )
    def put(self, request: Request, pk: str) -> Response:
        """Accept a post as the answer."""
        shape = inline_serializer("AnswerShape", {"post": serializers.IntegerField(min_value=1, max_value=BIG)})
        thread = visible_thread(request, pk)
        post = visible_post(request, thread, _data(shape, request)["post"])
        return _row(accept_answer(by=person_of(request), thread=thread, post=post))

    @extend_schema(operation_id="answer_delete", request=None, responses=ThreadSerializer)
    def delete(self, request: Request, pk: str) -> Response:
        """Accept none."""
        return _row(accept_answer(by=person_of(request), thread=visible_thread(request, pk), post=None))


def _data(shape: serializers.Serializer[Any], request: Request) -> dict[str, Any]:
    shape.initial_data = request.data
    return shaped(request, shape)


class OrderRequest(serializers.Serializer[Any]):
    """What a moderator sets."""

    is_pinned = serializers.BooleanField(required=False)
    slow_seconds = serializers.IntegerField(required=False, min_value=0, max_value=3600)


class OrderView(APIView):
    """What keeps a thread in order."""

    @extend_schema(operation_id="order_change", request=OrderRequest, responses=ThreadSerializer)
    def patch(self, request: Request, pk: str) -> Response:
        """Pin or slow down a thread."""
        values = shaped(request, OrderRequest(data=request.data))
        return _row(order_thread(by=person_of(request), thread=visible_thread(request, pk), **values))


class MoveRequest(serializers.Serializer[Any]):
    """Where to: `general` or `network:SLUG`."""

    space = serializers.CharField(max_length=120)


class MoveView(APIView):
    """The space of a thread."""

    @extend_schema(operation_id="space_change", request=MoveRequest, responses=ThreadSerializer)
    def put(self, request: Request, pk: str) -> Response:
        """Move a thread to another space."""
        network, _sheet = space_in(request, shaped(request, MoveRequest(data=request.data))["space"])
        return _row(move_thread(by=person_of(request), thread=visible_thread(request, pk), network=network))


class SplitRequest(serializers.Serializer[Any]):
    """Posts that become a thread of their own."""

    posts = POSTS
    title = serializers.CharField(max_length=200)


class SplitView(APIView):
    """Threads made from this one."""

    @extend_schema(operation_id="split_create", request=SplitRequest, responses={201: ThreadSerializer})
    def post(self, request: Request, pk: str) -> Response:
        """Open another thread from posts of this one."""
        thread, values = visible_thread(request, pk), shaped(request, SplitRequest(data=request.data))
        posts = list(Post.objects.filter(thread=thread, pk__in=values["posts"]))
        other = split_thread(by=person_of(request), thread=thread, posts=posts, title=values["title"])
        return Response(outputs.thread_row(other), status=status.HTTP_201_CREATED)


class MergeRequest(serializers.Serializer[Any]):
    """The thread that takes this one's posts."""

    into = serializers.CharField(max_length=26)


class MergeView(APIView):
    """The thread that this one joined."""

    @extend_schema(operation_id="merger_change", request=MergeRequest, responses=ThreadSerializer)
    def put(self, request: Request, pk: str) -> Response:
        """Append this thread's posts to another one."""
        into = visible_thread(request, shaped(request, MergeRequest(data=request.data))["into"])
        return _row(merge_thread(by=person_of(request), thread=visible_thread(request, pk), into=into))


class BirthRequest(serializers.Serializer[Any]):
    """The posts that a draft sheet is made from."""

    posts = POSTS
    title = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=Genre.choices, required=False, default=Genre.PRACTICE)


class BirthsView(APIView):
    """The sheets born from a thread."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(
        operation_id="thread_sheets_create",
        request=BirthRequest,
        responses={201: inline_serializer("Born", {"id": serializers.CharField(), "url": serializers.URLField()})},
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Make a draft sheet from posts."""
        thread, values = visible_thread(request, pk), shaped(request, BirthRequest(data=request.data))
        posts = [visible_post(request, thread, post) for post in values.pop("posts")]
        sheet = draft_sheet(by=person_of(request), thread=thread, posts=posts, **values)
        return Response({"id": sheet.pk, "url": sheet.get_absolute_url()}, status=status.HTTP_201_CREATED)


class ReadRequest(serializers.Serializer[Any]):
    """How far one has read."""

    seq = serializers.IntegerField(min_value=0, max_value=BIG)


class ReadsView(APIView):
    """How far one has read."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="reads_change", request=ReadRequest, responses=FollowSerializer)
    def put(self, request: Request, pk: str) -> Response:
        """Move one's pointer forward; it never goes back."""
        thread, values = visible_thread(request, pk), shaped(request, ReadRequest(data=request.data))
        return Response(outputs.follow_whole(mark_read(by=person_of(request), thread=thread, seq=values["seq"])))


class FollowView(APIView):
    """What one keeps of a thread."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="follow_retrieve", responses=FollowSerializer)
    def get(self, request: Request, pk: str) -> Response:
        """Return how one follows the thread."""
        return Response(outputs.follow_whole(follow_of(request.user, visible_thread(request, pk))))

    @extend_schema(operation_id="follow_change", request=FollowChange, responses=FollowSerializer)
    def patch(self, request: Request, pk: str) -> Response:
        """Follow more or less closely; keep for later or no longer."""
        by, thread = person_of(request), visible_thread(request, pk)
        values = shaped(request, FollowChange(data=request.data))
        if "level" in values:
            follow_thread(by=by, thread=thread, level=values["level"])
        if "is_saved" in values:
            save_thread(by=by, thread=thread, is_saved=values["is_saved"])
        return Response(outputs.follow_whole(follow_of(by, thread)))


class DraftRequest(serializers.Serializer[Any]):
    """What one is writing."""

    body = serializers.CharField(allow_blank=True, max_length=20_000, trim_whitespace=False)
    title = serializers.CharField(allow_blank=True, required=False, default="", max_length=200)


class DraftView(APIView):
    """What one is writing in a thread, on any device."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="thread_draft_retrieve", responses=DraftRequest)
    def get(self, request: Request, pk: str) -> Response:
        """Return one's draft, empty when there is none."""
        draft = Draft.objects.filter(user=person_of(request), thread=visible_thread(request, pk)).first()
        return Response({"title": draft.title, "body": draft.body} if draft else {"title": "", "body": ""})

    @extend_schema(operation_id="thread_draft_change", request=DraftRequest, responses=DraftRequest)
    def put(self, request: Request, pk: str) -> Response:
        """Keep a draft; an empty one is thrown away."""
        thread, values = visible_thread(request, pk), shaped(request, DraftRequest(data=request.data))
        save_draft(by=person_of(request), thread=thread, **values)
        return Response(values)
