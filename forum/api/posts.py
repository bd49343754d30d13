"""The doors of posts: read by windows, add, change, react, vote; and the changes that a reader missed."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import idempotent, shaped
from commons.errors import NotFound
from commons.live.replay import ASKED, asked_after, kept_frames, seq_in
from commons.people.api.authentication import person_of
from forum.actions import add_poll, add_post, change_post, delete_post, react, release_post, restore_post, vote
from forum.actions.posts import posted_before
from forum.api import outputs
from forum.api.doors import (
    EventsSerializer,
    PostChange,
    PostRequest,
    PostSerializer,
    visible_post,
    visible_thread,
)
from forum.models import Poll, Post, Thread
from forum.queries import events_after, newest_posts, posts_after, posts_around, posts_before, posts_visible_to

Posts = inline_serializer("Posts", {"results": PostSerializer(many=True), "last_seq": serializers.IntegerField()})


class PostsView(APIView):
    """The posts of a thread."""

    @extend_schema(
        operation_id="posts_list",
        responses=Posts,
        parameters=[OpenApiParameter(name, int) for name in ("after", "before", "around")],
    )
    def get(self, request: Request, pk: str) -> Response:
        """Return a window of posts in order: after, before or around a number; the newest without one."""
        thread = visible_thread(request, pk)
        posts = posts_visible_to(request.user, thread)
        for name, window in (("after", posts_after), ("before", posts_before), ("around", posts_around)):
            if (seq := seq_in(request, name)) is not None:
                rows = window(posts, seq)
                break
        else:
            rows = newest_posts(posts)
        return Response({"results": [outputs.post_whole(post) for post in rows], "last_seq": thread.last_seq})

    @extend_schema(
        operation_id="posts_create", request=PostRequest, responses={201: PostSerializer, 200: PostSerializer}
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Post; with a `client_id` sent before, return that post (200)."""
        by, thread = person_of(request), visible_thread(request, pk)
        values = shaped(request, PostRequest(data=request.data))
        parent = values.pop("parent", None)
        is_repeated = posted_before(by, values["client_id"], thread) is not None
        post = add_post(
            by=by, thread=thread, parent=visible_post(request, thread, parent) if parent else None, **values
        )
        return _post(post, status.HTTP_200_OK if is_repeated else status.HTTP_201_CREATED)


def _post(post: Post, code: int = status.HTTP_200_OK) -> Response:
    return Response(outputs.post_whole(post), status=code)


class PostView(APIView):
    """One post."""

    @extend_schema(operation_id="posts_retrieve", responses=PostSerializer)
    def get(self, request: Request, pk: str, post_pk: int) -> Response:
        """Return a post."""
        return _post(visible_post(request, visible_thread(request, pk), post_pk))

    @extend_schema(operation_id="posts_change", request=PostChange, responses=PostSerializer)
    def patch(self, request: Request, pk: str, post_pk: int) -> Response:
        """Change a post's text; the former one is kept."""
        post = visible_post(request, visible_thread(request, pk), post_pk)
        return _post(change_post(by=person_of(request), post=post, **shaped(request, PostChange(data=request.data))))

    @extend_schema(operation_id="posts_delete", responses=PostSerializer)
    def delete(self, request: Request, pk: str, post_pk: int) -> Response:
        """Hide a post's text; its place stays."""
        post = visible_post(request, visible_thread(request, pk), post_pk)
        return _post(delete_post(by=person_of(request), post=post))


class RestorationView(APIView):
    """A deleted post's way back."""

    @extend_schema(operation_id="restoration_change", request=None, responses=PostSerializer)
    def put(self, request: Request, pk: str, post_pk: int) -> Response:
        """Show the post again."""
        post = visible_post(request, visible_thread(request, pk), post_pk)
        return _post(restore_post(by=person_of(request), post=post))


class ReleaseView(APIView):
    """A held post's way to its readers."""

    @extend_schema(operation_id="release_change", request=None, responses=PostSerializer)
    def put(self, request: Request, pk: str, post_pk: int) -> Response:
        """Let a newcomer's post through."""
        post = visible_post(request, visible_thread(request, pk), post_pk)
        return _post(release_post(by=person_of(request), post=post))


class ReactionView(APIView):
    """One of the things a reaction may say: `thanks`, `tried`, `dig`."""

    @extend_schema(operation_id="reactions_change", request=None, responses=PostSerializer)
    def put(self, request: Request, pk: str, post_pk: int, kind: str) -> Response:
        """Say it."""
        return self._react(request, pk, post_pk, kind, is_on=True)

    @extend_schema(operation_id="reactions_delete", request=None, responses=PostSerializer)
    def delete(self, request: Request, pk: str, post_pk: int, kind: str) -> Response:
        """Take it back."""
        return self._react(request, pk, post_pk, kind, is_on=False)

    @staticmethod
    def _react(request: Request, pk: str, post_pk: int, kind: str, *, is_on: bool) -> Response:
        post = visible_post(request, visible_thread(request, pk), post_pk)
        return _post(react(by=person_of(request), post=post, kind=kind, is_on=is_on))


class PollRequest(serializers.Serializer[Any]):
    """A question and its answers."""

    question = serializers.CharField(max_length=200)
    options = serializers.ListField(child=serializers.CharField(max_length=120), min_length=2, max_length=10)
    is_multiple = serializers.BooleanField(required=False, default=False)


class PollView(APIView):
    """The poll under a post."""

    @extend_schema(operation_id="polls_create", request=PollRequest, responses={201: PostSerializer})
    @idempotent
    def post(self, request: Request, pk: str, post_pk: int) -> Response:
        """Put a question under one's post."""
        post = visible_post(request, visible_thread(request, pk), post_pk)
        add_poll(by=person_of(request), post=post, **shaped(request, PollRequest(data=request.data)))
        return _post(post, status.HTTP_201_CREATED)


class VoteRequest(serializers.Serializer[Any]):
    """The answers chosen, by their place from 0; none takes one's vote back."""

    options = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=9), max_length=10)


class VoteView(APIView):
    """One's vote."""

    @extend_schema(operation_id="votes_change", request=VoteRequest, responses=PostSerializer)
    def put(self, request: Request, pk: str, post_pk: int) -> Response:
        """Vote, or vote again."""
        post = visible_post(request, visible_thread(request, pk), post_pk)
        poll = Poll.objects.filter(post=post).select_related("post__thread").first()
        if poll is None:
            raise NotFound
        return _post(vote(by=person_of(request), poll=poll, **shaped(request, VoteRequest(data=request.data))).post)


class EventsView(APIView):
    """What changed in a thread."""

    @extend_schema(
        operation_id="events_list",
        responses=EventsSerializer,
        parameters=ASKED,
    )
    def get(self, request: Request, pk: str) -> Response:
        """Return what changed after a number, oldest first, 200 at most; 410 when it cannot be told any more."""
        thread = visible_thread(request, pk)
        after = asked_after(request)
        frames = kept_frames(thread.pk, after, thread.last_seq, lambda: _frames(thread, after))
        return Response({"events": frames, "last_seq": thread.last_seq})


def _frames(thread: Thread, after: int) -> list[dict[str, Any]] | None:
    events = events_after(thread, after)
    return None if events is None else [outputs.frame(event) for event in events]
