"""Owns the outbox's marks, people's saved searches, and what was searched for in vain."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mark(models.Model):
    """An object that changed since the engine last confirmed it. `stamp` differs after every change."""

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    stamp = models.CharField(max_length=32)
    marked_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        """An object is marked once, however often it changed."""

        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="mark_unique")]
        indexes = [models.Index(fields=["retry_at"], name="mark_due")]

    def __str__(self) -> str:
        """Name the object."""
        return f"{self.kind} {self.object_id}"


class SavedSearch(models.Model):
    """A search that a person keeps: its words, its filters, and when they last looked at what is new in it.

    `asked_at` is when the worker last asked it, `told_until` the date of the newest thing its owner was told of.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("nom"), max_length=80)
    text = models.CharField(_("recherche"), max_length=200, blank=True)
    filters = models.JSONField(_("filtres"), default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, editable=False)
    told_until = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        """Return the name its owner gave it."""
        return self.name


class WantedText(models.Model):
    """Words that nothing answered: what the commons lacks. How often and when, never who."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    text = models.CharField(_("recherche"), max_length=120)
    count = models.PositiveIntegerField(default=1)
    first_date = models.DateField(default=timezone.localdate)
    last_date = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        """Return the words."""
        return self.text
