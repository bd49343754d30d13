"""Owns which terms of the glossary a thread bears."""

from django.db import models
from taggit.models import ItemBase

from practices.models import Term


class TaggedThread(ItemBase):
    """A thread bears a term of the glossary."""

    tag = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="tagged_threads")
    content_object = models.ForeignKey("forum.Thread", on_delete=models.CASCADE, related_name="tagged_terms")

    class Meta:
        """A term is borne once."""

        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_thread_unique")]
