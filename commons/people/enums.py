"""The closed lists of the people app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberRole(models.TextChoices):
    """What a person does in a network."""

    MEMBER = "member", _("Membre")
    CURATOR = "curator", _("Curateur·rice")
    FACILITATOR = "facilitator", _("Animateur·rice")


class MemberState(models.TextChoices):
    """Whether a network has let the person in."""

    REQUESTED = "requested", _("Demande en attente")
    ACTIVE = "active", _("Membre")


class TokenScope(models.TextChoices):
    """What a token may do in its owner's name."""

    READ = "read", _("Lire")
    WRITE = "write", _("Lire et écrire")


class ErasureMode(models.TextChoices):
    """What becomes of the words of somebody who leaves."""

    ANONYMISE = "anonymise", _("Garder mes contributions, sans mon nom")
    REMOVE = "remove", _("Retirer aussi mes contributions")


class ErasureCause(models.TextChoices):
    """Why an account was erased."""

    ASKED = "asked", _("À sa demande")
    ADMINISTRATOR = "administrator", _("Par l’administration")
    INACTIVE = "inactive", _("Après 24 mois sans visite")
