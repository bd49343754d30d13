"""Owns the occurrence: one meeting of a series, known by its original start."""

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import TAKES_PLACE, Format, Status
from events.models.series import CLOCK, Series


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """The chainable filters of occurrences. None of them knows who reads: start from `occurrences_visible_to`."""

    def taking_place(self) -> "OccurrenceQuerySet":
        """Leave out what is cancelled or postponed."""
        return self.filter(status__in=TAKES_PLACE)

    def to_come(self, now: datetime.datetime) -> "OccurrenceQuerySet":
        """Keep what is not over, the next first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def over(self, now: datetime.datetime) -> "OccurrenceQuerySet":
        """Keep what is over, the last first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")


class Occurrence(models.Model):
    """One meeting. `recurrence_id` is the start that the series gave it, at the wall clock: it never follows a move.

    Empty words, place, link and format are the series' own; `start` is always written.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="occurrences")
    recurrence_id = models.CharField(max_length=CLOCK)
    start = models.CharField(_("début"), max_length=CLOCK)
    duration_minutes = models.PositiveIntegerField(_("durée en minutes"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(_("état"), max_length=20, choices=Status.choices, default=Status.SCHEDULED)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    title = models.CharField(_("titre"), max_length=160, blank=True)
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, blank=True)
    place = models.CharField(_("lieu"), max_length=300, blank=True)
    join_link = models.URLField(_("lien de la visioconférence"), max_length=500, blank=True)
    agenda = models.JSONField(_("ordre du jour"), default=list, blank=True)
    seats_onsite = models.PositiveIntegerField(_("places sur place"), null=True, blank=True)
    seats_online = models.PositiveIntegerField(_("places en ligne"), null=True, blank=True)
    is_overridden = models.BooleanField(default=False)
    thread = models.OneToOneField(
        "forum.Thread", on_delete=models.SET_NULL, null=True, blank=True, related_name="occurrence"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    revised_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        """One row per original start; calendars read by time."""

        constraints = [
            models.UniqueConstraint(fields=["series", "recurrence_id"], name="occurrence_unique_recurrence"),
            models.CheckConstraint(name="occurrence_ends_after", condition=models.Q(ends_at__gt=models.F("starts_at"))),
        ]
        indexes = [models.Index(fields=["starts_at", "status"], name="occurrence_calendar")]

    def __str__(self) -> str:
        """Return the title and the day."""
        return f"{self.shown_title} ({self.start[:10]})"

    @property
    def shown_title(self) -> str:
        """Return its own title, or the series'."""
        return self.title or self.series.title

    @property
    def shown_format(self) -> str:
        """Return how people meet this time: online once it moved there."""
        return Format.ONLINE if self.status == Status.MOVED_ONLINE else self.format or self.series.format

    @property
    def shown_place(self) -> str:
        """Return the place of this time; none once it moved online."""
        return "" if self.status == Status.MOVED_ONLINE else self.place or self.series.place

    @property
    def shown_link(self) -> str:
        """Return the link to the video room: private, for who takes part."""
        return self.join_link or self.series.join_link

    @property
    def shown_agenda(self) -> list[dict[str, object]]:
        """Return its own agenda, or the series'."""
        return list(self.agenda or self.series.agenda)

    @property
    def shown_sequence(self) -> int:
        """Return the SEQUENCE of calendars: an override's is never below its series'."""
        return max(self.sequence, self.series.sequence)

    @property
    def takes_place(self) -> bool:
        """Tell whether it is neither cancelled nor postponed."""
        return self.status in TAKES_PLACE

    @property
    def is_tentative(self) -> bool:
        """Tell whether it still waits for a facilitator's word."""
        return self.series.needs_confirmation and self.confirmed_at is None and self.takes_place

    @property
    def local_start(self) -> datetime.datetime:
        """Return its start at the wall clock of its series."""
        return datetime.datetime.fromisoformat(self.start)

    @property
    def local_end(self) -> datetime.datetime:
        """Return its end at the wall clock of its series."""
        return self.local_start + datetime.timedelta(minutes=self.duration_minutes)

    def capacity(self, mode: str) -> int | None:
        """Return how many may come that way: its own number, or the series'; none is no limit."""
        own: int | None = getattr(self, f"seats_{mode}")
        series: int | None = getattr(self.series, f"seats_{mode}")
        return series if own is None else own

    def has_traces(self) -> bool:
        """Tell whether somebody confirmed it, changed it or counts on it: then it is not simply deleted."""
        is_told = self.confirmed_by_id is not None or self.is_overridden or self.thread_id is not None
        return is_told or self.seats.exists() or self.topics.exists()

    def get_absolute_url(self) -> str:
        """Return the occurrence's page."""
        return reverse("occurrence", args=[self.pk, self.series.slug])
