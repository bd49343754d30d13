"""Who may do what in the forum: one predicate each, one table."""

from typing import Any

from commons.people.rules import is_moderator, is_network_curator, is_network_member, is_signed_in
from commons.permissions import Predicate
from forum.enums import Audience, PostState


def can_view_thread(user: Any, thread: Any) -> bool:
    """Hold for whom the audience lets in, when the sheet it is about lets them in too; and for moderators."""
    if is_moderator(user):
        return True
    if thread.sheet_id is not None and not user.has_perm("practices.view_sheet", thread.sheet):
        return False
    if thread.audience == Audience.NETWORK:
        return is_network_member(user, thread.network) or is_guest(user, thread)
    return bool(thread.audience == Audience.PUBLIC or is_signed_in(user))


def is_guest(user: Any, thread: Any) -> bool:
    """Hold for who is let into a bound thread beside its audience."""
    return thread.is_bound and is_signed_in(user) and thread.guests.filter(pk=user.pk).exists()


def moderates_thread(user: Any, thread: Any) -> bool:
    """Hold for moderators, and for the curators of the thread's network."""
    return is_moderator(user) or (thread.network_id is not None and is_network_curator(user, thread.network))


def can_add_post(user: Any, thread: Any) -> bool:
    """Hold for signed-in readers while the thread is open; for its moderators always."""
    is_open = thread.closed_at is None or moderates_thread(user, thread)
    return is_signed_in(user) and is_open and can_view_thread(user, thread)


def can_take_part(user: Any, thread: Any) -> bool:
    """Hold for signed-in readers: following, saving, reading on, reporting."""
    return is_signed_in(user) and can_view_thread(user, thread)


def can_change_thread(user: Any, thread: Any) -> bool:
    """Hold for who opened the thread while they may read it, and for its moderators."""
    is_own = is_signed_in(user) and thread.created_by_id == user.pk and can_view_thread(user, thread)
    return is_own or moderates_thread(user, thread)


def can_view_post(user: Any, post: Any) -> bool:
    """Hold for the thread's readers; a held post is its author's and the moderators'."""
    if post.state == PostState.HELD and not is_post_author(user, post):
        return moderates_thread(user, post.thread)
    return can_view_thread(user, post.thread)


def is_post_author(user: Any, post: Any) -> bool:
    """Hold for who wrote the post."""
    return is_signed_in(user) and post.author_id == user.pk


def can_change_post(user: Any, post: Any) -> bool:
    """Hold for the author while the thread is open, and for its moderators."""
    is_own = is_post_author(user, post) and can_add_post(user, post.thread)
    return is_own or moderates_thread(user, post.thread)


def can_react(user: Any, post: Any) -> bool:
    """Hold for signed-in readers of a visible post of somebody else, where names are written."""
    is_open = post.state == PostState.VISIBLE and not post.thread.is_anonymous
    return is_open and not is_post_author(user, post) and can_take_part(user, post.thread)


def can_vote(user: Any, poll: Any) -> bool:
    """Hold for signed-in readers of a visible post, where names are written."""
    is_open = poll.post.state == PostState.VISIBLE and not poll.post.thread.is_anonymous
    return is_open and can_take_part(user, poll.post.thread)


def moderates_post(user: Any, post: Any) -> bool:
    """Hold for the thread's moderators."""
    return moderates_thread(user, post.thread)


PERMISSIONS: dict[str, Predicate] = {
    "forum.add_thread": is_signed_in,
    "forum.view_thread": can_view_thread,
    "forum.change_thread": can_change_thread,
    "forum.moderate_thread": moderates_thread,
    "forum.follow_thread": can_take_part,
    "forum.add_post": can_add_post,
    "forum.view_post": can_view_post,
    "forum.change_post": can_change_post,
    "forum.release_post": moderates_post,
    "forum.react": can_react,
    "forum.vote": can_vote,
}
WRITES = PERMISSIONS.keys() - {"forum.view_thread", "forum.view_post", "forum.follow_thread"}
"""What others read: refused to whoever is silenced."""
