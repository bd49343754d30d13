"""The closed lists of a sheet's life (the open ones are vocabularies)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Genre(models.TextChoices):
    """The three kinds of sheet."""

    PRACTICE = "practice", _("Pratique")
    GUIDE = "guide", _("Guide")
    NEED = "need", _("Besoin")


class EditorialState(models.TextChoices):
    """Where a sheet stands between its author and its network."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("Proposée")
    CANDIDATE = "candidate", _("Candidate")
    ADOPTED = "adopted", _("Adoptée")
    TO_REVIEW = "to_review", _("À revoir")
    ARCHIVED = "archived", _("Archivée")


PUBLISHED_STATES = (EditorialState.CANDIDATE, EditorialState.ADOPTED, EditorialState.TO_REVIEW)


class Confidentiality(models.TextChoices):
    """Who may read a published sheet."""

    PUBLIC = "public", _("Publique")
    MEMBERS = "members", _("Membres de Commons")
    CHATHAM = "chatham", _("Règle de Chatham House")
    NETWORK = "network", _("Réseau seul")
    PRIVATE = "private", _("Privée")


class Outcome(models.TextChoices):
    """What a practice or a trial gave, against its aim."""

    WORKED = "worked", _("A fonctionné")
    MIXED = "mixed", _("Mitigé")
    FAILED = "failed", _("N’a pas fonctionné")
    TOO_EARLY = "too_early", _("Trop tôt pour le dire")
    NOT_MEASURED = "not_measured", _("Non mesuré")


class Adaptation(models.TextChoices):
    """How close a trial stayed to what it tried."""

    SAME = "same", _("À l’identique")
    ADAPTED = "adapted", _("Adaptée")
    INSPIRED = "inspired", _("Inspirée de")


class Gate(models.IntegerChoices):
    """The three gates a sheet passes; a field is asked for at one of them, or never."""

    DRAFT = 1, _("Enregistrer")
    SUBMIT = 2, _("Proposer")
    PUBLISH = 3, _("Publier")
    NEVER = 9, _("Facultatif")


class ProposalState(models.TextChoices):
    """What became of a proposed change."""

    OPEN = "open", _("En attente")
    MERGED = "merged", _("Intégrée")
    DECLINED = "declined", _("Déclinée")


class TermState(models.TextChoices):
    """Whether a curator has looked at a glossary term."""

    PROPOSED = "proposed", _("Proposé")
    APPROVED = "approved", _("Validé")


ASPECTS = ("useful", "clear", "transferable")
