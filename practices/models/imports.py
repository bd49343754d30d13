"""Owns what an imported sheet remembers of its file, so that importing again neither repeats nor overwrites."""

from django.db import models
from django.utils import timezone

from practices.models.sheets import Sheet


class ImportedFile(models.Model):
    """The file a sheet was last brought from: its digest says whether it changed since, its content in which fields."""

    sheet = models.OneToOneField(Sheet, on_delete=models.CASCADE, primary_key=True, related_name="imported_file")
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    imported_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the start of the digest."""
        return self.digest[:12]
