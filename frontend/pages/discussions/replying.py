"""What one writes in a thread and keeps of it: replies that are never lost, following, saving, how far one has read."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.text.markdown import render as render_markdown
from forum.actions import add_post, follow_thread, mark_read, save_draft, save_thread
from forum.enums import PostState
from forum.models import Post, Thread
from forum.queries import posts_visible_to
from frontend.errors import words_of
from frontend.pages.discussions.finding import number_in, visible_thread
from frontend.pages.discussions.reading import Reply, page
from frontend.signed_in import person_of


@require_POST
@login_required
def reply(request: HttpRequest, pk: str) -> HttpResponse:
    """Post a reply, show how it will look, or keep it for later; what is refused stays in the box and on the server."""
    thread, by, body = visible_thread(request, pk), person_of(request), request.POST.get("body", "")
    if request.headers.get("X-Autosave"):
        save_draft(by=by, thread=thread, body=body)
        return HttpResponse(status=204)
    if "preview" in request.POST:
        save_draft(by=by, thread=thread, body=body)
        return previewed(request, body) or page(request, thread, _sent(request, preview=render_text(body)))
    try:
        post = add_post(
            by=by,
            thread=thread,
            body=body,
            client_id=request.POST.get("client_id", ""),
            parent=_parent(request, thread),
        )
    except CommonsError as error:
        save_draft(by=by, thread=thread, body=body)
        return page(request, thread, _sent(request, refusal=words_of(error)), status=error.status)
    return _kept(request, post)


def render_text(body: str) -> str:
    """Return how a text will look."""
    return render_markdown(body, prefix="apercu")


def previewed(request: HttpRequest, body: str) -> HttpResponse | None:
    """Answer htmx with how the text will look, and nothing else; without htmx the whole page shows it."""
    if not request.headers.get("HX-Request"):
        return None
    return render(request, "writing/_preview.html", {"html": render_text(body)})


def _sent(request: HttpRequest, *, refusal: str = "", preview: str | None = None) -> Reply:
    return Reply(
        body=request.POST.get("body", ""),
        client_id=request.POST.get("client_id", "") or str(uuid4()),
        parent=number_in(request.POST.get("parent", "")),
        refusal=refusal,
        preview=preview,
    )


def _parent(request: HttpRequest, thread: Thread) -> Post | None:
    asked = number_in(request.POST.get("parent", ""))
    return posts_visible_to(request.user, thread).filter(pk=asked).first() if asked else None


def _kept(request: HttpRequest, post: Post) -> HttpResponse:
    if post.state == PostState.HELD:
        messages.info(
            request, _("Votre message est gardé. Il paraîtra quand un modérateur ou une modératrice l’aura lu.")
        )
    return redirect(post)


@require_POST
@login_required
def keep(request: HttpRequest, pk: str) -> HttpResponse:
    """Follow more or less closely, save for later or no longer, or mark as read: three buttons, three meanings."""
    thread, by, sent = visible_thread(request, pk), person_of(request), request.POST
    if "level" in sent:
        follow_thread(by=by, thread=thread, level=sent["level"])
    elif "saved" in sent:
        save_thread(by=by, thread=thread, is_saved=sent["saved"] == "1")
    else:
        mark_read(by=by, thread=thread, seq=number_in(sent.get("read", "")) or 0)
    return redirect(thread)
