"""Forms of people's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.people.enums import ErasureMode, TokenScope
from commons.people.models import Institution


class SignupForm(forms.Form):
    """What sign-up asks besides an address and a password."""

    public_name = forms.CharField(
        label=_("Nom public"), max_length=80, help_text=_("Celui que les autres verront, par exemple « Camille D. »")
    )

    def signup(self, request: Any, user: Any) -> None:  # noqa: ARG002 - allauth's signature
        """Keep what was asked on the new account."""
        user.public_name = self.cleaned_data["public_name"]
        user.save(update_fields=["public_name"])


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    public_name = forms.CharField(label=_("Nom public"), max_length=80)
    job = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    institution = forms.ModelChoiceField(
        label=_("Votre maison"),
        queryset=Institution.objects.order_by("name"),
        required=False,
        empty_label=_("Aucune pour l’instant"),
        help_text=_("Elle n’est pas dans la liste ? Ajoutez-la depuis la page des maisons."),
    )
    help_text = forms.CharField(
        label=_("Sur quoi je peux aider"), max_length=600, required=False, widget=forms.Textarea
    )
    language = forms.ChoiceField(label=_("Langue"), choices=[("fr", "Français"), ("en", "English")])
    is_credited = forms.BooleanField(label=_("Mon nom peut être cité sur mes fiches"), required=False)
    shows_presence = forms.BooleanField(label=_("On voit que je suis là dans les discussions"), required=False)


class WelcomeForm(forms.Form):
    """The two things that make « houses like mine » mean something; asked once, never needed."""

    institution = forms.ModelChoiceField(
        label=_("Votre maison"),
        queryset=Institution.objects.order_by("name"),
        required=False,
        empty_label=_("Aucune pour l’instant"),
    )
    job = forms.CharField(label=_("Fonction"), max_length=120, required=False)


class TokenForm(forms.Form):
    """A key by which a program speaks in one's name."""

    name = forms.CharField(label=_("Nom de la clé"), max_length=80, help_text=_("Pour la reconnaître plus tard."))
    scope = forms.ChoiceField(label=_("Ce qu’elle permet"), choices=TokenScope.choices)


class LeavingForm(forms.Form):
    """How somebody leaves."""

    mode = forms.ChoiceField(label=_("Vos contributions"), choices=ErasureMode.choices, widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("Autres noms sous lesquels vous apparaissez"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un par ligne : un ancien nom public, une signature. Votre nom actuel est déjà compté."),
    )
    is_immediate = forms.BooleanField(
        label=_("Tout de suite, sans les quatorze jours pour changer d’avis"), required=False
    )
    proof = forms.CharField(label=_("Code reçu par e-mail"), max_length=200)

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_password:
            self.fields["proof"].label = _("Votre mot de passe")
            self.fields["proof"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        else:
            self.fields["proof"].widget = forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
            )
