"""The pages of houses."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError
from commons.people.actions import add_institution, change_institution, change_profile
from commons.people.models import Institution
from commons.people.queries import institutions_visible_to, people_visible_to
from commons.permissions import require
from commons.vocabularies.queries import choices_of, label_of
from frontend.errors import add_errors
from frontend.pages.houses.forms import InstitutionForm
from frontend.paging import page_of
from frontend.sheet_rows import sheet_rows
from frontend.signed_in import person_of
from practices.queries import sheets_visible_to

SHEETS_SHOWN = 20


def institutions(request: HttpRequest) -> HttpResponse:
    """List the houses by name, of one type when asked."""
    kind = request.GET.get("type", "")
    rows = institutions_visible_to(request.user).order_by("name", "pk")
    page = page_of(request, rows.filter(type=kind) if kind else rows)
    page["rows"] = [_row(house) for house in page["rows"]]
    context = page | {"section": "institutions", "kind": kind, "kinds": choices_of("institution_type")}
    return render(request, "houses/institutions.html", context)


def _row(house: Institution) -> dict[str, Any]:
    return {"house": house, "kind": label_of("institution_type", house.type)}


def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a house: its facts, its people, what it published."""
    house = get_object_or_404(institutions_visible_to(request.user), slug=slug)
    sheets = sheets_visible_to(request.user).published().filter(institution=house).listed().order_by("-published_at")
    context = {
        "section": "institutions",
        "house": house,
        "facts": facts_of(house),
        "people": people_visible_to(request.user).filter(institution=house).order_by("public_name", "pk"),
        "sheets": sheet_rows(sheets[:SHEETS_SHOWN]),
        "may_change": request.user.has_perm("people.change_institution", house),
    }
    return render(request, "houses/institution.html", context)


def facts_of(house: Institution) -> list[dict[str, str]]:
    """Return a house's facts in words, less those it has not given."""
    facts = {
        _("Type"): label_of("institution_type", house.type),
        _("Labels"): ", ".join(label_of("institution_label", code) for code in house.labels),
        _("Disciplines"): ", ".join(label_of("discipline", code) for code in house.disciplines),
        _("Équipe"): label_of("team_size", house.team_size),
        _("Budget annuel"): label_of("institution_budget", house.budget),
        _("Territoire"): label_of("territory", house.territory),
        _("Commune"): house.place,
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Add a house; a person without one works there from then on."""
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            house = add_institution(by=person_of(request), values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            if person_of(request).institution is None:
                change_profile(by=person_of(request), person=person_of(request), values={"institution": house})
            messages.success(request, _("La maison est ajoutée."))
            return redirect(house)
    return render(request, "houses/institution_form.html", {"form": form, "section": "institutions"})


@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the facts of one's own house."""
    house = get_object_or_404(institutions_visible_to(request.user), slug=slug)
    require(request.user, "people.change_institution", house)
    form = InstitutionForm(request.POST or None, initial={name: getattr(house, name) for name in InstitutionForm.NAMES})
    if request.method == "POST" and form.is_valid():
        try:
            change_institution(by=person_of(request), institution=house, values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Les informations de la maison sont à jour."))
            return redirect(house)
    return render(request, "houses/institution_form.html", {"form": form, "house": house, "section": "institutions"})
