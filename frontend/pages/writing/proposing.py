"""The pages of proposed changes: a reader proposes, an author answers."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError, Invalid
from commons.permissions import require
from frontend.pages.catalogue.versions import changes_between
from frontend.pages.writing.inputs import Input, input_for, values_sent
from frontend.pages.writing.keeping import forget, is_autosave, keep, written
from frontend.pages.writing.saving import MINE, THEIRS
from frontend.signed_in import person_of
from practices.actions import decide_proposal, propose_change
from practices.actions.drafts import PROPOSAL
from practices.actions.versions import render_content
from practices.fields import clean_content, fields_for
from practices.fields.display import shown_fields
from practices.fields.table import STEPS, Field
from practices.fields.types import is_empty
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
    """Propose new words for some fields of the published text; what is not sent is kept."""
    sheet = get_object_or_404(sheets_visible_to(request.user).select_related("version"), pk=pk)
    require(request.user, "practices.propose_change", sheet)
    if is_autosave(request):
        return keep(request, sheet, PROPOSAL)
    if "forget" in request.POST:
        forget(request, sheet, PROPOSAL)
        return redirect("proposal_add", pk=pk)
    sent = written(request, sheet, PROPOSAL)
    values, reason = _touched(sheet, sent), sent.get("reason", "")
    said: Any = {}
    refusal = ""
    if request.method == "POST":
        try:
            propose_change(by=person_of(request), sheet=sheet, values=values, reason=reason)
        except Invalid as error:
            said, refusal = error.fields, str(error.message)
        except CommonsError as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("Merci : les auteur·rices ont votre proposition."))
            return redirect(sheet)
        keep(request, sheet, PROPOSAL)
    content = (sheet.version.content if sheet.version else {}) | values
    shown = [(field, input_for(field, sheet.kind, content.get(field.code), said)) for field in _fields(sheet)]
    context = {
        "sheet": sheet,
        "inputs": [item for _field, item in shown],
        "groups": _by_step(shown, {*values, *(path.split(".", maxsplit=1)[0] for path in said)}),
        "refusal": refusal,
        "errors": _lines(said),
        "reason": reason,
        "draft": PROPOSAL,
        "is_kept": request.method == "GET" and bool(sent),
    }
    return render(request, "writing/propose.html", context)


def _touched(sheet: Sheet, sent: QueryDict) -> dict[str, Any]:
    """Return the fields that the person changed in the text they started from, and no other.

    The published text may have moved since: a field left alone is not put back to what it was.
    """
    number = sent.get("version", "")
    started = sheet.versions.filter(number=int(number)).first() if number.isdecimal() else sheet.version
    before = started.content if started else {}
    values = values_sent(_fields(sheet), sheet.kind, sent) if sent else {}
    return {code: value for code, value in values.items() if _is_changed(code, value, before.get(code), sheet.kind)}


def _is_changed(code: str, value: Any, before: Any, genre: str) -> bool:
    try:
        now = clean_content({code: value}, genre=genre)[code]
    except Invalid:
        return True
    return now != before and not (is_empty(now) and is_empty(before))


def _by_step(shown: list[tuple[Field, Input]], busy: set[str]) -> list[dict[str, Any]]:
    """Return the inputs of each step; the first step is open, and those where something was changed or is wrong."""
    groups: list[dict[str, Any]] = []
    for step, label in STEPS.items():
        rows = [(field, item) for field, item in shown if field.step == step]
        is_open = not groups or any(field.code in busy for field, _item in rows)
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
    """Show a proposed change beside the text it changes, while that is open; an author merges or declines it.

    What the authors changed since is shown beside what is proposed, to be brought together or chosen.
    """
    sheet = get_object_or_404(sheets_visible_to(request.user), pk=pk)
    found = get_object_or_404(sheet.proposals.select_related("by", "base__sheet__network", "sheet"), pk=proposal_pk)
    require(request.user, "practices.view_proposal", found, see="practices.view_proposal")
    collided: list[dict[str, Any]] = []
    refusal, status, revision = "", 200, 0
    if request.method == "POST":
        word = request.POST.get("word", "")
        try:
            decide_proposal(
                by=person_of(request),
                proposal=found,
                is_merged="merge" in request.POST,
                word=word,
                settled=_settled(sheet, found, request.POST),
                revision=_number(request.POST),
            )
        except CommonsError as error:
            refusal, status = str(error.message), error.status
            theirs = getattr(error, "theirs", {})
            revision, collided = getattr(error, "revision", 0), _collided(sheet, found, theirs, request.POST)
        else:
            messages.success(request, _("Votre réponse est enregistrée."))
            return redirect("proposals", pk=pk)
    before = found.base.content if request.user.has_perm("practices.view_version", found.base) else {}
    changes = changes_between(before, before | found.content)
    context = {"sheet": sheet, "proposal": found, "changes": changes, "refusal": refusal}
    context |= {"collided": collided, "revision": revision, "word": request.POST.get("word", "")}
    may_decide = request.user.has_perm("practices.decide_proposal", found)
    return render(request, "writing/proposal.html", context | {"may_decide": may_decide}, status=status)


def _settled(sheet: Sheet, found: Proposal, sent: QueryDict) -> dict[str, Any]:
    """Return what each field that collided shall hold: the text of the form, or the one the sheet has."""
    fields = [field for field in fields_for(sheet.kind) if field.code in found.content]
    typed = values_sent(fields, sheet.kind, sent)
    chosen = {code: sent.get(f"settle.{code}") for code in typed}
    return {c: typed[c] if chosen[c] == MINE else sheet.content.get(c) for c in typed if chosen[c] in (MINE, THEIRS)}


def _collided(sheet: Sheet, found: Proposal, theirs: Mapping[str, Any], sent: QueryDict) -> list[dict[str, Any]]:
    shown = {
        one.code: one for one in shown_fields(theirs, render_content(theirs, prefix="autre", language=sheet.language))
    }
    fields = [field for field in fields_for(sheet.kind) if field.code in theirs]
    typed = values_sent([field for field in fields if f"settle.{field.code}" in sent], sheet.kind, sent)
    mine = found.content | typed
    return [
        {"input": input_for(field, sheet.kind, mine[field.code], {}), "theirs": shown.get(field.code)}
        for field in fields
    ]


def _number(sent: QueryDict) -> int:
    text = sent.get("revision", "")
    return int(text) if text.isdecimal() else 0
