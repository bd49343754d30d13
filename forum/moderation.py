"""What the forum brings to moderation: posts that can be reported, and the names of what its moderators do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commons.moderation import subjects
from commons.text.excerpts import text_of_html
from forum.enums import PostState
from forum.models import Post

DEEDS = {
    "change_post": _("Message modifié"),
    "delete_post": _("Message supprimé"),
    "restore_post": _("Message rétabli"),
    "release_post": _("Message laissé paraître"),
    "change_thread": _("Discussion modifiée"),
    "close_thread": _("Discussion close"),
    "reopen_thread": _("Discussion rouverte"),
    "order_thread": _("Discussion épinglée ou ralentie"),
    "move_thread": _("Discussion déplacée"),
    "split_thread": _("Messages détachés"),
    "merge_thread": _("Discussion fusionnée"),
}


def _found(user: Any, key: str) -> subjects.Reported | None:
    posts = Post.objects.select_related("thread__network", "thread__sheet", "author").exclude(state=PostState.DELETED)
    post = posts.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None  # noqa: PLR2004 - digits of 2**63
    if post is None or not user.has_perm("forum.view_post", post):
        return None
    label = f"{post.thread.title} · {post.seq}"
    excerpt = text_of_html(post.html)
    return subjects.Reported(label, post.get_absolute_url(), excerpt, post.author, post.thread.network)


def register() -> None:
    """Let posts be reported, and name what moderators of threads do."""
    subjects.register(subjects.Subject("post", _("Message"), _found))
    subjects.register_deeds(DEEDS)
