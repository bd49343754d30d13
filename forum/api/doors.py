"""What the doors of the forum share: finding threads and posts, shapes of bodies."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from commons.errors import NotFound
from commons.people.models import Network
from forum.enums import Audience, FollowLevel, ThreadKind
from forum.models import BODY_LIMIT, Post, Thread
from forum.queries import posts_visible_to, space_named, thread_visible_to
from practices.models import Sheet

BIG = 2**31


def visible_thread(request: Request, pk: str) -> Thread:
    """Return the thread if the person may read it; hidden and missing are the same."""
    thread = thread_visible_to(request.user, pk)
    if thread is None:
        raise NotFound
    return thread


def visible_post(request: Request, thread: Thread, pk: int) -> Post:
    """Return a post of a readable thread."""
    post = posts_visible_to(request.user, thread).filter(pk=pk).first() if pk < BIG else None
    if post is None:
        raise NotFound
    post.thread = thread
    return post


def space_in(request: Request, text: str) -> tuple[Network | None, Sheet | None]:
    """Return the space that a text names, if the person may know of it."""
    return space_named(request.user, text)


class PostRequest(serializers.Serializer[Any]):
    """A post to add."""

    body = serializers.CharField(max_length=BODY_LIMIT, trim_whitespace=False)
    client_id = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)
    parent: Any = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=BIG)


class PostChange(serializers.Serializer[Any]):
    """A post's new text, and the revision it was read at."""

    body = serializers.CharField(max_length=BODY_LIMIT, trim_whitespace=False)
    revision = serializers.IntegerField(min_value=1, max_value=BIG)


class ThreadRequest(serializers.Serializer[Any]):
    """A thread to open: `space` is `general`, `network:SLUG` or `sheet:ID`."""

    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=BODY_LIMIT, trim_whitespace=False)
    kind = serializers.ChoiceField(choices=ThreadKind.choices, required=False, default=ThreadKind.DISCUSSION)
    space = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=10)
    client_id = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)


class ThreadChange(serializers.Serializer[Any]):
    """What may be changed of a thread."""

    title = serializers.CharField(max_length=200, required=False)
    kind = serializers.ChoiceField(choices=ThreadKind.choices, required=False)
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=10)


class FollowChange(serializers.Serializer[Any]):
    """How closely to follow, and whether to keep for later."""

    level = serializers.ChoiceField(choices=FollowLevel.choices, required=False)
    is_saved = serializers.BooleanField(required=False)


@extend_schema_field({"type": "object", "nullable": True})
class ObjectField(serializers.JSONField):
    """An object that the outputs shape."""


class ThreadSerializer(serializers.Serializer[Any]):
    """A thread."""

    id = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()
    kind = serializers.CharField()
    audience = serializers.CharField()
    space = serializers.CharField()
    created_by = ObjectField()
    created_at = serializers.DateTimeField()
    last_post_at = serializers.DateTimeField()
    last_seq = serializers.IntegerField()
    post_count = serializers.IntegerField()
    is_closed = serializers.BooleanField()
    is_pinned = serializers.BooleanField()
    is_anonymous = serializers.BooleanField(help_text="no name is written of who posts: the Chatham House rule")
    answer: Any = serializers.IntegerField(allow_null=True)
    slow_seconds = serializers.IntegerField()
    merged_into: Any = serializers.CharField(allow_null=True)


class ThreadAdded(ThreadSerializer):
    """A thread just opened, and the number of its first post."""

    seq = serializers.IntegerField()
    post: Any = serializers.DictField()


class PostSerializer(serializers.Serializer[Any]):
    """A post."""

    id = serializers.IntegerField()
    thread = serializers.CharField()
    seq = serializers.IntegerField()
    state = serializers.CharField()
    author = ObjectField()
    parent: Any = serializers.IntegerField(allow_null=True)
    body = serializers.CharField(allow_blank=True)
    html = serializers.CharField(allow_blank=True)
    revision = serializers.IntegerField()
    reactions = serializers.DictField()
    poll = ObjectField()
    created_at = serializers.DateTimeField()
    edited_at: Any = serializers.DateTimeField(allow_null=True)


class EventSerializer(serializers.Serializer[Any]):
    """A change of a thread: the same as the sockets' frames."""

    type = serializers.CharField()
    thread = serializers.CharField()
    seq = serializers.IntegerField()
    post = PostSerializer(allow_null=True)
    html = serializers.CharField(allow_blank=True)
    removed = serializers.ListField(child=serializers.IntegerField(), required=False)
    state: Any = serializers.DictField(required=False)


class EventsSerializer(serializers.Serializer[Any]):
    """What changed after a number, and the thread's last one; more is to be asked for while they differ."""

    events = EventSerializer(many=True)
    last_seq = serializers.IntegerField()


class FollowSerializer(serializers.Serializer[Any]):
    """What a person keeps of a thread."""

    level = serializers.CharField()
    last_read_seq = serializers.IntegerField()
    is_saved = serializers.BooleanField()
