"""Owns the series: what a workshop is, when it comes back, and who may come."""

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from ulid import ULID

from commons.text.normalise import slug_for
from events.enums import Format, Visibility
from events.recurrence import Schedule, parse_rule

CLOCK = 19  # the letters of 2026-10-13T14:00:00
LONGEST = 7 * 24 * 60


def new_id() -> str:
    """Return a fresh ULID: 26 characters, sorted by time of creation. It is the UID of calendars, too."""
    return str(ULID())


class Series(models.Model):
    """A workshop that comes back, or a single one (`rrule` empty).

    `start`, `skipped` and `extra` are times of a clock on the wall in `timezone`, written in ISO 8601 without an
    offset: never an instant. `sequence` and `revised_at` are what calendars learn changes by.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    title = models.CharField(_("titre"), max_length=160)
    about = models.TextField(_("présentation"), max_length=4000, blank=True)
    about_html = models.TextField(editable=False, blank=True)
    network = models.ForeignKey(
        "people.Network", on_delete=models.SET_NULL, null=True, blank=True, related_name="series"
    )
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.SET_NULL, null=True, blank=True, related_name="series"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    facilitators: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="facilitated_series", blank=True
    )
    visibility = models.CharField(
        _("visible par"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    is_chatham = models.BooleanField(_("règle de Chatham House"), default=False)

    timezone = models.CharField(_("fuseau horaire"), max_length=64, default="Europe/Paris")
    start = models.CharField(_("début"), max_length=CLOCK)
    duration_minutes = models.PositiveIntegerField(
        _("durée en minutes"), validators=[MinValueValidator(5), MaxValueValidator(LONGEST)]
    )
    rrule = models.CharField(_("règle"), max_length=500, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=list, blank=True)

    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.ONLINE)
    place = models.CharField(_("lieu"), max_length=300, blank=True)
    join_link = models.URLField(_("lien de la visioconférence"), max_length=500, blank=True)
    agenda = models.JSONField(_("ordre du jour"), default=list, blank=True)
    seats_onsite = models.PositiveIntegerField(_("places sur place"), null=True, blank=True)
    seats_online = models.PositiveIntegerField(_("places en ligne"), null=True, blank=True)
    claim_hours = models.PositiveIntegerField(_("heures pour confirmer une place libérée"), default=48)
    needs_confirmation = models.BooleanField(_("à confirmer avant chaque séance"), default=True)

    sequence = models.PositiveIntegerField(default=0)
    split_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="splits")
    created_at = models.DateTimeField(default=now)
    revised_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        """A network's visibility needs a network; lists read by network."""

        constraints = [
            models.CheckConstraint(
                name="series_duration_range", condition=models.Q(duration_minutes__range=(5, LONGEST))
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def slug(self) -> str:
        """Return the readable end of the address."""
        return slug_for(self.title, 80) or "atelier"

    @property
    def schedule(self) -> Schedule:
        """Return when the series takes place, ready to expand."""
        start = datetime.datetime.fromisoformat(self.start)
        return Schedule(
            start=start,
            zone=self.timezone,
            rule=parse_rule(self.rrule, self.timezone, start) if self.rrule else None,
            skipped=[datetime.datetime.fromisoformat(text) for text in self.skipped],
            extra=[datetime.datetime.fromisoformat(text) for text in self.extra],
        )

    def get_absolute_url(self) -> str:
        """Return the series' page."""
        return reverse("series", args=[self.pk, self.slug])
