"""Owns the vocabularies and their entries."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.Model):
    """A list of codes that one kind of field accepts."""

    code = models.SlugField(_("code"), primary_key=True)
    label_fr = models.CharField(_("nom français"), max_length=120)
    label_en = models.CharField(_("nom anglais"), max_length=120)
    definition_fr = models.TextField(_("définition française"), blank=True)
    definition_en = models.TextField(_("définition anglaise"), blank=True)
    accepts_other = models.BooleanField(_("accepte « autre »"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        """Name the vocabulary in the reader's language."""
        return self.label_en if get_language() == "en" else self.label_fr


class Entry(models.Model):
    """One code of a vocabulary. Entries are deprecated, never deleted: old sheets still bear them."""

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="entries")
    code = models.CharField(_("code"), max_length=60)
    label_fr = models.CharField(_("libellé français"), max_length=160)
    label_en = models.CharField(_("libellé anglais"), max_length=160)
    definition_fr = models.TextField(_("définition française"), blank=True)
    definition_en = models.TextField(_("définition anglaise"), blank=True)
    broader = models.CharField(_("code plus large"), max_length=60, blank=True)
    deprecated_by = models.CharField(_("remplacé par"), max_length=60, blank=True)
    exact_match = models.CharField(_("équivalent ailleurs"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("ordre"))
    rank = models.PositiveSmallIntegerField(_("rang"), null=True, blank=True)

    class Meta:
        """A code is unique in its vocabulary."""

        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="entry_unique_code")]

    def __str__(self) -> str:
        """Name the entry in the reader's language."""
        return self.label_en if get_language() == "en" else self.label_fr
