"""The pages where a sheet is written: two fields to begin, then short steps that save themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.errors import CommonsError, Conflict, Invalid
from commons.permissions import require
from frontend.errors import add_errors
from frontend.pages.writing.inputs import input_for, values_sent
from frontend.signed_in import person_of
from practices.actions import create_sheet, save_sheet
from practices.actions.versions import render_content
from practices.enums import EditorialState, Gate, Genre
from practices.fields import fields_for, missing
from practices.fields.display import Shown, shown_fields
from practices.fields.table import STEPS, Field
from practices.models import Sheet
from practices.queries import sheets_visible_to

GOALS = {Gate.SUBMIT: gettext_lazy("proposer la fiche"), Gate.PUBLISH: gettext_lazy("publier")}
BORN_WITH = ("kind", "language")


class BeginForm(forms.Form):
    """The two fields a draft needs."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Genre"), choices=Genre.choices, widget=forms.RadioSelect, initial="practice"
    )
    title = forms.CharField(
        label=gettext_lazy("Titre"),
        max_length=100,
        help_text=gettext_lazy("Ce que quelqu’un d’autre chercherait. Vous pourrez le changer."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Langue"), choices=[("fr", "Français"), ("en", "English")])


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Open a draft, then go to its first step."""
    form = BeginForm(
        request.POST or None, initial={"title": request.GET.get("title", ""), "language": person_of(request).language}
    )
    if request.method == "POST" and form.is_valid():
        try:
            sheet = create_sheet(by=person_of(request), values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            return redirect("sheet_edit", pk=sheet.pk, step="essentials")
    return render(request, "writing/create.html", {"form": form})


@login_required
def edit(request: HttpRequest, pk: str, step: str) -> HttpResponse:
    """Show a step of the working text, and save what is sent: all of it, or all but what is wrong or collides.

    A save that the page sends by itself (`X-Autosave`) is answered in JSON.
    """
    sheet = get_object_or_404(sheets_visible_to(request.user), pk=pk)
    require(request.user, "practices.change_sheet", sheet)
    if step not in _steps_of(sheet):
        return redirect("sheet_edit", pk=pk, step="essentials")
    if request.method != "POST":
        return _page(request, sheet, step)
    fields = _fields_of(sheet, step)
    sent = values_sent(fields, sheet.content["kind"], request.POST)
    outcome = _save(request, sheet, sent)
    if request.headers.get("X-Autosave"):
        return JsonResponse(outcome.told(), status=409 if outcome.theirs else 200)
    if outcome.errors or outcome.theirs:
        return _page(request, outcome.sheet, step, sent=sent, errors=outcome.errors, theirs=outcome.theirs)
    messages.success(request, _("Enregistré."))
    return redirect("sheet_edit", pk=pk, step=_next_step(sheet, step, request.POST))


class Outcome:
    """What became of a save: the sheet as it is now, what was refused, what collided."""

    def __init__(self, sheet: Sheet, errors: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        self.sheet, self.errors, self.theirs = sheet, errors, theirs

    def told(self) -> dict[str, Any]:
        """Return what the page's own save needs to know."""
        errors = {path: [str(m) for m in messages_] for path, messages_ in self.errors.items()}
        lacking = [field.code for field in missing(self.sheet.content, _next_gate(self.sheet))]
        return {"revision": self.sheet.revision, "errors": errors, "theirs": self.theirs, "missing": lacking}


def _save(request: HttpRequest, sheet: Sheet, sent: Mapping[str, Any]) -> Outcome:
    """Save what can be: a field that is wrong, or that somebody else changed, holds no other back."""
    revision = int(request.POST.get("revision") or 0) if request.POST.get("revision", "").isdigit() else 0
    left = dict(sent)
    errors: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    while True:
        try:
            return Outcome(
                save_sheet(by=person_of(request), sheet=sheet, values=left, revision=revision), errors, theirs
            )
        except Invalid as error:
            errors |= error.fields
            refused = {path.split(".")[0] for path in error.fields}
        except Conflict as error:
            theirs |= error.theirs
            refused = set(error.theirs)
        if not refused & set(left):
            raise Invalid(errors)
        left = {code: value for code, value in left.items() if code not in refused}


def _page(
    request: HttpRequest,
    sheet: Sheet,
    step: str,
    *,
    sent: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
    theirs: Mapping[str, Any] | None = None,
) -> HttpResponse:
    content = sheet.content | {c: v for c, v in (sent or {}).items() if _refused(c, errors, theirs)}
    genre = sheet.content["kind"]
    inputs = [input_for(field, genre, content.get(field.code), errors or {}) for field in _fields_of(sheet, step)]
    context = {
        "sheet": sheet,
        "step": step,
        "step_label": STEPS[step],
        "inputs": inputs,
        "errors": [(path, m) for path, said in (errors or {}).items() for m in said],
        "theirs": _shown(sheet, theirs or {}),
        "steps": _stepper(sheet, step),
        "is_last": step == _steps_of(sheet)[-1],
    }
    status = 409 if theirs else 422 if errors else 200
    return render(request, "writing/edit.html", context | lacks(sheet), status=status)


def _refused(code: str, errors: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None) -> bool:
    return code in (theirs or {}) or any(path.split(".")[0] == code for path in errors or {})


def _shown(sheet: Sheet, theirs: Mapping[str, Any]) -> list[Shown]:
    return shown_fields(theirs, render_content(theirs, prefix="autre", language=sheet.language))


def lacks(sheet: Sheet) -> dict[str, Any]:
    """Return what the next gate lacks, each with the address of its input."""
    gate = _next_gate(sheet)
    items = [
        {"label": f.label, "url": f"{reverse('sheet_edit', args=[sheet.pk, f.step])}#{f.code}"}
        for f in missing(sheet.content, gate)
    ]
    return {"lacking": items, "goal": GOALS[gate]}


def _next_gate(sheet: Sheet) -> Gate:
    return Gate.SUBMIT if sheet.editorial_state == EditorialState.DRAFT else Gate.PUBLISH


def _fields_of(sheet: Sheet, step: str) -> list[Field]:
    return [f for f in fields_for(sheet.content["kind"]) if f.step == step and f.code not in BORN_WITH]


def _steps_of(sheet: Sheet) -> list[str]:
    return [step for step in STEPS if _fields_of(sheet, step)]


def _next_step(sheet: Sheet, step: str, sent: Mapping[str, Any]) -> str:
    steps = _steps_of(sheet)
    index = steps.index(step)
    return steps[min(index + 1, len(steps) - 1)] if "next" in sent else step


def _stepper(sheet: Sheet, current: str) -> list[dict[str, Any]]:
    lacking = {field.step for field in missing(sheet.content, Gate.PUBLISH)}
    return [
        {
            "label": STEPS[step],
            "url": reverse("sheet_edit", args=[sheet.pk, step]),
            "current": step == current,
            "done": step not in lacking,
        }
        for step in _steps_of(sheet)
    ]
