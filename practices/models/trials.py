"""Owns what others made of a sheet: trials, ratings by aspect, support of a need."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.enums import Adaptation, Confidentiality, Outcome
from practices.models.sheets import Sheet

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Trial(models.Model):
    """« Essayé chez nous »: a house's report on a sheet, or on another house's trial of it (`parent`).

    `confidentiality` and `network` are the sheet's, as they were when the report was written.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="trials")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="trials")
    institution = models.ForeignKey("people.Institution", on_delete=models.SET_NULL, null=True, related_name="trials")
    house = models.JSONField(default=dict)
    adaptation = models.CharField(_("fidélité"), max_length=20, choices=Adaptation.choices)
    changed = models.TextField(_("ce que nous avons changé"), max_length=1500, blank=True)
    changed_html = models.TextField(editable=False, blank=True)
    outcome = models.CharField(_("résultat"), max_length=20, choices=Outcome.choices)
    recommend = models.PositiveSmallIntegerField(_("le recommanderiez-vous à une maison comme la vôtre ?"))
    content = models.JSONField(default=dict)
    html = models.JSONField(default=dict)
    confidentiality = models.CharField(
        _("diffusion"), max_length=20, choices=Confidentiality.choices, default=Confidentiality.PUBLIC
    )
    network = models.ForeignKey("people.Network", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A recommendation goes from 0 to 10; no trial is its own parent."""

        constraints = [
            models.CheckConstraint(name="trial_recommend_range", condition=models.Q(recommend__range=(0, 10))),
            models.CheckConstraint(name="trial_not_own_parent", condition=~models.Q(parent=models.F("id"))),
        ]

    def __str__(self) -> str:
        """Name the house and what it gave."""
        return f"{self.house.get('name', '')} – {self.outcome}"

    def get_absolute_url(self) -> str:
        """Return the trial's place on its sheet's page."""
        return f"{reverse('sheet', args=[self.sheet_id, 'fiche'])}#essai-{self.pk}"


class Rating(models.Model):
    """A person's marks for a sheet, 1 to 5 for each aspect; one per person and sheet, changeable.

    The marks of somebody who left stay, without a `user`.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="ratings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="ratings")
    institution = models.ForeignKey("people.Institution", on_delete=models.SET_NULL, null=True, related_name="ratings")
    useful = models.PositiveSmallIntegerField(_("utile"), validators=ONE_TO_FIVE)
    clear = models.PositiveSmallIntegerField(_("claire"), validators=ONE_TO_FIVE)
    transferable = models.PositiveSmallIntegerField(_("transférable"), validators=ONE_TO_FIVE)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One rating per person and sheet, each aspect from 1 to 5."""

        constraints = [
            models.UniqueConstraint(fields=["sheet", "user"], name="rating_unique"),
            models.CheckConstraint(
                name="rating_range",
                condition=models.Q(useful__range=(1, 5), clear__range=(1, 5), transferable__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        """Return the three marks."""
        return f"{self.useful}/{self.clear}/{self.transferable}"


class Support(models.Model):
    """« Nous aussi »: a person has the same need."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supports")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One voice per person and need."""

        constraints = [models.UniqueConstraint(fields=["sheet", "user"], name="support_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.sheet}"
