"""Owns people, their houses (institutions), their networks, their API tokens, what they decide of their own data."""

import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commons.people.enums import ErasureCause, ErasureMode, MemberRole, MemberState, TokenScope
from commons.permissions import PermissionBackend
from commons.text.normalise import slug_for

CODE_LENGTH = 60
FOR_GOOD = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
"""Until when somebody is barred who is barred without an end."""


class Institution(models.Model):
    """A house: theatre, museum, library… Its facts are what "houses like mine" compares."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    type = models.CharField(_("type de structure"), max_length=CODE_LENGTH)
    labels = models.JSONField(_("labels"), default=list, blank=True)
    disciplines = models.JSONField(_("disciplines"), default=list, blank=True)
    team_size = models.CharField(_("taille de l’équipe"), max_length=CODE_LENGTH, blank=True)
    budget = models.CharField(_("budget annuel"), max_length=CODE_LENGTH, blank=True)
    territory = models.CharField(_("territoire"), max_length=CODE_LENGTH, blank=True)
    place = models.CharField(_("commune"), max_length=120, blank=True)
    place_code = models.CharField(_("code INSEE"), max_length=5, blank=True)
    website = models.URLField(_("site"), blank=True)
    about = models.TextField(_("présentation"), max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        """Return the house's name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the house's page."""
        return reverse("institution", args=[self.slug])


class UserManager(BaseUserManager["User"]):
    """Creates people from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password they sign in by e-mailed code only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator, for `manage.py createsuperuser`."""
        return self.create_user(email, password, is_administrator=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, known by an e-mail address that is never shown."""

    email = models.EmailField(_("adresse e-mail"), unique=True)
    public_name = models.CharField(_("nom public"), max_length=80)
    job = models.CharField(_("fonction"), max_length=120, blank=True)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("structure"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
    )
    help_text = models.TextField(_("sur quoi je peux aider"), max_length=600, blank=True)
    language = models.CharField(
        _("langue"), max_length=5, default="fr", choices=[("fr", "Français"), ("en", "English")]
    )
    is_credited = models.BooleanField(_("mon nom peut être cité sur mes fiches"), default=True)
    shows_presence = models.BooleanField(_("on voit que je suis là dans les discussions"), default=True)
    calendar_generation = models.PositiveIntegerField(default=1, editable=False)
    is_moderator = models.BooleanField(_("modération"), default=False)
    is_administrator = models.BooleanField(_("administration"), default=False)
    is_active = models.BooleanField(_("compte actif"), default=True)
    silenced_until = models.DateTimeField(null=True, editable=False)
    suspended_until = models.DateTimeField(null=True, editable=False)
    date_joined = models.DateTimeField(_("arrivée"), default=timezone.now)
    warned_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["public_name"]

    class Meta:
        """One account per address, whatever its case."""

        constraints = [models.UniqueConstraint(Lower("email"), name="user_unique_email")]

    def __str__(self) -> str:
        """Return the public name, never the address."""
        return self.public_name

    def get_absolute_url(self) -> str:
        """Return the person's profile."""
        return reverse("person", args=[self.pk])

    def has_perm(self, name: str, obj: object = None) -> bool:
        """Answer from the permission tables; nobody is above them, and a closed account is a visitor."""
        return PermissionBackend().has_perm(self, name, obj)

    @property
    def handle(self) -> str:
        """Return what names this person in a text, after `@`: the number decides, the words are for readers."""
        return "-".join(part for part in (slug_for(self.public_name, 40), str(self.pk)) if part)

    @property
    def is_suspended(self) -> bool:
        """Tell whether the account is, for now, no more than a visitor's."""
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def is_silenced(self) -> bool:
        """Tell whether the person reads, and writes nothing that others read, for now."""
        return self.is_suspended or (self.silenced_until is not None and self.silenced_until > timezone.now())

    @property
    def barred_words(self) -> str:
        """Say what a suspension or a silence bars, and until when; nothing where there is none."""
        if not self.is_silenced:
            return ""
        is_suspended = self.is_suspended
        until = self.suspended_until if is_suspended else self.silenced_until
        if until == FOR_GOOD:
            return gettext("Votre compte est suspendu. La raison est dans « Signalements et mesures ».")
        words = (
            gettext("Votre compte est suspendu jusqu’au %(date)s. La raison est dans « Signalements et mesures ».")
            if is_suspended
            else gettext("Vous lisez sans écrire jusqu’au %(date)s. La raison est dans « Signalements et mesures ».")
        )
        return words % {"date": date_format(timezone.localtime(until), "j F Y, H:i")}


class Network(models.Model):
    """A professional network: it has members and curators, and decides on the sheets sent to it."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    summary = models.CharField(_("en une phrase"), max_length=200, blank=True)
    about = models.TextField(_("présentation"), max_length=4000, blank=True)
    about_html = models.TextField(editable=False, blank=True)
    website = models.URLField(_("site"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    is_open = models.BooleanField(_("adhésion libre"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    members: "models.ManyToManyField[User, Membership]" = models.ManyToManyField(
        User, through="Membership", related_name="networks"
    )

    def __str__(self) -> str:
        """Return the network's name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the network's page."""
        return reverse("network", args=[self.slug])


class Membership(models.Model):
    """A person's place in a network."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=20, choices=MemberRole.choices, default=MemberRole.MEMBER)
    state = models.CharField(_("état"), max_length=20, choices=MemberState.choices, default=MemberState.REQUESTED)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One membership per person and network."""

        constraints = [models.UniqueConstraint(fields=["user", "network"], name="membership_unique")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.user} – {self.network}"


class ApiToken(models.Model):
    """A personal key to the API. Only its SHA-256 digest is kept; the key is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("nom"), max_length=80)
    scope = models.CharField(_("droits"), max_length=10, choices=TokenScope.choices, default=TokenScope.READ)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the name its owner gave it."""
        return self.name


class Consent(models.Model):
    """What a person agreed to or took back, which text they read, when and where. Rows are added, never changed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    is_given = models.BooleanField()
    version = models.CharField(max_length=40)
    how = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Say what was decided."""
        return f"{self.purpose}: {self.is_given}"


class PersonalExport(models.Model):
    """A copy of all that a person has here, made by the worker: theirs alone, for seven days."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    file = models.FileField(upload_to="exports/", blank=True)
    size = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the day it was asked for."""
        return f"{self.created_at:%Y-%m-%d}"


class ErasureRequest(models.Model):
    """A person leaves: how, from when, and under which other names they appear. Cancelled by deleting it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="erasure_request")
    mode = models.CharField(max_length=20, choices=ErasureMode.choices)
    names = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say how and when."""
        return f"{self.mode} {self.due_at:%Y-%m-%d}"


class Erasure(models.Model):
    """An account was erased: its former number, how and why. The number is what a restored backup is cleaned by."""

    person_number = models.BigIntegerField()
    mode = models.CharField(max_length=20, choices=ErasureMode.choices)
    cause = models.CharField(max_length=20, choices=ErasureCause.choices)
    done_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Say how and when."""
        return f"{self.mode} {self.done_at:%Y-%m-%d}"
