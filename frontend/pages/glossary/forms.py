"""Forms of the glossary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.vocabularies.models import Entry
from practices.models import Term


class LinesField(forms.CharField):
    """A list typed one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something, each once."""
        lines = (line.strip() for line in str(super().clean(value)).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class TermForm(forms.Form):
    """A term in both languages."""

    name = forms.CharField(label=_("Terme"), max_length=100)
    name_en = forms.CharField(label=_("Terme anglais"), max_length=100, required=False)
    definition_fr = forms.CharField(label=_("Définition"), max_length=1200, required=False, widget=forms.Textarea)
    definition_en = forms.CharField(
        label=_("Définition anglaise"), max_length=1200, required=False, widget=forms.Textarea
    )
    synonyms_fr = LinesField(label=_("Synonymes"), required=False, help_text=_("Un par ligne."))
    synonyms_en = LinesField(label=_("Synonymes anglais"), required=False, help_text=_("Un par ligne."))

    @classmethod
    def initial_of(cls, term: Term) -> dict[str, Any]:
        """Return what the form starts from."""
        values = {name: getattr(term, name) for name in cls.base_fields}
        return {name: "\n".join(v) if isinstance(v, list) else v for name, v in values.items()}


class MergeForm(forms.Form):
    """The term that takes another one's place."""

    into = forms.ModelChoiceField(label=_("Terme qui reste"), queryset=Term.objects.none())

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Term.objects.exclude(pk=term.pk).order_by("key")  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """An entry's words in both languages. Its code never changes."""

    label_fr = forms.CharField(label=_("Libellé"), max_length=200)
    label_en = forms.CharField(label=_("Libellé anglais"), max_length=200)
    definition_fr = forms.CharField(label=_("Définition"), max_length=1200, required=False, widget=forms.Textarea)
    definition_en = forms.CharField(
        label=_("Définition anglaise"), max_length=1200, required=False, widget=forms.Textarea
    )
    deprecated_by = forms.ChoiceField(
        label=_("Remplacé par"),
        required=False,
        help_text=_("Les fiches déjà écrites gardent l’ancien code ; les nouvelles ne le proposent plus."),
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = entry.vocabulary.entries.exclude(pk=entry.pk).order_by("position")
        choices = [("", _("Rien : il sert toujours")), *((other.code, str(other)) for other in others)]
        self.fields["deprecated_by"].choices = choices  # type: ignore[attr-defined]
