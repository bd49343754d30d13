"""The pages where a sheet is written: two fields to begin, then short steps that save themselves."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.errors import CommonsError
from commons.people.models import Institution
from commons.permissions import require
from commons.text.markdown import render as render_markdown
from frontend.errors import add_errors
from frontend.pages.writing.inputs import input_for, values_sent
from frontend.pages.writing.saving import Outcome, mark_of, saved
from frontend.signed_in import person_of
from practices.actions import create_sheet
from practices.actions.versions import render_content
from practices.enums import EditorialState, Gate, Genre, TermState
from practices.fields import fields_for, missing
from practices.fields.display import Shown, shown_fields
from practices.fields.table import STEPS, Field
from practices.models import Sheet, Term
from practices.queries import sheets_visible_to

GOALS = {Gate.SUBMIT: gettext_lazy("proposer la fiche"), Gate.PUBLISH: gettext_lazy("publier")}
BORN_WITH = ("kind", "language")
GENRES = {
    Genre.PRACTICE: gettext_lazy("Pratique : ce que votre maison a fait, réussi ou non"),
    Genre.GUIDE: gettext_lazy("Guide : comment faire, pour que d’autres s’en servent"),
    Genre.NEED: gettext_lazy("Besoin : un problème qui n’a pas encore de réponse"),
}


class BeginForm(forms.Form):
    """The two fields a draft needs."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Genre"),
        choices=[(genre.value, words) for genre, words in GENRES.items()],
        widget=forms.RadioSelect,
        initial=Genre.PRACTICE,
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
    form = BeginForm(request.POST or None, initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        try:
            sheet = create_sheet(by=person_of(request), values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            return redirect("sheet_edit", pk=sheet.pk, step="essentials")
    return render(request, "writing/create.html", {"form": form})


def _begun(request: HttpRequest) -> dict[str, str]:
    """Return what the address already says of the sheet: the words of a vain search, a need rather than a practice."""
    kind = request.GET.get("kind", "")
    known = {"kind": kind} if kind in Genre else {}
    return known | {"title": request.GET.get("title", "")[:100], "language": person_of(request).language}


@login_required
def edit(request: HttpRequest, pk: str, step: str) -> HttpResponse:
    """Show a step of the working text, and save what is sent: all of it, or all but what is wrong or collides.

    A save that the page sends by itself (`X-Autosave`) is answered in JSON; a preview asked by htmx saves nothing.
    """
    sheet = get_object_or_404(sheets_visible_to(request.user).select_related("institution"), pk=pk)
    require(request.user, "practices.change_sheet", sheet)
    if step not in _steps_of(sheet):
        return redirect("sheet_edit", pk=pk, step="essentials")
    if request.method != "POST":
        return _page(request, sheet, step)
    if request.headers.get("HX-Request"):
        return _preview(request)
    sent = values_sent(_fields_of(sheet, step), sheet.content["kind"], request.POST)
    outcome = saved(by=person_of(request), sheet=sheet, sent=sent, settled=request.POST)
    if request.headers.get("X-Autosave"):
        return JsonResponse(_told(request, outcome), status=409 if outcome.theirs else 200)
    if outcome.errors or outcome.theirs:
        return _page(request, outcome.sheet, step, sent=sent, outcome=outcome)
    if not request.POST.keys() & {"more", "preview"}:
        messages.success(request, _("Enregistré."))
    return HttpResponseRedirect(_following(sheet, step, request.POST))


def _preview(request: HttpRequest) -> HttpResponse:
    source = request.POST.get(request.POST.get("preview", ""), "")
    return render(request, "writing/_preview.html", {"html": render_markdown(source, prefix="apercu")})


def _following(sheet: Sheet, step: str, sent: Mapping[str, Any]) -> str:
    """Return where a save leads: the next step, or the place of this one where more rows or a preview were asked."""
    steps = _steps_of(sheet)
    if "next" in sent:
        step = steps[min(steps.index(step) + 1, len(steps) - 1)]
    here = reverse("sheet_edit", args=[sheet.pk, step])
    if previewed := sent.get("preview"):
        return f"{here}?{urlencode({'preview': previewed})}#{previewed}"
    return f"{here}#{sent['more']}" if "more" in sent else here


def _told(request: HttpRequest, outcome: Outcome) -> dict[str, Any]:
    """Return what the page's own save needs to know."""
    errors = {path: [str(m) for m in messages_] for path, messages_ in outcome.errors.items()}
    lacking = render_to_string("writing/_lacks.html", lacks(outcome.sheet), request)
    return {
        "revision": outcome.sheet.revision,
        "errors": errors,
        "theirs": list(outcome.theirs),
        "starts": {code: _start(request, outcome, code) for code in outcome.kept},
        "lacks": lacking,
    }


def _page(
    request: HttpRequest,
    sheet: Sheet,
    step: str,
    *,
    sent: Mapping[str, Any] | None = None,
    outcome: Outcome | None = None,
) -> HttpResponse:
    outcome = outcome or Outcome(sheet)
    content = sheet.content | {c: v for c, v in (sent or {}).items() if outcome.is_refused(c)}
    around: dict[str, Any] = {"offers": _offers(sheet, step), "preview": _previewed(request, sheet)}
    theirs = {shown.code: shown for shown in _shown(sheet, outcome.theirs)}
    rows = [
        {
            "input": input_for(field, content["kind"], content.get(field.code), outcome.errors, **around),
            "is_collided": field.code in outcome.theirs,
            "theirs": theirs.get(field.code),
            "start": _start(request, outcome, field.code),
        }
        for field in _fields_of(sheet, step)
    ]
    context = {
        "sheet": sheet,
        "step": step,
        "step_label": STEPS[step],
        "rows": rows,
        "errors": [(path, m) for path, said in outcome.errors.items() for m in said],
        "collided": [row["input"] for row in rows if row["is_collided"]],
        "steps": _stepper(sheet, step),
        "is_last": step == _steps_of(sheet)[-1],
        "terms": _terms() if step == "sharing" else [],
        "previews": True,
    }
    status = 409 if outcome.theirs else 422 if outcome.errors else 200
    return render(request, "writing/edit.html", context | lacks(sheet), status=status)


def _start(request: HttpRequest, outcome: Outcome, code: str) -> dict[str, Any]:
    """Return the revision and the mark of the text that a field's input starts from; a refused one keeps its own."""
    if outcome.is_refused(code) and f"was.{code}" in request.POST:
        return {"base": request.POST.get(f"base.{code}", "0"), "was": request.POST[f"was.{code}"]}
    if outcome.is_refused(code):
        return {"base": request.POST.get("revision", "0"), "was": ""}
    return {"base": outcome.sheet.revision, "was": mark_of(outcome.sheet.content.get(code))}


def _offers(sheet: Sheet, step: str) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the fields that name another object: the houses, the sheet's own files."""
    if step == "essentials":
        return {"institution": list(Institution.objects.order_by("name").values_list("slug", "name"))}
    if step == "sharing":
        return {"media.upload": list(sheet.uploads.order_by("-created_at").values_list("pk", "name"))}
    return {}


def _previewed(request: HttpRequest, sheet: Sheet) -> dict[str, str]:
    path = request.GET.get("preview", "")
    return {path: render_content(sheet.content, prefix="apercu", language=sheet.language).get(path, "")} if path else {}


def _terms() -> list[str]:
    """Return the glossary's words, for the browser to suggest."""
    return list(Term.objects.filter(state=TermState.APPROVED).order_by("key").values_list("name", flat=True))


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
