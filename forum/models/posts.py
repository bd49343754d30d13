"""Owns posts, their former texts, reactions, and polls."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.enums import PostState, ReactionKind
from forum.models.threads import Thread

BODY_LIMIT = 10_000


class Post(models.Model):
    """One message: the Markdown as typed, and its safe HTML, rendered on write.

    `seq` is the number of the change that added it to its thread, so posts read in the order of `seq`.
    `reactions` counts them by kind, for readers; the rows say whose they are.
    """

    # No index of their own, here and below: another one starts with the same column, and each is paid by every post.
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts", db_index=False)
    seq = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="posts", db_index=False
    )
    client_id = models.CharField(max_length=64, blank=True)
    body = models.TextField(_("message"), max_length=BODY_LIMIT)
    html = models.TextField(editable=False, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
    state = models.CharField(max_length=20, choices=PostState.choices, default=PostState.VISIBLE)
    revision = models.PositiveIntegerField(default=1)
    reactions = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        """A retry of the same writer is the same post; a number is one post's."""

        constraints = [
            models.UniqueConstraint(fields=["thread", "seq"], name="post_unique_seq"),
            models.UniqueConstraint(
                fields=["author", "client_id"], name="post_unique_client_id", condition=~models.Q(client_id="")
            ),
        ]
        indexes = [models.Index(fields=["author", "-created_at"], name="post_of_author")]

    def __str__(self) -> str:
        """Return its first words."""
        return self.body[:60]

    @property
    def is_deleted(self) -> bool:
        """Tell whether readers see only that something was here."""
        return self.state == PostState.DELETED

    @property
    def own_poll(self) -> "Poll | None":
        """Return the poll under this post, if any; every read of posts fetches it with the row."""
        return getattr(self, "poll", None)

    @property
    def reaction_counts(self) -> list[dict[str, Any]]:
        """Return each thing a reaction may say, with how often it was said."""
        return [{"kind": k, "label": k.label, "count": self.reactions.get(k, 0)} for k in ReactionKind]

    def get_absolute_url(self) -> str:
        """Return the post's place in its thread, wherever that is in a long one."""
        return f"{reverse('thread', args=[self.thread_id, self.thread.slug])}?autour={self.seq}#m{self.seq}"


class PostRevision(models.Model):
    """A post's text before a change."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Numbered from 1."""

        constraints = [models.UniqueConstraint(fields=["post", "number"], name="post_revision_unique")]

    def __str__(self) -> str:
        """Return the number."""
        return f"{self.post_id} v{self.number}"


class Mention(models.Model):
    """A post names a person who may read it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        """Named once."""

        constraints = [models.UniqueConstraint(fields=["post", "user"], name="mention_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.post_id} – {self.user}"


class Reaction(models.Model):
    """A person says one of the few things about a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reaction_rows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=20, choices=ReactionKind.choices)

    class Meta:
        """Said once."""

        constraints = [models.UniqueConstraint(fields=["post", "user", "kind"], name="reaction_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.kind}"


class Poll(models.Model):
    """A question put under a post; each person chooses one option, or several when allowed."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="poll")
    question = models.CharField(_("question"), max_length=200)
    options: Any = models.JSONField(_("réponses"), default=list)
    is_multiple = models.BooleanField(_("plusieurs réponses possibles"), default=False)
    closes_at = models.DateTimeField(_("se termine le"), null=True, blank=True)
    counts: Any = models.JSONField(default=list)
    voter_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """Return the question."""
        return self.question

    @property
    def is_closed(self) -> bool:
        """Tell whether voting is over."""
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def results(self) -> list[dict[str, Any]]:
        """Return each option with its votes and its share of the voters, in percent."""
        voters = max(self.voter_count, 1)
        pairs = zip(self.options, self.counts, strict=True)
        return [
            {"number": n, "label": label, "count": count, "percent": round(100 * count / voters)}
            for n, (label, count) in enumerate(pairs)
        ]


class Vote(models.Model):
    """A person's choice of one option (by its place, from 0)."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes")
    option = models.PositiveSmallIntegerField()

    class Meta:
        """An option is chosen once."""

        constraints = [models.UniqueConstraint(fields=["poll", "user", "option"], name="vote_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.option}"
