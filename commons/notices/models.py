"""Owns notices, their deliveries, digests, what people chose, and the facts that wait to be told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commons.notices.enums import MAILS, Cadence, Channel, Level, State
from commons.notices.kinds import split

PERSON = settings.AUTH_USER_MODEL
SUBJECT_LENGTH = 120


class Fact(models.Model):
    """A fact kept with its write, until the worker has told everybody whom it concerns."""

    name = models.CharField(max_length=120)
    values = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    retry_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        """Told in order."""

        indexes = [models.Index(fields=["retry_at", "id"], name="fact_due")]

    def __str__(self) -> str:
        """Return the fact's name."""
        return self.name


class Notice(models.Model):
    """What one person is told of one subject. Facts that come before it is read are counted in it, not told again.

    No words are kept: they are said anew, in the reader's language, of what the reader may see at that moment.
    `listed_at` is when the site began to show it. `detail` is what the kind's words need (a post's number, say).
    """

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    kind = models.CharField(max_length=40)
    weight = models.SmallIntegerField(default=0)
    count = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    detail = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    listed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        """One per person and subject; the bell counts a person's unread ones."""

        constraints = [models.UniqueConstraint(fields=["user", "subject"], name="notice_unique")]
        indexes = [
            models.Index(fields=["user", "-changed_at", "-id"], name="notice_of_person"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["changed_at"], name="notice_changed"),
        ]

    def __str__(self) -> str:
        """Name the kind and subject."""
        return f"{self.kind} {self.subject}"

    @property
    def noun(self) -> str:
        """Return what kind of thing it is about."""
        return split(self.subject)[0]

    @property
    def object_id(self) -> str:
        """Return the id of the thing it is about."""
        return split(self.subject)[1]


class Posting(models.Model):
    """Something to send once: due, taken by one worker for a while, sent, tried again, or given up.

    `claim` names who took it until `claimed_until`; `handed_at` was written just before the mail server got it.
    """

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=32, blank=True, default="")
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Digest(Posting):
    """A person's summary of a day or a week."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="digests")
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    date = models.DateField(default=timezone.localdate)

    class Meta:
        """One per person, cadence and day."""

        constraints = [models.UniqueConstraint(fields=["user", "cadence", "date"], name="digest_unique")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="digest_due")]

    def __str__(self) -> str:
        """Name the day."""
        return f"{self.cadence} {self.date}"


class Delivery(Posting):
    """A notice by one channel. What waits for a digest (`daily`, `weekly`) leaves with the person's next one."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    digest = models.ForeignKey(Digest, on_delete=models.SET_NULL, null=True, related_name="deliveries")

    class Meta:
        """While one waits, what comes joins it; the worker reads what is due."""

        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], condition=models.Q(state="waiting"), name="delivery_one_waiting"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="delivery_due")]

    def __str__(self) -> str:
        """Name the channel."""
        return f"{self.channel} {self.notice_id}"


class Choice(models.Model):
    """Where a person wants the notices of a kind; without one, the kind's own way."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField(_("sur le site"), default=True)
    mail = models.CharField(_("par e-mail"), max_length=10, choices=MAILS, blank=True)

    class Meta:
        """One per person and kind."""

        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="choice_unique")]

    def __str__(self) -> str:
        """Name the kind and the way."""
        return f"{self.kind} {self.mail}"


class Rhythm(models.Model):
    """When a person wants mails: the hours when none arrives, and how often something to read."""

    user = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="rhythm")
    quiet_from = models.TimeField(_("pas d’e-mail à partir de"), null=True, blank=True)
    quiet_until = models.TimeField(_("et jusqu’à"), null=True, blank=True)
    digest = models.CharField(_("résumé"), max_length=10, choices=Cadence.choices, default=Cadence.WEEKLY)

    class Meta:
        """Quiet hours have a beginning and an end."""

        constraints = [
            models.CheckConstraint(
                name="rhythm_quiet_both",
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Return the cadence."""
        return self.digest


class Follow(models.Model):
    """Where a person stands towards a subject: its news are wanted, or no notice of it.

    An app may keep that of its own things elsewhere (`kinds.Keeping`), as the forum does of threads: never in both.
    """

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="followed_subjects")
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    level = models.CharField(_("suivi"), max_length=10, choices=Level.choices, default=Level.FOLLOWED)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One stance per person and subject; a fact reads the followers of its subject."""

        constraints = [models.UniqueConstraint(fields=["user", "subject"], name="subject_follow_unique")]
        indexes = [models.Index(fields=["subject", "level", "user"], name="subject_followers")]

    def __str__(self) -> str:
        """Name the stance."""
        return f"{self.level} {self.subject}"
