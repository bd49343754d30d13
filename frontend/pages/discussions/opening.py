"""The page where a thread is opened, and what is already known of its subject while one types."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError
from commons.search.engines.protocol import EngineDownError
from commons.search.finding import Search, find
from forum.actions import add_thread, save_draft
from forum.enums import PostState, ThreadKind
from forum.models import Draft, Thread
from forum.queries import space_named
from frontend.errors import add_errors
from frontend.pages.discussions.forms import TAG_BOXES, ThreadForm
from frontend.pages.discussions.replying import previewed, render_text
from frontend.pages.search.answering import marked_rows
from frontend.signed_in import person_of
from practices.enums import TermState
from practices.models import Sheet, Term, Trial
from practices.queries import trials_visible_to

SIMILAR, TRIED = 6, 5
SHORTEST = 4


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Open a thread; a preview, a check of what exists and a save by the page itself only keep the draft."""
    sent, by = request.POST, person_of(request)
    sheet = _sheet(request)
    if request.headers.get("X-Autosave") or sent.keys() & {"preview", "check"}:
        save_draft(by=by, thread=None, body=sent.get("body", ""), title=sent.get("title", ""))
        if request.headers.get("X-Autosave"):
            return HttpResponse(status=204)
        only = previewed(request, sent.get("body", "")) if "preview" in sent else None
        return only or _page(request, ThreadForm(initial=sent.dict(), by=by, sheet=sheet), is_checked=True)
    form = ThreadForm(sent or None, initial=_begun(request), by=by, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            thread = _opened(request, form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            return redirect(thread)
    if request.method == "POST":
        save_draft(by=by, thread=None, body=sent.get("body", ""), title=sent.get("title", ""))
    return _page(request, form, status=422 if form.errors else 200)


def _opened(request: HttpRequest, values: dict[str, Any]) -> Thread:
    network, sheet = space_named(request.user, values.pop("space"))
    tags = request.POST.getlist("tags")
    thread = add_thread(by=person_of(request), network=network, sheet=sheet, tags=tags, **values)
    if thread.posts.filter(seq=1, state=PostState.HELD).exists():
        messages.info(request, _("Votre message paraîtra quand un modérateur ou une modératrice l’aura lu."))
    return thread


def _sheet(request: HttpRequest) -> Sheet | None:
    """Return the sheet that the address or the form names as the thread's space, if one may read it."""
    text = request.POST.get("space", "") or request.GET.get("space", "")
    try:
        return space_named(request.user, text)[1] if text.startswith("sheet:") else None
    except CommonsError:
        return None


def _begun(request: HttpRequest) -> dict[str, Any]:
    """Return what is known before one types: the draft left on any device, and what the address says."""
    asked = request.GET
    draft = Draft.objects.filter(user=person_of(request), thread__isnull=True).first()
    kept = {"title": draft.title, "body": draft.body} if draft else {}
    kind = asked.get("kind", "")
    said = {
        "title": asked.get("title", "")[:200],
        "space": asked.get("space", ""),
        "kind": kind if kind in ThreadKind else "",
    }
    return kept | {name: value for name, value in said.items() if value} | {"client_id": str(uuid4())}


def _page(request: HttpRequest, form: ThreadForm, *, is_checked: bool = False, status: int = 200) -> HttpResponse:
    title = str(form["title"].value() or "")
    tags = [tag for tag in request.POST.getlist("tags") if tag.strip()]
    context = {
        "section": "threads",
        "form": form,
        "tags": tags + [""] * max(TAG_BOXES - len(tags), 1),
        "terms": Term.objects.filter(state=TermState.APPROVED).order_by("key").values_list("name", flat=True),
        "preview": render_text(request.POST.get("body", "")) if "preview" in request.POST else None,
    }
    context |= similar_to(request.user, title) if is_checked or request.GET.get("title") else {}
    return render(request, "discussions/create.html", context, status=status)


@login_required
def similar(request: HttpRequest) -> HttpResponse:
    """Show what is already known of a title that is being typed."""
    return render(request, "discussions/_similar.html", similar_to(request.user, request.GET.get("title", "")))


def similar_to(user: Any, title: str) -> dict[str, Any]:
    """Return the sheets and threads near a title, and who tried those sheets; nothing for a few letters."""
    if len(title.strip()) < SHORTEST:
        return {"similar": [], "tried": [], "is_checked": False}
    try:
        found = find(user, Search(text=title[:200], kinds=("sheet", "thread"), facets=(), limit=SIMILAR))
    except EngineDownError:
        return {"similar": [], "tried": [], "is_checked": False}
    sheets = [hit.id for hit, _url in found.hits if hit.kind == "sheet"]
    return {"similar": marked_rows(found), "tried": _tried(user, sheets), "is_checked": True}


def _tried(user: Any, sheets: list[str]) -> list[Trial]:
    """Return who tried these sheets, the last first, a person once."""
    trials = trials_visible_to(user).filter(sheet__in=sheets, by__isnull=False).select_related("by", "sheet")
    rows = trials.defer("content", "html", "sheet__content", "sheet__stamps").order_by("-created_at")[: 4 * TRIED]
    by_person = {trial.by_id: trial for trial in reversed(list(rows))}
    return list(by_person.values())[::-1][:TRIED]
