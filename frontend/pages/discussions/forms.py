"""Forms of discussions."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.people.models import User
from commons.people.queries import networks_of
from forum.enums import Audience, ThreadKind
from forum.models import BODY_LIMIT
from practices.models import Sheet

TAG_BOXES = 4
KINDS = [
    (ThreadKind.QUESTION.value, _("Question : j’attends une réponse, que je pourrai retenir")),
    (ThreadKind.DISCUSSION.value, _("Discussion : j’ouvre un sujet à plusieurs voix")),
]


class ThreadForm(forms.Form):
    """What opens a thread."""

    title = forms.CharField(
        label=_("Titre"), max_length=200, help_text=_("Votre question en une phrase, comme vous la diriez.")
    )
    kind = forms.ChoiceField(
        label=_("Genre"), choices=KINDS, widget=forms.RadioSelect, initial=ThreadKind.QUESTION.value
    )
    body = forms.CharField(
        label=_("Message"),
        max_length=BODY_LIMIT,
        widget=forms.Textarea,
        help_text=_(
            "En Markdown : **gras**, *italique*, listes, tableaux, liens, citations, @nom pour mentionner quelqu’un."
        ),
    )
    space = forms.ChoiceField(label=_("Espace"), required=False)
    audience = forms.ChoiceField(
        label=_("Qui peut lire"),
        required=False,
        choices=[("", _("Selon l’espace : tout le monde, ou les membres du réseau")), *Audience.choices],
    )
    client_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, by: User, sheet: Sheet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spaces: list[tuple[str, Any]] = [("", _("L’espace commun"))]
        spaces += [(f"network:{network.slug}", network.name) for network in networks_of(by)]
        if sheet is not None:
            spaces.append((f"sheet:{sheet.pk}", sheet.title))
        self.fields["body"].widget.attrs["data-people"] = reverse("api-opening-people")
        self.fields["space"].choices = spaces  # type: ignore[attr-defined]


class ThreadFacts(forms.Form):
    """What may be changed of a thread."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    kind = forms.ChoiceField(label=_("Genre"), choices=ThreadKind.choices, widget=forms.RadioSelect)
    audience = forms.ChoiceField(label=_("Qui peut lire"), choices=Audience.choices)
    tags = forms.CharField(label=_("Mots-clés"), required=False, help_text=_("Séparés par des virgules, dix au plus."))
