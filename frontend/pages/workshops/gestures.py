"""What people do in a room, as forms: sent by its page, or by its script, which asks for no page back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.errors import CommonsError, Invalid
from events.actions import (
    answer_poll,
    ask_question,
    close_poll,
    close_question,
    close_room,
    end_turn,
    give_floor,
    lower_all_hands,
    lower_hand,
    move_hand,
    open_poll,
    open_room,
    pause_agenda,
    raise_hand,
    remove_question,
    resume_agenda,
    set_balance,
    start_step,
    vote_question,
)
from events.models import Hand, Occurrence, Poll, Question
from events.queries import queue_of, room_of
from frontend.pages.workshops.room import entered
from frontend.signed_in import person_of

Gesture = Callable[..., None]


def _gesture(gesture: Gesture) -> Callable[..., HttpResponse]:
    """Make a door of what a form asks: back to the room, or, to its script, nothing, or the refusal in words."""

    @require_POST
    @login_required
    def door(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            gesture(request, pk, **kwargs)
        except CommonsError as error:
            if request.headers.get("HX-Request"):
                return HttpResponse(words_of(error), status=error.status, content_type="text/plain; charset=utf-8")
            messages.error(request, words_of(error))
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204)
        return redirect("room", pk=pk)

    door.__doc__ = gesture.__doc__
    return door


def words_of(error: CommonsError) -> str:
    """Return a refusal as one sentence: what is wrong with each field, or the refusal's own words."""
    fields = getattr(error, "fields", {})
    return " ".join(str(text) for texts in fields.values() for text in texts) or str(error.message)


def _number(request: HttpRequest, name: str) -> int | None:
    """Return the number in a field; none when it is empty; anything else is refused."""
    text = request.POST.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - what a database's number holds
        raise Invalid({name: [_("Un nombre entier est attendu.")]})
    return int(text)


@_gesture
def opening(request: HttpRequest, pk: int) -> None:
    """Open the room, or close it."""
    occurrence = entered(request, pk)
    act = close_room if "close" in request.POST else open_room
    act(by=person_of(request), occurrence=occurrence)


@_gesture
def agenda(request: HttpRequest, pk: int) -> None:
    """Start a step or the next one, stop the clock, let it run on."""
    occurrence, person = entered(request, pk), person_of(request)
    if "pause" in request.POST:
        pause_agenda(by=person, occurrence=occurrence)
    elif "resume" in request.POST:
        resume_agenda(by=person, occurrence=occurrence)
    else:
        start_step(by=person, occurrence=occurrence, step=_number(request, "step"))


@_gesture
def queue(request: HttpRequest, pk: int) -> None:
    """Raise one's hand, lower one or all, move one, say who goes first."""
    occurrence, person = entered(request, pk), person_of(request)
    if request.POST.get("lower") == "all":
        lower_all_hands(by=person, occurrence=occurrence)
    elif "lower" in request.POST:
        lower_hand(by=person, hand=_hand(request, pk, "lower"))
    elif "withdraw" in request.POST:
        if (hand := Hand.objects.filter(room__occurrence=occurrence, user=person).first()) is not None:
            lower_hand(by=person, hand=hand)
    elif "place" in request.POST:
        reason, place = request.POST.get("reason", ""), _number(request, "place") or 0
        move_hand(by=person, hand=_standing(request, occurrence), place=place, reason=reason)
    elif "balance" in request.POST:
        set_balance(by=person, occurrence=occurrence, balance=request.POST["balance"])
    else:
        raise_hand(by=person, occurrence=occurrence, kind=request.POST.get("kind", ""))


def _hand(request: HttpRequest, pk: int, name: str) -> Hand:
    hands = Hand.objects.filter(room__occurrence=pk).select_related("room__occurrence")
    return get_object_or_404(hands, pk=_number(request, name))


def _standing(request: HttpRequest, occurrence: Occurrence) -> Hand:
    """Return the hand that stands at the place named, as the page counts them, from 1."""
    hands, place = queue_of(room_of(occurrence)), _number(request, "from") or 0
    if not 1 <= place <= len(hands):
        raise Invalid({"from": [_("Il n’y a personne à cette place.")]})
    return hands[place - 1]


@_gesture
def floor(request: HttpRequest, pk: int) -> None:
    """Give the floor to the first or to one hand, or leave it."""
    occurrence, person = entered(request, pk), person_of(request)
    if "end" in request.POST:
        end_turn(by=person, occurrence=occurrence)
    else:
        give_floor(by=person, occurrence=occurrence, hand=_number(request, "give"))


@_gesture
def polls(request: HttpRequest, pk: int) -> None:
    """Open a poll: one answer a line."""
    occurrence, lines = entered(request, pk), request.POST.get("options", "").splitlines()
    question = request.POST.get("question", "")
    open_poll(by=person_of(request), occurrence=occurrence, question=question, options=lines)


@_gesture
def poll(request: HttpRequest, pk: int, poll_pk: int) -> None:
    """Answer a poll, or close it."""
    found = get_object_or_404(Poll.objects.filter(room__occurrence=entered(request, pk)), pk=poll_pk)
    if "close" in request.POST:
        close_poll(by=person_of(request), poll=found)
    else:
        option = _number(request, "option")
        answer_poll(by=person_of(request), poll=found, option=-1 if option is None else option)


@_gesture
def questions(request: HttpRequest, pk: int) -> None:
    """Put a question to the room."""
    text, client_id = request.POST.get("text", ""), request.POST.get("client_id", "")
    ask_question(by=person_of(request), occurrence=entered(request, pk), text=text, client_id=client_id)


@_gesture
def question(request: HttpRequest, pk: int, question_pk: int) -> None:
    """Give or take back one's voice, say that it was answered, or take it out."""
    found = get_object_or_404(Question.objects.filter(room__occurrence=entered(request, pk)), pk=question_pk)
    if "close" in request.POST:
        close_question(by=person_of(request), question=found)
    elif "remove" in request.POST:
        remove_question(by=person_of(request), question=found)
    else:
        vote_question(by=person_of(request), question=found, is_on=request.POST.get("vote") != "off")
