"""Owns the glossary's terms, which are the tags of sheets."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from practices.enums import TermState


class Term(models.Model):
    """A term of the glossary. `key` is its French label folded (accents, case): two spellings are one term."""

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    key = models.CharField(max_length=120, unique=True, editable=False)
    name = models.CharField(_("terme"), max_length=100)
    name_en = models.CharField(_("terme anglais"), max_length=100, blank=True)
    definition_fr = models.TextField(_("définition"), max_length=1200, blank=True)
    definition_en = models.TextField(_("définition anglaise"), max_length=1200, blank=True)
    synonyms_fr = models.JSONField(_("synonymes"), default=list, blank=True)
    synonyms_en = models.JSONField(_("synonymes anglais"), default=list, blank=True)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("terme plus large"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="narrower",
    )
    related = models.ManyToManyField("self", verbose_name=_("termes voisins"), blank=True)
    state = models.CharField(_("état"), max_length=20, choices=TermState.choices, default=TermState.PROPOSED)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        """Return the label in the reader's language, the French one when there is no other."""
        return (get_language() == "en" and self.name_en) or self.name

    def get_absolute_url(self) -> str:
        """Return the term's page."""
        return reverse("term", args=[self.slug])


class TaggedSheet(ItemBase):
    """A published sheet bears a term."""

    tag = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="tagged_sheets")
    content_object = models.ForeignKey("practices.Sheet", on_delete=models.CASCADE, related_name="tagged_terms")

    class Meta:
        """A term is borne once."""

        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_sheet_unique")]
