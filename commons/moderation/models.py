"""Owns reports and the notes on them, sanctions, and the audit trail."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commons.moderation import subjects
from commons.moderation.enums import PENDING, ReportReason, ReportState, SanctionKind

CODE = 60
WORDS_LIMIT = 1000


class Report(models.Model):
    """Somebody asks that something be looked at. `label`, `url` and `excerpt` are the thing as it was that day.

    `network` is whose curators handle it, beside the moderators; `about` wrote what is reported.
    """

    kind = models.CharField(max_length=CODE)
    object_id = models.CharField(max_length=CODE)
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    excerpt = models.TextField(blank=True)
    network = models.ForeignKey("people.Network", on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="reports")
    reason = models.CharField(_("raison"), max_length=20, choices=ReportReason.choices)
    text = models.TextField(_("précisions"), max_length=WORDS_LIMIT, blank=True)
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.OPEN)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.TextField(_("ce qui a été décidé"), max_length=WORDS_LIMIT, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """The same person reports the same thing once while it waits."""

        constraints = [
            models.UniqueConstraint(
                fields=["by", "kind", "object_id"],
                condition=models.Q(state__in=[state.value for state in PENDING]),
                name="report_unique_pending",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="report_state"),
            models.Index(fields=["kind", "object_id"], name="report_object"),
        ]

    def __str__(self) -> str:
        """Name what is reported."""
        return f"{self.kind} {self.object_id}"

    @property
    def is_pending(self) -> bool:
        """Tell whether somebody is still to decide."""
        return self.state in PENDING

    @property
    def kind_label(self) -> str:
        """Return the noun of what is reported."""
        return subjects.label_of(self.kind)


class ReportNote(models.Model):
    """What those who handle a report say to each other."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"), max_length=WORDS_LIMIT)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return its first words."""
        return self.text[:60]


class Sanction(models.Model):
    """What was decided about a person, and why; told to them. A suspension without `until` has no end."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("mesure"), max_length=20, choices=SanctionKind.choices)
    reason = models.TextField(_("raison"), max_length=WORDS_LIMIT)
    until = models.DateTimeField(_("jusqu’au"), null=True)
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="sanctions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """A silence ends some day; a warning has no end."""

        constraints = [
            models.CheckConstraint(
                name="sanction_until",
                condition=models.Q(kind=SanctionKind.SUSPENSION)
                | models.Q(kind=SanctionKind.SILENCE, until__isnull=False)
                | models.Q(kind=SanctionKind.WARNING, until__isnull=True),
            )
        ]

    def __str__(self) -> str:
        """Name what and whom."""
        return f"{self.kind} – {self.user}"

    @property
    def is_active(self) -> bool:
        """Tell whether it bars the person now."""
        is_over = self.lifted_at is not None or (self.until is not None and self.until <= timezone.now())
        return self.kind != SanctionKind.WARNING and not is_over


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """The trail is written once: it refuses to be changed or cut."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the audit trail is append-only")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("the audit trail is append-only")


class AuditEntry(models.Model):
    """Who did what to what, when, and why. Only ever added."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    deed = models.CharField(max_length=CODE)
    kind = models.CharField(max_length=CODE)
    object_id = models.CharField(max_length=CODE)
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    why = models.TextField(blank=True)
    network = models.ForeignKey("people.Network", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = AuditQuerySet.as_manager()

    class Meta:
        """Read by time, for all or for a network."""

        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["network", "-created_at"], name="audit_of_network")]

    def __str__(self) -> str:
        """Name the deed and its object."""
        return f"{self.deed} {self.kind} {self.object_id}"

    @property
    def deed_label(self) -> str:
        """Return the deed in words."""
        return subjects.deed_label(self.deed)
