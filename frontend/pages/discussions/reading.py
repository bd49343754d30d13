"""The page of a thread: a window of its posts, where it stands, the box to reply in."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from commons.people.rules import is_signed_in
from events.models import Occurrence
from forum.api.outputs import post_html
from forum.enums import FollowLevel, PostState
from forum.models import Draft, Follow, Post, Reaction, Thread
from forum.queries import follow_of, posts_after, posts_around, posts_before, posts_visible_to
from frontend.kept_pages import kept_for_visitors
from frontend.pages.discussions.finding import is_part, number_in, visible_thread
from frontend.signed_in import person_of
from practices.queries import sheets_visible_to

LOG, STATE = "journal", "etat"


@dataclass(frozen=True)
class Reply:
    """What stands in the reply box when the page is drawn again: the text, what was refused, how it will look."""

    body: str = ""
    client_id: str = ""
    parent: int | None = None
    refusal: str = ""
    preview: str | None = None


@kept_for_visitors("sheets", "births", "threads", "workshops")
def thread(request: HttpRequest, pk: str, slug: str) -> HttpResponse:
    """Show a thread from where one asks to read; a slug that is not the current one redirects to it.

    Asked by the page's own script, only the posts (`journal`) or what stands around them (`etat`).
    """
    found = visible_thread(request, pk)
    if slug != found.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(found.get_absolute_url() + (f"?{query}" if query else ""))
    response = page(request, found)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def page(request: HttpRequest, thread: Thread, reply: Reply | None = None, status: int = 200) -> HttpResponse:
    """Draw the page, or the part of it that is asked for."""
    if is_part(request, STATE):
        return render(request, "discussions/_state.html", state_context(request, thread))
    follow = follow_of(request.user, thread)
    log = log_context(request, thread, follow)
    if is_part(request, LOG):
        return render(request, "discussions/_log.html", log)
    context = log | state_context(request, thread) | _keeping(follow)
    context |= {"section": "threads", "reply": reply or _begun(request, thread, log["posts"])}
    return render(request, "discussions/thread.html", context, status=status)


def log_context(request: HttpRequest, thread: Thread, follow: Follow) -> dict[str, Any]:
    """Return a window of posts, and the ways to what is before and after it."""
    visible = posts_visible_to(request.user, thread)
    posts = _window(request, visible, follow)
    first, last = (posts[0].seq, posts[-1].seq) if posts else (0, 0)
    here = thread.get_absolute_url()
    is_behind = is_signed_in(request.user) and 0 < follow.last_read_seq < thread.last_seq
    return {
        "thread": thread,
        "posts": posts,
        "shown": [{"seq": post.seq, "drawn": post_html(post)} for post in posts],
        "follow": follow,
        "has_before": first > 1 and visible.filter(seq__lt=first).exists(),
        "has_after": last < thread.last_seq and visible.filter(seq__gt=last).exists(),
        "before_url": f"{here}?avant={first}#messages",
        "after_url": f"{here}?apres={last}#messages",
        "newest_url": f"{here}?autour={thread.last_seq}#fin",
        "unread_url": f"{here}?autour={follow.last_read_seq + 1}#non-lus" if is_behind else "",
        "unread_from": follow.last_read_seq + 1 if is_behind else 0,
        "said": _said(request, posts),
        "sees_held": request.user.has_perm("forum.moderate_thread", thread),
    }


def _window(request: HttpRequest, visible: Any, follow: Follow) -> list[Post]:
    if (after := number_in(request.GET.get("apres", ""))) is not None:
        return posts_after(visible, after)
    if (before := number_in(request.GET.get("avant", ""))) is not None:
        return posts_before(visible, before)
    asked = number_in(request.GET.get("autour", ""))
    return posts_around(visible, follow.last_read_seq + 1 if asked is None and follow.last_read_seq else asked or 0)


def _said(request: HttpRequest, posts: list[Post]) -> str:
    """Return one's own reactions to these posts, for the page's script: `post:kind`."""
    if not is_signed_in(request.user):
        return ""
    rows = Reaction.objects.filter(user=person_of(request), post__in=[post.pk for post in posts])
    return " ".join(f"{pk}:{kind}" for pk, kind in rows.values_list("post_id", "kind"))


def state_context(request: HttpRequest, thread: Thread) -> dict[str, Any]:
    """Return what may change of a thread beside its posts, and what this reader may do with it."""
    can = {name: request.user.has_perm(f"forum.{name}", thread) for name in ("add_post", "change_thread")}
    answers = thread.posts.select_related("author").filter(pk=thread.answer_id or 0, state=PostState.VISIBLE)
    born = sheets_visible_to(request.user).filter(births__thread=thread).defer("content", "stamps")
    return {
        "thread": thread,
        "can": can,
        "answer": answers.first() if thread.answer_id else None,
        "born": list(born.order_by("-pk")),
        "tags": [tagged.tag for tagged in thread.tagged_terms.select_related("tag").order_by("pk")],
        "crumbs": crumbs(thread),
        "merged_into": thread.merged_into if thread.merged_into_id else None,
        "meeting": meeting_of(thread),
    }


def meeting_of(thread: Thread) -> Occurrence | None:
    """Return the meeting that a bound thread belongs to; its readers are the same."""
    return Occurrence.objects.select_related("series").filter(thread=thread).first() if thread.is_bound else None


def crumbs(thread: Thread, *more: dict[str, str]) -> list[dict[str, str]]:
    """Return the way to a thread, or to a page below it."""
    way = [{"label": _("Discussions"), "url": reverse("threads")}]
    if thread.network is not None:
        way.append({"label": thread.network.name, "url": f"{way[0]['url']}?space=network:{thread.network.slug}"})
    if thread.sheet is not None:
        way.append({"label": thread.sheet.title, "url": thread.sheet.get_absolute_url()})
    own = {"label": thread.title}
    return [*way, own | {"url": thread.get_absolute_url()}, *more] if more else [*way, own]


def _keeping(follow: Follow) -> dict[str, Any]:
    levels = [{"value": level.value, "label": level.label, "is_chosen": level == follow.level} for level in FollowLevel]
    return {"levels": levels, "is_saved": follow.saved_at is not None}


def _begun(request: HttpRequest, thread: Thread, posts: list[Post]) -> Reply:
    """Return the reply box as it was left on any device, with the quote that is asked for."""
    if not is_signed_in(request.user):
        return Reply()
    draft = Draft.objects.filter(user=person_of(request), thread=thread).first()
    body = draft.body if draft else ""
    asked = number_in(request.GET.get("citer", ""))
    quoted = next((post for post in posts if post.seq == asked and post.state == PostState.VISIBLE), None)
    if quoted is None:
        return Reply(body=body, client_id=str(uuid4()))
    return Reply(body=f"{body}\n\n{quote_of(quoted)}".strip() + "\n\n", client_id=str(uuid4()), parent=quoted.pk)


def quote_of(post: Post) -> str:
    """Return a post's text as a Markdown quote that says whose it is."""
    nobody = _("Une personne présente") if post.thread.is_anonymous else _("Une personne qui a quitté Commons")
    name = post.author.public_name if post.author else nobody
    lines = [f"**{name}**", "", *post.body.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)
