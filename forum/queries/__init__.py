"""What may be read of the forum."""

from forum.queries.people import people_named, people_to_name, people_to_name_in
from forum.queries.posts import (
    REPLAY,
    WINDOW,
    event_numbered,
    events_after,
    held_posts,
    newest_posts,
    posts_after,
    posts_around,
    posts_before,
    posts_visible_to,
)
from forum.queries.spaces import space_named
from forum.queries.threads import (
    count_listed,
    follow_of,
    last_read,
    people_muting_thread,
    stance_on_thread,
    thread_visible_to,
    threads_beside,
    threads_by_activity,
    threads_muted_by,
    threads_of,
    threads_visible_to,
    unread_threads,
)

__all__ = [
    "REPLAY",
    "WINDOW",
    "count_listed",
    "event_numbered",
    "events_after",
    "follow_of",
    "held_posts",
    "last_read",
    "newest_posts",
    "people_muting_thread",
    "people_named",
    "people_to_name",
    "people_to_name_in",
    "posts_after",
    "posts_around",
    "posts_before",
    "posts_visible_to",
    "space_named",
    "stance_on_thread",
    "thread_visible_to",
    "threads_beside",
    "threads_by_activity",
    "threads_muted_by",
    "threads_of",
    "threads_visible_to",
    "unread_threads",
]
