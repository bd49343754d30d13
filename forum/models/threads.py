"""Owns threads: where they stand, who may read them, how far each person has read."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from ulid import ULID

from commons.text.normalise import slug_for
from forum.enums import Audience, FollowLevel, ThreadKind


def new_id() -> str:
    """Return a fresh ULID: 26 characters, sorted by time of creation."""
    return str(ULID())


UNANSWERED = models.Q(kind=ThreadKind.QUESTION, answer__isnull=True, closed_at__isnull=True)
"""An open question without an accepted answer."""


class ThreadQuerySet(models.QuerySet["Thread"]):
    """The chainable filters of threads. None of them knows who reads: start from `threads_visible_to`."""

    def unanswered(self) -> "ThreadQuerySet":
        """Keep the open questions without an accepted answer."""
        return self.filter(UNANSWERED)

    def listed(self) -> "ThreadQuerySet":
        """Fetch with each row what a list shows of it."""
        rows = self.select_related("network", "sheet", "created_by", "created_by__institution")
        return rows.defer("sheet__content", "sheet__stamps")


class Thread(models.Model):  # type: ignore[django-manager-missing]  # the plug-in loses sight of taggit's rows
    """A discussion or a question, in the space of a network, of a sheet (or of a need), or open to all.

    `last_seq` is the number of the last change: every change of the thread has its own, without gaps, given under
    the row's lock. `post_count` counts the posts that readers see.

    A bound thread belongs to something else of the house, a meeting, which decides its title and readers: see
    `forum.actions.bound`. In an anonymous one, who says what is written nowhere.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    title = models.CharField(_("titre"), max_length=200)
    kind = models.CharField(_("genre"), max_length=20, choices=ThreadKind.choices, default=ThreadKind.DISCUSSION)
    audience = models.CharField(_("lecteurs"), max_length=20, choices=Audience.choices, default=Audience.PUBLIC)
    # No index of their own, here and below: another one starts with the same column, and each is paid by every post.
    network = models.ForeignKey(
        "people.Network", on_delete=models.CASCADE, null=True, blank=True, related_name="threads", db_index=False
    )
    sheet = models.ForeignKey(
        "practices.Sheet", on_delete=models.CASCADE, null=True, blank=True, related_name="threads", db_index=False
    )
    is_bound = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    guests: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    last_seq = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)
    post_count = models.PositiveIntegerField(default=0)
    answer = models.ForeignKey("forum.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    is_pinned = models.BooleanField(_("épinglée"), default=False)
    closed_at = models.DateTimeField(null=True)
    slow_seconds = models.PositiveIntegerField(_("secondes entre deux messages d’une personne"), default=0)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")

    tags = TaggableManager(through="forum.TaggedThread", blank=True)
    objects = ThreadQuerySet.as_manager()

    class Meta:
        """Lists read by activity; a network's own thread names its network."""

        indexes = [
            models.Index(fields=["-last_post_at", "-id"], name="thread_activity"),
            models.Index(fields=["-is_pinned", "-last_post_at", "-id"], name="thread_listing"),
            models.Index(fields=["network", "-last_post_at"], name="thread_of_network"),
            models.Index(fields=["sheet", "-last_post_at"], name="thread_of_sheet"),
        ]
        constraints = [
            models.CheckConstraint(
                name="thread_network_named",
                condition=~models.Q(audience=Audience.NETWORK) | models.Q(network__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def slug(self) -> str:
        """Return the readable end of the address."""
        return slug_for(self.title, 80) or "discussion"

    @property
    def is_closed(self) -> bool:
        """Tell whether nobody may post any more."""
        return self.closed_at is not None

    def get_absolute_url(self) -> str:
        """Return the thread's page."""
        return reverse("thread", args=[self.pk, self.slug])


class Event(models.Model):
    """One change of a thread, under its number; a reader who knows them all knows the thread.

    `post` is the post that was added or changed, to be read as it is now; `removed` lists the posts that left.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="events")
    removed = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A number is given once."""

        constraints = [models.UniqueConstraint(fields=["thread", "seq"], name="event_unique_seq")]

    def __str__(self) -> str:
        """Return the number and kind."""
        return f"{self.seq} {self.kind}"


class Follow(models.Model):
    """What a person keeps of a thread: how closely they follow it, how far they have read, whether it is saved."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="follows", db_index=False)
    level = models.CharField(_("suivi"), max_length=20, choices=FollowLevel.choices, default=FollowLevel.NORMAL)
    last_read_seq = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        """One row per person and thread; never one per post."""

        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="follow_unique")]
        indexes = [models.Index(fields=["thread", "level"], name="follow_level")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.thread} ({self.level})"


class Draft(models.Model):
    """What a person is writing in a thread, or for a new one (`thread` empty): a text is never lost."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="drafts")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One per person and thread, and one for a thread to come."""

        constraints = [
            models.UniqueConstraint(fields=["user", "thread"], name="draft_unique"),
            models.UniqueConstraint(fields=["user"], name="draft_unique_new", condition=models.Q(thread__isnull=True)),
        ]

    def __str__(self) -> str:
        """Return its first words."""
        return self.title or self.body[:40]


class Birth(models.Model):
    """A sheet was born from posts of a thread: where it comes from, and whom to thank."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="births")
    sheet = models.ForeignKey("practices.Sheet", on_delete=models.CASCADE, related_name="births")
    posts: "models.ManyToManyField[Any, Any]" = models.ManyToManyField("forum.Post", related_name="births")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A sheet is born once from a thread."""

        constraints = [models.UniqueConstraint(fields=["thread", "sheet"], name="birth_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.thread} → {self.sheet}"
