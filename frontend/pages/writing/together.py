"""The pages where a sheet gets more than one author: who writes, who is asked, and what the asked answer."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from commons.errors import Conflict, Invalid
from commons.people.queries import people_visible_to
from frontend.pages.writing.life import own_sheet
from frontend.signed_in import person_of
from practices.actions import (
    accept_invitation,
    decline_invitation,
    invite_author,
    remove_author,
    withdraw_invitation,
)
from practices.models import Sheet
from practices.queries import invitations_visible_to


class AuthorForm(forms.Form):
    """Whom to write with."""

    email = forms.EmailField(label=gettext_lazy("Adresse e-mail de la personne"))


@login_required
def authors(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask people to write the sheet, ask no longer, take an author off.

    An unknown address gets the same answer as a known one; only the list tells them apart.
    """
    sheet = own_sheet(request, pk)
    form = AuthorForm(request.POST if "add" in request.POST else None)
    if "remove" in request.POST:
        return _remove(request, sheet, form)
    if "withdraw" in request.POST:
        asked = get_object_or_404(sheet.invitations.select_related("sheet"), pk=request.POST["withdraw"])
        withdraw_invitation(by=person_of(request), invitation=asked)
        return redirect("sheet_authors", pk=pk)
    if request.method == "POST" and form.is_valid():
        return _invite(request, sheet, form)
    return _page(request, sheet, form)


def _invite(request: HttpRequest, sheet: Sheet, form: AuthorForm) -> HttpResponse:
    found = people_visible_to(request.user).filter(email__iexact=form.cleaned_data["email"]).first()
    if found is not None:
        try:
            invite_author(by=person_of(request), sheet=sheet, user=found)
        except Conflict as error:
            form.add_error("email", str(error.message))
            return _page(request, sheet, form, status=error.status)
    messages.success(request, _("Si cette adresse a un compte, la personne est invitée : à elle d’accepter."))
    return redirect("sheet_authors", pk=sheet.pk)


def _remove(request: HttpRequest, sheet: Sheet, form: AuthorForm) -> HttpResponse:
    gone = get_object_or_404(sheet.authorships.select_related("user"), pk=request.POST["remove"])
    try:
        remove_author(by=person_of(request), sheet=sheet, user=gone.user)
    except Invalid as error:
        messages.error(request, str(error.fields[""][0]))
        return _page(request, sheet, form, status=error.status)
    return redirect("drafts") if gone.user == request.user else redirect("sheet_authors", pk=sheet.pk)


def _page(request: HttpRequest, sheet: Sheet, form: AuthorForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "sheet": sheet,
        "authorships": sheet.authorships.select_related("user").order_by("pk"),
        "invitations": sheet.invitations.select_related("user").order_by("pk"),
    }
    return render(request, "writing/authors.html", context, status=status)


@require_POST
@login_required
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline to write a sheet with its authors."""
    asked = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    if "accept" not in request.POST:
        decline_invitation(by=person_of(request), invitation=asked)
        messages.success(request, _("Vous avez décliné : votre nom n’est lié à rien."))
        return redirect("drafts")
    accept_invitation(by=person_of(request), invitation=asked)
    messages.success(request, _("Vous écrivez maintenant cette fiche avec ses auteur·rices."))
    return redirect("sheet_edit", pk=asked.sheet_id)
