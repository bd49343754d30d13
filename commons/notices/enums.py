"""The closed lists of the notices app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a notice reaches a person."""

    APP = "app", _("Sur le site")
    MAIL = "mail", _("Par e-mail, tout de suite")
    DAILY = "daily", _("Dans le résumé du jour")
    WEEKLY = "weekly", _("Dans le résumé de la semaine")


MAILS = [("", _("Jamais")), *((c.value, c.label) for c in (Channel.MAIL, Channel.DAILY, Channel.WEEKLY))]
"""What a person chooses for the mails of a kind; what is sent on the site is a choice of its own."""


class State(models.TextChoices):
    """What became of something to send."""

    WAITING = "waiting", _("À envoyer")
    SENT = "sent", _("Envoyé")
    CANCELLED = "cancelled", _("Sans objet")
    FAILED = "failed", _("Abandonné")


class Cadence(models.TextChoices):
    """How often a person wants something to read."""

    NEVER = "never", _("Jamais")
    DAILY = "daily", _("Chaque jour")
    WEEKLY = "weekly", _("Chaque semaine")


class Level(models.TextChoices):
    """Where a person stands towards a subject: wants its news, or no notice of it at all."""

    FOLLOWED = "followed", _("Suivi")
    MUTED = "muted", _("En sourdine")
