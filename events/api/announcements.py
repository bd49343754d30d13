"""Says the changes of a room in words, for who listens rather than looks."""

from typing import Any

from django.utils.translation import gettext as _

from events.enums import Change
from events.models import Block, Event, Room


def said(room: Room, event: Event) -> str:
    """Return a change in words, as it is now; nothing for what need not be said."""
    if event.kind == Change.ROOM_OPENED:
        return _("La salle est ouverte.")
    if event.kind == Change.ROOM_CLOSED:
        return _("La séance est levée.")
    if event.kind == Change.AGENDA_PAUSED:
        return _("Le minuteur est en pause.")
    if event.kind == Change.AGENDA_RESUMED:
        return _("Le minuteur repart.")
    named = {
        Change.AGENDA_STEP: (_step_title, _("Étape : %(name)s")),
        Change.QUEUE_RAISED: (_hand_name, _("%(name)s demande la parole.")),
        Change.QUEUE_CALLED: (_speaker_name, _("%(name)s a la parole.")),
        Change.POLL_OPENED: (_poll_question, _("Sondage : %(name)s")),
        Change.POLL_CLOSED: (_poll_question, _("Sondage clos : %(name)s")),
        Change.QUESTION_ADDED: (_question_text, _("Question : %(name)s")),
        Change.BLOCK_ADDED: (_block_text, _("Au compte rendu : %(name)s")),
    }
    if event.kind not in named:
        return ""
    name_of, sentence = named[Change(event.kind)]
    name = name_of(room, event.payload)
    return sentence % {"name": name} if name else ""


def _step_title(room: Room, _payload: Any) -> str:
    steps = room.occurrence.shown_agenda
    return str(steps[room.step]["title"]) if room.step is not None and room.step < len(steps) else ""


def _hand_name(room: Room, payload: Any) -> str:
    hand = room.hands.select_related("user").filter(pk=payload["hand"]).first()
    return f"{hand.user.public_name} ({hand.get_kind_display()})" if hand else ""


def _speaker_name(room: Room, payload: Any) -> str:
    turn = room.turns.select_related("user").filter(pk=payload["turn"]).first()
    return turn.user.public_name if turn else ""


def _poll_question(room: Room, payload: Any) -> str:
    return str(room.polls.get(pk=payload["poll"]))


def _question_text(room: Room, payload: Any) -> str:
    return str(room.questions.filter(pk=payload["question"]).first() or "")


def _block_text(room: Room, payload: Any) -> str:
    block = Block.objects.filter(minutes__occurrence=room.occurrence_id, pk=payload["block"], is_removed=False).first()
    return str(block or "")
