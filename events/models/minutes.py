"""Owns what is prepared and written of a meeting: topics, their votes, minutes in typed blocks, every revision kept.

Under the Chatham House rule no row here says who: the columns of people stay empty, and votes carry no one's number.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import BlockKind, MinutesState
from events.models.occurrences import Occurrence

PERSON = settings.AUTH_USER_MODEL


class Topic(models.Model):
    """What somebody would like to speak of; the most wanted make the agenda."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("sujet"), max_length=160)
    text = models.TextField(_("en quelques mots"), max_length=1000, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the topic."""
        return self.title


class TopicVote(models.Model):
    """A voice for a topic. `voter` is a key that only says that it is the same person again, never which."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)

    class Meta:
        """One voice per person and topic."""

        constraints = [models.UniqueConstraint(fields=["topic", "voter"], name="topic_vote_unique")]

    def __str__(self) -> str:
        """Name the topic."""
        return str(self.topic)


class Minutes(models.Model):
    """The minutes of a meeting: written by everybody, read again for seven days, then frozen as `frozen_text`."""

    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(_("état"), max_length=10, choices=MinutesState.choices, default=MinutesState.OPEN)
    review_until = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Name the meeting."""
        return str(self.occurrence)


class Block(models.Model):
    """One thing that the minutes say. `revision` numbers its text; `client_id` makes adding it safe to repeat."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(_("genre"), max_length=10, choices=BlockKind.choices)
    text = models.TextField(_("texte"), max_length=5000)
    html = models.TextField(editable=False, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_date = models.DateField(_("pour le"), null=True, blank=True)
    is_done = models.BooleanField(_("fait"), default=False)
    method = models.CharField(_("manière de décider"), max_length=80, blank=True)
    votes_for = models.PositiveIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("contre"), null=True, blank=True)
    votes_abstain = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)
    review_date = models.DateField(_("à revoir le"), null=True, blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried")
    client_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - unique where there is one
    revision = models.PositiveIntegerField(default=1)
    is_removed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A block sent twice is one block."""

        constraints = [models.UniqueConstraint(fields=["minutes", "client_id"], name="block_unique_client")]

    def __str__(self) -> str:
        """Return its first words."""
        return self.text[:80]


class Revision(models.Model):
    """A text that a block had, or should have had: one set aside collided with another, and waits to be settled."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_aside = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Name the block and the number."""
        return f"{self.block_id}.{self.number}"


class Origin(models.Model):
    """A sheet was drafted from a block: the sheet says where it comes from, the block what came of it."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="origins")
    sheet = models.ForeignKey("practices.Sheet", on_delete=models.CASCADE, related_name="origins")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A sheet comes once from a block."""

        constraints = [models.UniqueConstraint(fields=["block", "sheet"], name="origin_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.block_id} → {self.sheet_id}"
