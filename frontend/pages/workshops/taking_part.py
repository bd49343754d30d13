"""The forms of who takes part: a seat, topics and voices, blocks of the minutes, a draft sheet from one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.actions import (
    add_block,
    answer,
    ask_attendance,
    draft_from_block,
    open_thread,
    propose_topic,
    save_block,
    settle_block,
    vote_topic,
)
from events.enums import BlockKind
from events.models import Block, Occurrence
from events.queries import occurrences_visible_to
from frontend.pages.workshops.forms import BlockForm
from frontend.signed_in import person_of


def _visible(request: HttpRequest, pk: int) -> Occurrence:
    return get_object_or_404(occurrences_visible_to(request.user), pk=pk)


@require_POST
@login_required
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer yes, maybe or no."""
    found = _visible(request, pk)
    taken = answer(
        by=person_of(request),
        occurrence=found,
        answer=request.POST.get("answer", ""),
        mode=request.POST.get("mode", ""),
    )
    said = {"going": _("Votre place est réservée."), "waiting": _("Vous êtes en liste d’attente.")}
    messages.success(request, said.get(taken.status, _("Votre réponse est notée.")))
    return redirect(found)


@require_POST
@login_required
def attended(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one was there."""
    found = _visible(request, pk)
    ask_attendance(by=person_of(request), occurrence=found)
    messages.success(request, _("C’est noté : l’animation le confirmera, puis votre attestation sera là."))
    return redirect(found)


@require_POST
@login_required
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting's discussion if nobody has yet, and go there."""
    return redirect(open_thread(by=person_of(request), occurrence=_visible(request, pk)))


@require_POST
@login_required
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a topic."""
    found = _visible(request, pk)
    propose_topic(
        by=person_of(request),
        occurrence=found,
        title=request.POST.get("title", ""),
        text=request.POST.get("text", ""),
    )
    messages.success(request, _("Votre sujet est proposé."))
    return redirect(found)


@require_POST
@login_required
def voice(request: HttpRequest, pk: int, topic_pk: int) -> HttpResponse:
    """Give or take back one's voice."""
    found = _visible(request, pk)
    wanted = get_object_or_404(found.topics.select_related("occurrence__series"), pk=topic_pk)
    vote_topic(by=person_of(request), topic=wanted, is_on="off" not in request.POST)
    return redirect(found)


@require_POST
@login_required
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a block to the minutes."""
    found = _visible(request, pk)
    form = BlockForm(request.POST)
    if form.is_valid():
        by, sent = person_of(request), form.cleaned_data
        add_block(by=by, occurrence=found, text=sent["text"], values=form.facts(by), client_id=sent["client_id"])
        messages.success(request, _("C’est au compte rendu."))
    else:
        messages.error(request, _("De 1 à 5 000 caractères, et un genre."))
    return redirect(f"{_where(request, found)}#compte-rendu")


@require_POST
@login_required
def edit(request: HttpRequest, pk: int, block_pk: int) -> HttpResponse:
    """Save a block's text; over somebody else's, both are kept and shown. Or make a draft sheet of it."""
    found = _visible(request, pk)
    blocks = Block.objects.filter(minutes__occurrence=found, is_removed=False)
    wanted = get_object_or_404(blocks.select_related("minutes__occurrence__series"), pk=block_pk)
    person = person_of(request)
    if "sheet" in request.POST:
        return redirect("sheet_edit", pk=draft_from_block(by=person, block=wanted).pk)
    if "settle" in request.POST:
        settle_block(by=person, block=wanted)
    else:
        number = request.POST.get("revision", "")
        saved = save_block(
            by=person,
            block=wanted,
            revision=int(number) if number.isascii() and number.isdigit() else 0,
            text=request.POST.get("text", ""),
            values={"is_done": "is_done" in request.POST} if wanted.kind == BlockKind.ACTION else {},
        )
        if saved.aside is not None:
            messages.warning(
                request, _("Quelqu’un a écrit en même temps : les deux textes sont gardés, l’un sous l’autre.")
            )
    return redirect(f"{_where(request, found)}#bloc-{wanted.pk}")


def _where(request: HttpRequest, occurrence: Occurrence) -> str:
    """Return the page that the form came from: the room, or the meeting's own."""
    return reverse("room", args=[occurrence.pk]) if "room" in request.POST else occurrence.get_absolute_url()
