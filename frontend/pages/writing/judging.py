"""The pages where others say what they made of a sheet: trials, ratings, support."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.permissions import require
from frontend.pages.writing.inputs import input_for, values_sent
from frontend.pages.writing.keeping import forget, is_autosave, keep, written
from frontend.pages.writing.refusals import add_refusal
from frontend.signed_in import person_of
from practices.actions import (
    add_trial,
    change_trial,
    rate_sheet,
    support_sheet,
    withdraw_rating,
    withdraw_support,
)
from practices.actions.drafts import TRIAL, correction_of
from practices.enums import ASPECTS, Adaptation, Genre, Outcome
from practices.fields.table import Field, field_of
from practices.models import Sheet, Trial
from practices.queries import sheets_visible_to, trials_visible_to

REUSED = ("results", "obstacles", "if_again", "cost_setup", "effort_setup", "period")


class TrialForm(forms.Form):
    """What a trial always says."""

    adaptation = forms.ChoiceField(
        label=gettext_lazy("Vous l’avez faite"), choices=Adaptation.choices, widget=forms.RadioSelect
    )
    changed = forms.CharField(
        label=gettext_lazy("Ce que vous avez changé"),
        max_length=1500,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("À remplir si vous l’avez adaptée : le lieu, le public, l’outil, la durée…"),
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Résultat"), choices=Outcome.choices, widget=forms.RadioSelect)
    recommend = forms.IntegerField(
        label=gettext_lazy("La recommanderiez-vous à une maison comme la vôtre ?"),
        min_value=0,
        max_value=10,
        help_text=gettext_lazy("De 0 (pas du tout) à 10 (sans hésiter)."),
    )


def _sheet(request: HttpRequest, pk: str) -> Sheet:
    return get_object_or_404(sheets_visible_to(request.user).select_related("institution", "version"), pk=pk)


@login_required
def trial_add(request: HttpRequest, pk: str) -> HttpResponse:
    """Report that one's house tried the sheet, or adapted another house's trial of it; what is not sent is kept."""
    sheet = _sheet(request, pk)
    require(request.user, "practices.add_trial", sheet)
    if is_autosave(request):
        return keep(request, sheet, TRIAL)
    if "forget" in request.POST:
        forget(request, sheet, TRIAL)
        return redirect("trial_add", pk=pk)
    sent = written(request, sheet, TRIAL)
    form = TrialForm(request.POST or None, initial=sent.dict())
    errors: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"parent": _parent(request, sent, sheet), "values": _filled(_values(sent))}
        try:
            trial = add_trial(by=person_of(request), sheet=sheet, **facts)
        except CommonsError as error:
            errors = getattr(error, "fields", {})
            add_refusal(form, error)
        else:
            messages.success(request, _("Merci : votre essai est publié sur la fiche."))
            return redirect(f"{sheet.get_absolute_url()}#essai-{trial.pk}")
    if request.method == "POST":
        keep(request, sheet, TRIAL)
    values = _values(sent)
    context = {"form": form, "sheet": sheet, "inputs": _inputs(values, errors), "parents": _parents(request, sheet)}
    context |= {"is_open": bool(_filled(values)), "house": person_of(request).institution, "draft": TRIAL}
    context |= {"parent": _parent(request, sent, sheet), "is_kept": request.method == "GET" and bool(sent)}
    return render(request, "writing/trial.html", context)


@login_required
def trial_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one's own report; what is not sent is kept."""
    trial = get_object_or_404(trials_visible_to(request.user).select_related("sheet"), pk=pk)
    require(request.user, "practices.change_trial", trial)
    draft = correction_of(pk)
    if is_autosave(request):
        return keep(request, trial.sheet, draft)
    if "forget" in request.POST:
        forget(request, trial.sheet, draft)
        return redirect("trial_edit", pk=pk)
    sent = written(request, trial.sheet, draft)
    now = {name: getattr(trial, name) for name in TrialForm.base_fields}
    form = TrialForm(request.POST or None, initial=sent.dict() if sent else now)
    errors: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        kept = {code: value for code, value in trial.content.items() if code not in REUSED}
        facts = form.cleaned_data | {"values": kept | _filled(_values(sent))}
        try:
            change_trial(by=person_of(request), trial=trial, **facts)
        except CommonsError as error:
            errors = getattr(error, "fields", {})
            add_refusal(form, error)
        else:
            messages.success(request, _("Votre essai est à jour."))
            return redirect(f"{trial.sheet.get_absolute_url()}#essai-{trial.pk}")
    if request.method == "POST":
        keep(request, trial.sheet, draft)
    values = _values(sent) if sent else trial.content
    context = {"form": form, "sheet": trial.sheet, "trial": trial, "inputs": _inputs(values, errors), "parents": []}
    context |= {"is_open": bool(_filled(values)), "house": trial.institution or person_of(request).institution}
    context |= {
        "is_narrower": trial.confidentiality != trial.sheet.confidentiality,
        "draft": draft,
        "is_kept": request.method == "GET" and bool(sent),
    }
    return render(request, "writing/trial.html", context)


