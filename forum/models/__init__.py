"""The forum's tables."""

from forum.models.posts import BODY_LIMIT, Mention, Poll, Post, PostRevision, Reaction, Vote
from forum.models.tags import TaggedThread
from forum.models.threads import UNANSWERED, Birth, Draft, Event, Follow, Thread, ThreadQuerySet

__all__ = [
    "BODY_LIMIT",
    "UNANSWERED",
    "Birth",
    "Draft",
    "Event",
    "Follow",
    "Mention",
    "Poll",
    "Post",
    "PostRevision",
    "Reaction",
    "TaggedThread",
    "Thread",
    "ThreadQuerySet",
    "Vote",
]
