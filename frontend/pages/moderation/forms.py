"""Forms of moderation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.moderation.enums import ReportReason, SanctionKind
from commons.moderation.models import WORDS_LIMIT


class ReportForm(forms.Form):
    """Why something is reported."""

    reason = forms.ChoiceField(
        label=_("Ce qui ne va pas"), choices=ReportReason.choices, widget=forms.RadioSelect, initial=ReportReason.SPAM
    )
    text = forms.CharField(
        label=_("Précisions"),
        max_length=WORDS_LIMIT,
        required=False,
        widget=forms.Textarea,
        help_text=_("Seules les personnes qui modèrent les lisent, jamais celle que vous signalez."),
    )


class SanctionForm(forms.Form):
    """What is decided about a person."""

    kind = forms.ChoiceField(
        label=_("Mesure"), choices=SanctionKind.choices, widget=forms.RadioSelect, initial=SanctionKind.WARNING
    )
    until = forms.DateTimeField(
        label=_("Jusqu’au"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Un silence a toujours une fin ; une suspension peut ne pas en avoir."),
    )
    reason = forms.CharField(
        label=_("Raison"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea,
        help_text=_("La personne la lira, par courriel et sur sa page."),
    )
