"""The page of what was decided about a person, for those who may decide more."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError, NotFound
from commons.moderation.actions import impose_sanction, lift_sanction
from commons.moderation.models import Report
from commons.moderation.queries import reports_handled_by, sanctions_of
from commons.people.models import User
from commons.people.queries import people_visible_to
from frontend.errors import add_errors, words_of
from frontend.pages.discussions.finding import number_in
from frontend.pages.moderation.forms import SanctionForm
from frontend.signed_in import person_of


@login_required
def sanctions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was decided about a person; decide more, or lift what holds."""
    if not request.user.has_perm("moderation.view_sanctions"):
        raise NotFound
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    if "lift" in request.POST:
        return _lifted(request, person)
    form = SanctionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            impose_sanction(by=person_of(request), person=person, report=_report(request), **form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("C’est décidé ; la personne est prévenue."))
            return redirect("moderation_person", pk)
    return _page(request, person, form, status=422 if form.errors else 200)


def _lifted(request: HttpRequest, person: User) -> HttpResponse:
    sanction = get_object_or_404(sanctions_of(person), pk=number_in(request.POST["lift"]) or 0)
    try:
        lift_sanction(by=person_of(request), sanction=sanction, reason=request.POST.get("why", ""))
    except CommonsError as error:
        return _page(request, person, SanctionForm(), error.status, refusal=words_of(error))
    messages.success(request, _("La mesure est levée ; la personne est prévenue."))
    return redirect("moderation_person", person.pk)


def _report(request: HttpRequest) -> Report | None:
    asked = number_in(request.GET.get("signalement", ""))
    return reports_handled_by(request.user).filter(pk=asked).first() if asked else None


def _page(request: HttpRequest, person: User, form: SanctionForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "sanctions": list(sanctions_of(person)),
        "reports": reports_handled_by(request.user).filter(about=person).order_by("-created_at")[:20],
        "may_sanction": request.user.has_perm("moderation.sanction_person", person),
    }
    return render(request, "moderation/person.html", context | more, status=status)
