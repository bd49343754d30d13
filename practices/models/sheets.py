"""Owns the sheet, its versions, its authors and the codes it is filtered by."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from ulid import ULID

from commons.text.normalise import slug_for
from practices.enums import PUBLISHED_STATES, Confidentiality, EditorialState, Genre

CODE_LENGTH = 60


def new_id() -> str:
    """Return a fresh ULID: 26 characters, sorted by time of creation."""
    return str(ULID())


class SheetQuerySet(models.QuerySet["Sheet"]):
    """The chainable filters of sheets. None of them knows who reads: start from `sheets_visible_to`."""

    def published(self) -> "SheetQuerySet":
        """Keep what has left the drawer and is not archived."""
        return self.filter(editorial_state__in=PUBLISHED_STATES)

    def with_code(self, field: str, codes: list[str]) -> "SheetQuerySet":
        """Keep the published sheets that bear one of these codes in that field."""
        bearing = FacetValue.objects.filter(sheet=models.OuterRef("pk"), field=field, code__in=codes)
        return self.filter(models.Exists(bearing))

    def listed(self) -> "SheetQuerySet":
        """Leave out the long texts that no list shows, and fetch the house with the row."""
        return self.defer("content", "stamps").select_related("institution")


class Sheet(models.Model):
    """A sheet: what its authors are writing (`content`), and what readers see (`version`).

    The columns `title` to `institution` repeat the published content, or the working one before publication,
    so that lists and filters need no JSON. `revision` counts the changes of `content`; `stamps` keeps, for each
    field, the revision of its last change: two editors collide only when they touch the same field.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    stamps = models.JSONField(default=dict)
    version = models.ForeignKey("practices.Version", on_delete=models.SET_NULL, null=True, related_name="+")

    title = models.CharField(_("titre"), max_length=200)
    summary = models.CharField(_("résumé"), max_length=600, blank=True)
    kind = models.CharField(_("genre"), max_length=20, choices=Genre.choices)
    language = models.CharField(_("langue"), max_length=12, default="fr")
    status = models.CharField(_("état de la pratique"), max_length=CODE_LENGTH, blank=True)
    outcome = models.CharField(_("résultat"), max_length=CODE_LENGTH, blank=True)
    evidence = models.CharField(_("niveau de preuve"), max_length=CODE_LENGTH, blank=True)
    cost_setup = models.CharField(_("budget"), max_length=CODE_LENGTH, blank=True)
    effort_setup = models.CharField(_("temps"), max_length=CODE_LENGTH, blank=True)
    licence = models.CharField(_("licence"), max_length=CODE_LENGTH, default="CC-BY-SA-4.0")
    confidentiality = models.CharField(
        _("diffusion"), max_length=20, choices=Confidentiality.choices, default=Confidentiality.PUBLIC
    )
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.SET_NULL, null=True, blank=True, related_name="sheets"
    )

    editorial_state = models.CharField(
        _("étape éditoriale"), max_length=20, choices=EditorialState.choices, default=EditorialState.DRAFT
    )
    network = models.ForeignKey(
        "people.Network", on_delete=models.SET_NULL, null=True, blank=True, related_name="sheets"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    authors: "models.ManyToManyField[Any, Authorship]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Authorship", related_name="sheets"
    )
    source_key = models.CharField(max_length=300, unique=True, null=True, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    review_by = models.DateField(null=True)
    last_activity_at = models.DateTimeField(default=timezone.now)

    trial_count = models.PositiveIntegerField(default=0)
    worked_count = models.PositiveIntegerField(default=0)
    mixed_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    support_count = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    useful_sum = models.PositiveIntegerField(default=0)
    clear_sum = models.PositiveIntegerField(default=0)
    transferable_sum = models.PositiveIntegerField(default=0)

    tags = TaggableManager(through="practices.TaggedSheet", blank=True)
    objects = SheetQuerySet.as_manager()

    class Meta:
        """Lists read by state and date; a published sheet has a version."""

        indexes = [
            models.Index(fields=["editorial_state", "confidentiality", "-published_at", "-id"], name="sheet_listing"),
            models.Index(fields=["network", "editorial_state"], name="sheet_network_queue"),
            models.Index(fields=["-published_at", "-id"], name="sheet_newest"),
            models.Index(fields=["kind", "-support_count"], name="sheet_most_wanted"),
        ]
        constraints = [
            models.CheckConstraint(
                name="sheet_published_has_date",
                condition=~models.Q(editorial_state__in=PUBLISHED_STATES) | models.Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def slug(self) -> str:
        """Return the readable end of the address: more than one word, since one alone may name a page of the sheet."""
        slug = slug_for(self.title, 80)
        return slug if "-" in slug else f"fiche-{slug}".rstrip("-")

    @property
    def is_published(self) -> bool:
        """Tell whether readers may find the sheet."""
        return self.editorial_state in PUBLISHED_STATES

    def get_absolute_url(self) -> str:
        """Return the sheet's page."""
        return reverse("sheet", args=[self.pk, self.slug])


class Version(models.Model):
    """What was published once, for ever: content, its HTML, the house as it was, for which network, who and why."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    html = models.JSONField(default=dict)
    renderer = models.PositiveSmallIntegerField(default=0)
    house = models.JSONField(default=dict)
    network = models.ForeignKey("people.Network", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Versions of a sheet are numbered from 1."""

        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="version_unique_number")]

    def __str__(self) -> str:
        """Return the title and number."""
        return f"{self.content.get('title', '')} (v{self.number})"

    def get_absolute_url(self) -> str:
        """Return the version's permanent address."""
        return reverse("version", args=[self.sheet_id, self.number])


class Authorship(models.Model):
    """A person who may edit a sheet, and whether their name is shown on it."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="authorships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authorships")
    role = models.CharField(_("contribution"), max_length=CODE_LENGTH, blank=True)
    is_credited = models.BooleanField(_("nom cité"), default=True)

    class Meta:
        """A person is an author once."""

        constraints = [models.UniqueConstraint(fields=["sheet", "user"], name="authorship_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.sheet}"


class Invitation(models.Model):
    """A person asked to write a sheet with its authors: until they accept, they may do nothing and are not named."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(_("contribution"), max_length=CODE_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A person is asked once."""

        constraints = [models.UniqueConstraint(fields=["sheet", "user"], name="invitation_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.sheet}"


class FacetValue(models.Model):
    """A code that the published content bears in one field; written when a version is published."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="facet_values")
    field = models.CharField(max_length=40)
    code = models.CharField(max_length=160)

    class Meta:
        """A code is borne once; filters read by field and code."""

        constraints = [models.UniqueConstraint(fields=["sheet", "field", "code"], name="facet_value_unique")]
        indexes = [models.Index(fields=["field", "code", "sheet"], name="facet_value_lookup")]

    def __str__(self) -> str:
        """Return the field and code."""
        return f"{self.field}={self.code}"
