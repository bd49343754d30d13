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
