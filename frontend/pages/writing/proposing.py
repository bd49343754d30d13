"""The pages of proposed changes: a reader proposes, an author answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError, Invalid
from commons.permissions import require
from frontend.pages.catalogue.versions import changes_between
from frontend.pages.writing.inputs import Input, input_for, values_sent
from frontend.signed_in import person_of
from practices.actions import decide_proposal, propose_change
from practices.fields import fields_for
from practices.fields.table import STEPS, Field
from practices.models import Sheet
from practices.queries import sheets_visible_to

LEFT_OUT = (
    "kind",
    "language",
    "institution",
    "authors",
    "owner_contact",
    "media",
    "licence",
    "confidentiality",
    "evidence",
)


@login_required
def propose(request: HttpRequest, pk: str) -> HttpResponse:
    """Propose new words for some fields of the published text."""
    sheet = get_object_or_404(sheets_visible_to(request.user).select_related("version"), pk=pk)
    require(request.user, "practices.propose_change", sheet)
    values = values_sent(_fields(sheet), sheet.kind, request.POST) if request.method == "POST" else {}
    said: Any = {}
    refusal = ""
    if request.method == "POST":
        try:
            propose_change(by=person_of(request), sheet=sheet, values=values, reason=request.POST.get("reason", ""))
        except Invalid as error:
            said, refusal = error.fields, str(error.message)
        except CommonsError as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("Merci : les auteur·rices ont votre proposition."))
            return redirect(sheet)
    content = (sheet.version.content if sheet.version else {}) | values
    shown = [(field, input_for(field, sheet.kind, content.get(field.code), said)) for field in _fields(sheet)]
    context = {
        "sheet": sheet,
        "inputs": [item for _field, item in shown],
        "groups": _by_step(shown, said),
        "refusal": refusal,
        "errors": _lines(said),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "writing/propose.html", context)


def _by_step(shown: list[tuple[Field, Input]], said: Any) -> list[dict[str, Any]]:
    """Return the inputs of each step; the first step is open, and those where something is to be mended."""
    wrong = {path.split(".", maxsplit=1)[0] for path in said}
    groups: list[dict[str, Any]] = []
    for step, label in STEPS.items():
        rows = [(field, item) for field, item in shown if field.step == step]
        is_open = not groups or any(field.code in wrong for field, _item in rows)
        if rows:
            groups.append({"label": label, "inputs": [item for _field, item in rows], "is_open": is_open})
    return groups


def _lines(said: Any) -> list[tuple[str, str]]:
    return [(path, str(message)) for path, messages_ in said.items() for message in messages_]


def _fields(sheet: Sheet) -> list[Field]:
    return [field for field in fields_for(sheet.kind) if field.code not in LEFT_OUT]


@login_required
def proposals(request: HttpRequest, pk: str) -> HttpResponse:
    """List the changes proposed on a sheet that the person may see."""
    sheet = get_object_or_404(sheets_visible_to(request.user), pk=pk)
    rows = sheet.proposals.select_related("by", "sheet").order_by("-pk")
    shown = [row for row in rows if request.user.has_perm("practices.view_proposal", row)]
    return render(request, "writing/proposals.html", {"sheet": sheet, "proposals": shown})


@login_required
def proposal(request: HttpRequest, pk: str, proposal_pk: int) -> HttpResponse:
    """Show a proposed change beside the text it changes, while that is open; an author merges or declines it."""
    sheet = get_object_or_404(sheets_visible_to(request.user), pk=pk)
    found = get_object_or_404(sheet.proposals.select_related("by", "base__sheet__network", "sheet"), pk=proposal_pk)
    require(request.user, "practices.view_proposal", found, see="practices.view_proposal")
    refusal = ""
    if request.method == "POST":
        word = request.POST.get("word", "")
        try:
            decide_proposal(by=person_of(request), proposal=found, is_merged="merge" in request.POST, word=word)
        except CommonsError as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("Votre réponse est enregistrée."))
            return redirect("proposals", pk=pk)
    before = found.base.content if request.user.has_perm("practices.view_version", found.base) else {}
    changes = changes_between(before, before | found.content)
    context = {"sheet": sheet, "proposal": found, "changes": changes, "refusal": refusal}
    may_decide = request.user.has_perm("practices.decide_proposal", found)
    return render(request, "writing/proposal.html", context | {"may_decide": may_decide})
