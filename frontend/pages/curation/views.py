"""The pages of those who decide on sheets: what waits, and one decision at a time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.errors import CommonsError
from commons.permissions import require
from frontend.pages.catalogue.reading import text_shown
from frontend.pages.catalogue.sheets import text_context
from frontend.pages.writing.refusals import add_refusal
from frontend.paging import page_of
from frontend.signed_in import person_of
from practices.actions import decide_sheet
from practices.actions.editorial import TRANSITIONS
from practices.enums import EditorialState, Gate
from practices.fields import missing
from practices.models import Sheet, SheetQuerySet
from practices.queries import sheets_to_decide, sheets_visible_to

WORDS = {
    EditorialState.DRAFT: gettext_lazy("Renvoyer à ses auteur·rices"),
    EditorialState.CANDIDATE: gettext_lazy("Publier comme candidate"),
    EditorialState.ADOPTED: gettext_lazy("Adopter"),
    EditorialState.TO_REVIEW: gettext_lazy("Demander une relecture"),
    EditorialState.ARCHIVED: gettext_lazy("Archiver"),
}


TABS = {
    EditorialState.SUBMITTED: gettext_lazy("Proposées"),
    EditorialState.CANDIDATE: gettext_lazy("Candidates"),
    EditorialState.TO_REVIEW: gettext_lazy("À revoir"),
}
WAITING = tuple(TABS)


class DecisionForm(forms.Form):
    """Where a sheet goes, and why."""

    state = forms.ChoiceField(label=gettext_lazy("Votre décision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Les auteur·rices vous liront. Il en faut une pour renvoyer, faire relire ou archiver."),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = TRANSITIONS.get(sheet.editorial_state, ())
        self.fields["state"].choices = [(state.value, WORDS[state]) for state in states]  # type: ignore[attr-defined]


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for the person's decision by network, oldest first; one state alone when it is asked."""
    waiting = sheets_to_decide(request.user)
    asked = request.GET.get("state", "")
    rows = waiting.filter(editorial_state=asked) if asked in WAITING else waiting
    rows = rows.select_related("network", "institution").order_by("network__name", "network", "submitted_at", "pk")
    return render(request, "curation/queue.html", page_of(request, rows) | {"tabs": _tabs(waiting, asked)})


def _tabs(waiting: SheetQuerySet, asked: str) -> list[dict[str, Any]]:
    counted = waiting.values_list("editorial_state").annotate(Count("pk")).order_by("editorial_state")
    counts = dict(counted)
    every = {"label": _("Toutes"), "url": "?", "current": asked not in WAITING, "count": sum(counts.values())}
    return [every] + [
        {"label": TABS[state], "url": f"?state={state.value}", "current": asked == state, "count": counts.get(state, 0)}
        for state in WAITING
    ]


@login_required
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    """Show a sheet as it would be published, what it lacks, what was decided before; take the next decision."""
    sheet = get_object_or_404(
        sheets_visible_to(request.user).select_related("network", "institution", "version"), pk=pk
    )
    require(request.user, "practices.decide_sheet", sheet)
    form = DecisionForm(request.POST or None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            decide_sheet(by=person_of(request), sheet=sheet, **form.cleaned_data)
        except CommonsError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Votre décision est enregistrée ; les auteur·rices sont prévenu·es."))
            return redirect("queue")
    context = text_context(sheet, text_shown(sheet)) | {
        "section": "",
        "form": form,
        "lacking": [field.label for field in missing(sheet.content, Gate.PUBLISH)],
        "decisions": sheet.decisions.select_related("by").order_by("-pk"),
    }
    return render(request, "curation/decide.html", context)
