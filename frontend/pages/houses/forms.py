"""Forms of houses, networks and collections."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.people.models import Institution, Network, User
from commons.people.queries import members_of
from commons.vocabularies.queries import choices_of
from practices.enums import Confidentiality

NOT_SAID = ("", _("Non précisé"))
SHARED = (Confidentiality.PUBLIC, Confidentiality.MEMBERS, Confidentiality.NETWORK, Confidentiality.PRIVATE)


def _choices(vocabulary: str) -> list[tuple[str, str]]:
    return [(entry.code, str(entry)) for entry in choices_of(vocabulary)]


class InstitutionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A house's facts."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "name", "type", "labels", "disciplines", "team_size", "budget", "territory", "place", "website", "about",
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Type de structure"))
    labels = forms.MultipleChoiceField(label=_("Labels"), required=False, widget=forms.CheckboxSelectMultiple)
    disciplines = forms.MultipleChoiceField(label=_("Disciplines"), required=False, widget=forms.CheckboxSelectMultiple)
    team_size = forms.ChoiceField(label=_("Taille de l’équipe"), required=False)
    budget = forms.ChoiceField(label=_("Budget annuel"), required=False)
    territory = forms.ChoiceField(label=_("Territoire"), required=False)
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")

    class Meta:
        model = Institution
        fields = (
            "name", "type", "labels", "disciplines", "team_size", "budget", "territory", "place", "website", "about",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vocabularies = {"type": "institution_type", "labels": "institution_label", "disciplines": "discipline"}
        for name, vocabulary in vocabularies.items():
            self.fields[name].choices = _choices(vocabulary)  # type: ignore[attr-defined]
        scales = {"team_size": "team_size", "budget": "institution_budget", "territory": "territory"}
        for name, vocabulary in scales.items():
            self.fields[name].choices = [NOT_SAID, *_choices(vocabulary)]  # type: ignore[attr-defined]


class NetworkForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a network presents itself."""

    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")
    logo = forms.FileField(
        label=_("Logo"), required=False, widget=forms.ClearableFileInput, help_text=_("Image JPEG, PNG ou WebP.")
    )

    class Meta:
        model = Network
        fields = ("name", "summary", "about", "website", "is_open")


class CollectionForm(forms.Form):
    """A collection's words and who may read it."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    intro = forms.CharField(label=_("Présentation"), max_length=3000, required=False, widget=forms.Textarea)
    confidentiality = forms.ChoiceField(
        label=_("Diffusion"), choices=[(choice.value, choice.label) for choice in SHARED]
    )
    cover = forms.FileField(
        label=_("Couverture"), required=False, widget=forms.ClearableFileInput, help_text=_("Image JPEG, PNG ou WebP.")
    )
    cover_alt = forms.CharField(
        label=_("Texte de remplacement de la couverture"),
        max_length=300,
        required=False,
        help_text=_("Ce que l’image montre, pour qui ne la voit pas."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ItemForm(forms.Form):
    """A sheet's place in a collection."""

    sheet = forms.CharField(
        label=_("Adresse ou identifiant de la fiche"), help_text=_("Copiez l’adresse de la page de la fiche.")
    )
    section = forms.CharField(label=_("Partie"), max_length=120, required=False)
    note = forms.CharField(label=_("Pourquoi la lire"), max_length=1500, required=False, widget=forms.Textarea)


class CuratorForm(forms.Form):
    """A member of the network who will curate a collection too."""

    person = forms.ModelChoiceField(label=_("Membre du réseau"), queryset=User.objects.none())

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(pk__in=members_of(network).values("user")).order_by("public_name", "pk")
        self.fields["person"].queryset = members  # type: ignore[attr-defined]
