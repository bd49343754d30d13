"""The page of a meeting's room: everything in it, or one part that its script reads again."""

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from commons.permissions import require
from events.api.frames import PARTS, part_context, results
from events.enums import Balance, HandKind, MinutesState
from events.models import Minutes, Occurrence, Room
from events.queries import blocks_of, joinable, occurrences_visible_to, own_answers, own_voices, polls_of, room_of
from frontend.pages.workshops.forms import BlockForm, PollForm
from frontend.signed_in import person_of

READ_AGAIN = dict(PARTS.values()) | {"blocs": "events/_blocks.html"}


def entered(request: HttpRequest, pk: int) -> Occurrence:
    """Return the meeting if the person may be in its room."""
    found = get_object_or_404(occurrences_visible_to(request.user), pk=pk)
    require(request.user, "events.view_room", found)
    return found


@login_required
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the room; asked by its script, one part of it as this reader sees it."""
    found = room_of(entered(request, pk))
    context = own_context(request, found)
    part = READ_AGAIN.get(request.headers.get("HX-Target", ""))
    if part and request.headers.get("HX-Request"):
        response = render(request, part, context)
    else:
        response = render(request, "workshops/room.html", context | _page_context(request, found))
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def own_context(request: HttpRequest, room: Room) -> dict[str, Any]:
    """Return what the parts show to this reader: with their own answers and voices."""
    context, person = part_context(room), person_of(request)
    polls = list(polls_of(room))
    mine = own_answers(person, polls)
    minutes = Minutes.objects.filter(occurrence=room.occurrence).first()
    return context | {
        "polls": [{"poll": p, "results": results(p, mine.get(p.pk)), "mine": mine.get(p.pk)} for p in polls],
        "answered": sorted(mine),
        "voted": own_voices(person, context["questions"]),
        "minutes": minutes,
        "blocks": list(blocks_of(minutes, person)) if minutes else [],
    }


def _page_context(request: HttpRequest, room: Room) -> dict[str, Any]:
    occurrence, minutes = room.occurrence, Minutes.objects.filter(occurrence=room.occurrence).first()
    own_hand = room.hands.filter(user=person_of(request)).first() if room.pk else None
    return {
        "section": "workshops",
        "series": occurrence.series,
        "may_run": request.user.has_perm("events.run_room", occurrence),
        "own_hand": own_hand,
        "hand_kinds": HandKind.choices[::-1],
        "balances": Balance.choices,
        "poll_form": PollForm(auto_id="sondage_%s"),
        "question_id": secrets.token_hex(8),
        "block_form": BlockForm(initial={"client_id": secrets.token_hex(8)}, auto_id="neuf_%s"),
        "is_writable": minutes is None or minutes.state != MinutesState.FROZEN,
        "join_link": occurrence.shown_link if joinable(request.user, [occurrence]) else "",
        "crumbs": [
            {"label": _("Ateliers"), "url": reverse("workshops")},
            {"label": occurrence.shown_title, "url": occurrence.get_absolute_url()},
            {"label": _("Salle")},
        ],
    }
