"""The pages of one's own sheets: where they stand, proposing, publishing, confirming."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.people.models import Network, User
from commons.people.queries import networks_of
from commons.permissions import require
from frontend.pages.writing.editing import lacks
from frontend.pages.writing.refusals import add_refusal
from frontend.paging import page_of
from frontend.signed_in import person_of
from practices.actions import confirm_sheet, publish_version, submit_sheet
from practices.actions.versions import publishable
from practices.models import Sheet
from practices.queries import invitations_visible_to, sheets_visible_to, sheets_written_by


class SubmissionForm(forms.Form):
    """To whom a sheet is proposed."""

    network = forms.ModelChoiceField(
        label=gettext_lazy("Réseau"),
        queryset=Network.objects.none(),
        required=False,
        empty_label=gettext_lazy("Aucun : à l’équipe de Commons"),
        help_text=gettext_lazy("Ses curateur·rices liront la fiche et vous répondront."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = networks_of(user)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a new version."""

    reason = forms.CharField(label=gettext_lazy("Ce qui change"), max_length=300)


@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """List one's own sheets, last changed first, with the last word of a curator on each; before them, invitations."""
    rows = (
        sheets_written_by(request.user)
        .select_related("network", "version")
        .prefetch_related("decisions")
        .order_by("-updated_at")
    )
    page = page_of(request, rows)
    page["rows"] = [{"sheet": sheet, "decision": _last_word(sheet), **_standing(sheet)} for sheet in page["rows"]]
    page |= {"section": "drafts", "invitations": invitations_visible_to(request.user)}
    return render(request, "writing/drafts.html", page)


def _standing(sheet: Sheet) -> dict[str, Any]:
    """Return what the next gate lacks, and whether readers wait for changes that are written already."""
    published = sheet.version.content if sheet.version else None
    return {**lacks(sheet), "has_unpublished": sheet.is_published and published != publishable(sheet.content)}


def _last_word(sheet: Sheet) -> Any:
    said = [decision for decision in sheet.decisions.all() if decision.reason]
    return max(said, key=lambda decision: decision.pk, default=None)


def own_sheet(request: HttpRequest, pk: str) -> Sheet:
    """Return a sheet that the person may change; to anybody else it is not there, or not theirs to change."""
    sheet = get_object_or_404(sheets_visible_to(request.user).select_related("network"), pk=pk)
    require(request.user, "practices.change_sheet", sheet)
    return sheet


@login_required
def submit(request: HttpRequest, pk: str) -> HttpResponse:
    """Propose a draft to a network."""
    sheet = own_sheet(request, pk)
    form = SubmissionForm(request.POST or None, user=person_of(request), initial={"network": sheet.network})
    if request.method == "POST" and form.is_valid():
        try:
            submit_sheet(by=person_of(request), sheet=sheet, network=form.cleaned_data["network"])
        except CommonsError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Votre fiche est proposée. Vous serez prévenu·e de chaque décision."))
            return redirect("drafts")
    return render(request, "writing/submit.html", {"form": form, "sheet": sheet} | lacks(sheet))


@login_required
def publish(request: HttpRequest, pk: str) -> HttpResponse:
    """Show readers the working text of a published sheet, saying what changes."""
    sheet = own_sheet(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publish_version(by=person_of(request), sheet=sheet, reason=form.cleaned_data["reason"])
        except CommonsError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("La nouvelle version est en ligne."))
            return redirect(sheet)
    return render(request, "writing/publish.html", {"form": form, "sheet": sheet} | lacks(sheet))


@require_POST
@login_required
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """Say that a published sheet is still right."""
    confirm_sheet(by=person_of(request), sheet=own_sheet(request, pk))
    messages.success(request, _("Merci : la fiche est à jour pour un an."))
    return redirect("drafts")
