"""The pages of proposed changes: a reader proposes, an author answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError, Invalid
from commons.permissions import require
from commons.text.diffs import word_diff
from frontend.pages.writing.inputs import input_for, values_sent
from frontend.signed_in import person_of
from practices.actions import decide_proposal, propose_change
from practices.fields import fields_for
from practices.fields.table import Field
from practices.models import Proposal, Sheet
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
    inputs = [input_for(field, sheet.kind, content.get(field.code), said) for field in _fields(sheet)]
    context = {"sheet": sheet, "inputs": inputs, "refusal": refusal, "errors": _lines(said)}
    return render(request, "writing/propose.html", context | {"reason": request.POST.get("reason", "")})


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
    """Show a proposed change beside the text it changes; an author merges or declines it with a word."""
    sheet = get_object_or_404(sheets_visible_to(request.user), pk=pk)
    found = get_object_or_404(sheet.proposals.select_related("by", "base", "sheet"), pk=proposal_pk)
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
    context = {"sheet": sheet, "proposal": found, "changes": _changes(found), "refusal": refusal}
    may_decide = request.user.has_perm("practices.decide_proposal", found)
    return render(request, "writing/proposal.html", context | {"may_decide": may_decide})


def _changes(found: Proposal) -> list[dict[str, Any]]:
    rows = [field for field in fields_for(found.sheet.kind) if field.code in found.content]
    return [
        {
            "label": field.label,
            "changes": word_diff(_plain(found.base.content.get(field.code)), _plain(found.content[field.code])),
        }
        for field in rows
    ]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key} : {_plain(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "\n".join(f"– {_plain(part)}" for part in value)
    return "" if value is None else str(value)
