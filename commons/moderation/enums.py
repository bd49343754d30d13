"""The closed lists of moderation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportReason(models.TextChoices):
    """Why something is reported."""

    SPAM = "spam", _("Publicité ou message indésirable")
    ABUSE = "abuse", _("Propos blessants ou haineux")
    PRIVACY = "privacy", _("Données personnelles divulguées")
    RIGHTS = "rights", _("Droit d’auteur ou droit à l’image")
    ASTRAY = "astray", _("N’a pas sa place ici")
    OTHER = "other", _("Autre raison")


class ReportState(models.TextChoices):
    """How far a report has come."""

    OPEN = "open", _("À traiter")
    TAKEN = "taken", _("En cours")
    RESOLVED = "resolved", _("Traité")
    REJECTED = "rejected", _("Sans suite")


PENDING = (ReportState.OPEN, ReportState.TAKEN)


class SanctionKind(models.TextChoices):
    """What is asked of a person; a warning bars nothing."""

    WARNING = "warning", _("Avertissement")
    SILENCE = "silence", _("Silence")
    SUSPENSION = "suspension", _("Suspension")
