"""Owns seats: who comes, how, who waits, and what they were told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import Answer, Mode, Notice, SeatStatus
from events.models.occurrences import Occurrence


class Seat(models.Model):
    """A person's answer to an occurrence, and what it gave. One per person and occurrence.

    Who waits is served by `queued_at`, then `id`. A seat that a wait gave is to be claimed before `claim_by`. A person
    says that they were there (`attendance_asked_at`), a facilitator confirms it.
    """

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats")
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer.choices)
    mode = models.CharField(_("présence"), max_length=10, choices=Mode.choices)
    status = models.CharField(_("place"), max_length=10, choices=SeatStatus.choices)
    queued_at = models.DateTimeField(default=timezone.now)
    promoted_at = models.DateTimeField(null=True)
    claim_by = models.DateTimeField(null=True)
    attendance_asked_at = models.DateTimeField(null=True)
    attendance_confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One answer per person and occurrence; the queue is read in order."""

        constraints = [models.UniqueConstraint(fields=["occurrence", "user"], name="seat_unique")]
        indexes = [models.Index(fields=["occurrence", "mode", "status", "queued_at", "id"], name="seat_queue")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.occurrence}"

    @property
    def has_attended(self) -> bool:
        """Tell whether a facilitator confirmed that the person was there."""
        return self.attendance_confirmed_at is not None


class Told(models.Model):
    """What a person is to be told of an occurrence, once; `sent_at` is when it was told as a fact.

    `start` is the instant of which it was told: a meeting that moves is told of again.
    """

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="told")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Notice.choices)
    start = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Each thing is told once to each person."""

        constraints = [
            models.UniqueConstraint(fields=["occurrence", "user", "kind", "start"], name="told_unique"),
        ]

    def __str__(self) -> str:
        """Name what was told."""
        return f"{self.kind} – {self.occurrence_id} – {self.user_id}"
