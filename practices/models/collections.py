"""Owns the collections that networks curate."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.enums import Confidentiality
from practices.models.sheets import Sheet


class Collection(models.Model):
    """An ordered choice of sheets with a word on each, signed by a network."""

    network = models.ForeignKey("people.Network", on_delete=models.CASCADE, related_name="collections")
    slug = models.SlugField(_("adresse"), max_length=80)
    title = models.CharField(_("titre"), max_length=120)
    intro = models.TextField(_("présentation"), max_length=3000, blank=True)
    intro_html = models.TextField(editable=False, blank=True)
    cover = models.ImageField(_("couverture"), upload_to="covers/", blank=True)
    cover_alt = models.CharField(_("texte de remplacement de la couverture"), max_length=300, blank=True)
    confidentiality = models.CharField(
        _("diffusion"), max_length=20, choices=Confidentiality.choices, default=Confidentiality.PUBLIC
    )
    curators: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="curated_collections", blank=True
    )
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """An address is unique in its network."""

        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="collection_unique_slug")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the collection's page."""
        return reverse("collection", args=[self.network.slug, self.slug])


class CollectionItem(models.Model):
    """A sheet's place in a collection, its section, and why it is there."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="collection_items")
    section = models.CharField(_("partie"), max_length=120, blank=True)
    position = models.PositiveIntegerField(_("ordre"))
    note = models.TextField(_("mot éditorial"), max_length=1500, blank=True)
    note_html = models.TextField(editable=False, blank=True)

    class Meta:
        """A sheet stands once in a collection."""

        constraints = [models.UniqueConstraint(fields=["collection", "sheet"], name="collection_item_unique")]

    def __str__(self) -> str:
        """Return the sheet's title."""
        return str(self.sheet)
