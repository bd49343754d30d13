"""The closed lists of the forum."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThreadKind(models.TextChoices):
    """A question expects an answer, a discussion does not."""

    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")


class Audience(models.TextChoices):
    """Who may read a thread; a thread about a sheet is never more open than its sheet."""

    PUBLIC = "public", _("Tout le monde")
    MEMBERS = "members", _("Membres de Commons")
    NETWORK = "network", _("Réseau seul")


class PostState(models.TextChoices):
    """Whether readers see a post."""

    VISIBLE = "visible", _("Visible")
    HELD = "held", _("En attente de modération")
    DELETED = "deleted", _("Supprimé")


class ReactionKind(models.TextChoices):
    """The few things that a reaction may say."""

    THANKS = "thanks", _("Merci")
    TRIED = "tried", _("Essayé aussi")
    DIG = "dig", _("À creuser")


class EventKind(models.TextChoices):
    """What a change of a thread is, as the API and the sockets name it."""

    POST_ADDED = "post.added", _("Message ajouté")
    POST_CHANGED = "post.changed", _("Message modifié")
    POST_DELETED = "post.deleted", _("Message supprimé")
    POST_RESTORED = "post.restored", _("Message rétabli")
    POST_REACTED = "post.reacted", _("Réaction")
    POST_MOVED = "post.moved", _("Message déplacé")
    POLL_CHANGED = "poll.changed", _("Sondage")
    THREAD_CHANGED = "thread.changed", _("Discussion modifiée")


class FollowLevel(models.TextChoices):
    """How closely a person follows a thread."""

    WATCHING = "watching", _("Suivre de près")
    TRACKING = "tracking", _("Suivre")
    NORMAL = "normal", _("Normal")
    MUTED = "muted", _("En sourdine")
