"""Owns what happens to a sheet before and between its versions: decisions, proposed changes, uploads."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.enums import EditorialState, ProposalState
from practices.models.sheets import Sheet, Version, new_id


class Decision(models.Model):
    """One step of the editorial flow, with its reason; kept for ever."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    from_state = models.CharField(max_length=20, choices=EditorialState.choices)
    to_state = models.CharField(max_length=20, choices=EditorialState.choices)
    reason = models.TextField(_("raison"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the step."""
        return f"{self.from_state} → {self.to_state}"


class Proposal(models.Model):
    """A change that a reader proposes on the published text; an author merges or declines it with a word."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="proposals")
    base = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("raison"), max_length=300)
    state = models.CharField(_("état"), max_length=20, choices=ProposalState.choices, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    word = models.CharField(_("réponse"), max_length=600, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the reason given."""
        return self.reason

    def get_absolute_url(self) -> str:
        """Return the proposal's page."""
        return reverse("proposal", args=[self.sheet_id, self.pk])


class Draft(models.Model):
    """What a person is writing about a sheet and has not sent: a trial, a correction of one, a proposal."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=40)
    text = models.TextField()
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One draft per person, sheet and form."""

        constraints = [models.UniqueConstraint(fields=["user", "sheet", "form"], name="draft_unique_form")]

    def __str__(self) -> str:
        """Name the form and the sheet."""
        return f"{self.form} – {self.sheet}"


class Upload(models.Model):
    """A file sent for a sheet. Its type is what its bytes say; it is served only to those who may read the sheet."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="uploads")
    file = models.FileField(upload_to="sheets/")
    name = models.CharField(_("nom"), max_length=160)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return where the file is served."""
        return reverse("upload", args=[self.pk])