def _parents(request: HttpRequest, sheet: Sheet) -> QuerySet[Trial]:
    return trials_visible_to(request.user).filter(sheet=sheet).order_by("pk")


def _parent(request: HttpRequest, sent: QueryDict, sheet: Sheet) -> Trial | None:
    asked = sent.get("parent", "")
    return _parents(request, sheet).filter(pk=int(asked)).first() if asked.isdecimal() else None


def _fields() -> list[Field]:
    return [field_of(code) for code in REUSED]


def _values(sent: QueryDict) -> dict[str, Any]:
    return values_sent(_fields(), Genre.PRACTICE, sent)


def _filled(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in sent.items() if value}


def _inputs(values: Mapping[str, Any], errors: Mapping[str, Any]) -> list[Any]:
    return [input_for(field, Genre.PRACTICE, values.get(field.code), errors) for field in _fields()]


@login_required
def rate(request: HttpRequest, pk: str) -> HttpResponse:
    """Mark a sheet on three aspects, change one's marks, or take them back."""
    sheet = _sheet(request, pk)
    require(request.user, "practices.rate_sheet", sheet)
    own = sheet.ratings.filter(user=person_of(request)).first()
    sent = request.POST if request.method == "POST" else {}
    marks = {aspect: sent.get(aspect) or (getattr(own, aspect) if own else "") for aspect in ASPECTS}
    if "withdraw" in sent:
        withdraw_rating(by=person_of(request), sheet=sheet)
        messages.success(request, _("Votre avis est retiré."))
        return redirect(sheet)
    missing = [aspect for aspect, mark in marks.items() if str(mark) not in "12345" or not mark]
    if sent and not missing:
        rate_sheet(by=person_of(request), sheet=sheet, **{aspect: int(mark) for aspect, mark in marks.items()})
        messages.success(request, _("Merci pour votre avis."))
        return redirect(sheet)
    labels = {"useful": _("Utile"), "clear": _("Claire"), "transferable": _("Transférable")}
    error = _("Choisissez une note de 1 à 5.")
    rows = [
        {"name": a, "label": labels[a], "value": marks[a], "error": error if sent and a in missing else ""}
        for a in ASPECTS
    ]
    return render(request, "writing/rate.html", {"sheet": sheet, "aspects": rows, "own": own})


@require_POST
@login_required
def support(request: HttpRequest, pk: str) -> HttpResponse:
    """Say "we have this need too", or take it back."""
    sheet = _sheet(request, pk)
    if "withdraw" in request.POST:
        withdraw_support(by=person_of(request), sheet=sheet)
    else:
        support_sheet(by=person_of(request), sheet=sheet)
    return redirect(sheet)
