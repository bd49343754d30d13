"""The closed lists of the events app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a series and everything in it."""

    PUBLIC = "public", _("Tout le monde")
    MEMBERS = "members", _("Personnes inscrites")
    NETWORK = "network", _("Membres du réseau")


class Format(models.TextChoices):
    """Where people meet."""

    ONSITE = "onsite", _("Sur place")
    ONLINE = "online", _("En ligne")
    HYBRID = "hybrid", _("Sur place et en ligne")


class Status(models.TextChoices):
    """What became of an occurrence: schema.org's EventStatusType."""

    SCHEDULED = "scheduled", _("Prévu")
    RESCHEDULED = "rescheduled", _("Déplacé")
    MOVED_ONLINE = "moved_online", _("Passé en ligne")
    POSTPONED = "postponed", _("Reporté, sans nouvelle date")
    CANCELLED = "cancelled", _("Annulé")


TAKES_PLACE = (Status.SCHEDULED, Status.RESCHEDULED, Status.MOVED_ONLINE)


class Template(models.TextChoices):
    """The agendas that a series may start from."""

    DEBATE = "debate", _("Débat")
    CODEVELOPMENT = "codevelopment", _("Codéveloppement")
    WORLD_CAFE = "world_cafe", _("World café")
    AUTOPSY = "autopsy", _("Autopsie d’un échec")


class Answer(models.TextChoices):
    """What a person answers to an invitation."""

    YES = "yes", _("Je viens")
    MAYBE = "maybe", _("Peut-être")
    NO = "no", _("Je ne viens pas")


class Mode(models.TextChoices):
    """How a person comes: the two are counted apart."""

    ONSITE = "onsite", _("Sur place")
    ONLINE = "online", _("En ligne")


class SeatStatus(models.TextChoices):
    """What an answer gives."""

    GOING = "going", _("Place réservée")
    WAITING = "waiting", _("En liste d’attente")
    NONE = "none", _("Sans place")


class Notice(models.TextChoices):
    """What people are told of an occurrence, each once."""

    WEEK = "week", _("Dans une semaine")
    DAY = "day", _("Demain")
    HOUR = "hour", _("Dans une heure")
    TRACE = "trace", _("Votre trace")
    PROMOTED = "promoted", _("Une place s’est libérée")
    CONFIRM = "confirm", _("À confirmer")
    CONFIRM_AGAIN = "confirm_again", _("Toujours à confirmer")
    POSTPONED = "postponed", _("Reporté")
    REVIEW = "review", _("Une décision à revoir")


class BlockKind(models.TextChoices):
    """What a block of the minutes says."""

    PRACTICE = "practice", _("Pratique")
    TIP = "tip", _("Astuce")
    FAILURE = "failure", _("Échec")
    QUESTION = "question", _("Question")
    DECISION = "decision", _("Décision")
    ACTION = "action", _("Action")


class MinutesState(models.TextChoices):
    """Where the minutes stand."""

    OPEN = "open", _("En cours d’écriture")
    REVIEW = "review", _("En relecture")
    FROZEN = "frozen", _("Approuvé")


class HandKind(models.TextChoices):
    """Why a person asks to speak, in the order in which the floor is given."""

    ORDER = "order", _("Point d’ordre")
    FACT = "fact", _("Précision de fait")
    REPLY = "reply", _("Réponse à ce qui vient d’être dit")
    POINT = "point", _("Nouveau point")


class Balance(models.TextChoices):
    """Whom the queue puts first among those who ask for the same thing."""

    NONE = "", _("Qui a demandé avant")
    PERSON = "person", _("Qui a le moins parlé")
    HOUSE = "house", _("Le type de maison qu’on a le moins entendu")


class RoomState(models.TextChoices):
    """Where a meeting's room stands."""

    WAITING = "waiting", _("Pas encore ouverte")
    OPEN = "open", _("En séance")
    CLOSED = "closed", _("Séance levée")


class Change(models.TextChoices):
    """What may happen in a room; the noun before the dot names the part that changes."""

    ROOM_OPENED = "room.opened"
    ROOM_CLOSED = "room.closed"
    AGENDA_CHANGED = "agenda.changed"
    AGENDA_STEP = "agenda.step"
    AGENDA_PAUSED = "agenda.paused"
    AGENDA_RESUMED = "agenda.resumed"
    QUEUE_RAISED = "queue.raised"
    QUEUE_LOWERED = "queue.lowered"
    QUEUE_MOVED = "queue.moved"
    QUEUE_BALANCED = "queue.balanced"
    QUEUE_CALLED = "queue.called"
    QUEUE_SPOKEN = "queue.spoken"
    POLL_OPENED = "poll.opened"
    POLL_ANSWERED = "poll.answered"
    POLL_CLOSED = "poll.closed"
    QUESTION_ADDED = "question.added"
    QUESTION_VOTED = "question.voted"
    QUESTION_CLOSED = "question.closed"
    QUESTION_REMOVED = "question.removed"
    BLOCK_ADDED = "block.added"
    BLOCK_CHANGED = "block.changed"
    BLOCK_REMOVED = "block.removed"
    MINUTES_CHANGED = "minutes.changed"
