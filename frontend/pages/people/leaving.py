"""The pages of one's own data: the copy of everything, and leaving."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.people.actions import ask_erasure, ask_export, cancel_erasure, send_code
from commons.people.api.exports import archive_response
from commons.people.models import ErasureRequest
from commons.people.queries import exports_of
from frontend.errors import add_errors
from frontend.pages.people.forms import LeavingForm
from frontend.signed_in import person_of


@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of all that is one's own, fetch those that are ready, and find the way out."""
    if request.method == "POST":
        ask_export(by=person_of(request))
        messages.success(request, _("Votre copie se prépare. Un e-mail vous dira quand elle est prête."))
        return redirect("my_data")
    context = {"exports": exports_of(request.user), "erasure": _request_of(request)}
    return render(request, "people/my_data.html", context)


@login_required
def my_archive(request: HttpRequest, pk: int) -> FileResponse:
    """Fetch one's own copy."""
    return archive_response(exports_of(request.user), pk)


@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """Ask to be erased: how, when, under which names; proved by password, or by a mailed code. Shows what was asked."""
    person = person_of(request)
    form = LeavingForm(request.POST or None, has_password=person.has_usable_password())
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, form)
        except CommonsError as error:
            add_errors(form, error)
    context = {"form": form, "erasure": _request_of(request), "has_password": person.has_usable_password()}
    return render(request, "people/leave.html", context)


def _done(request: HttpRequest, form: LeavingForm) -> HttpResponse:
    person, asked = person_of(request), form.cleaned_data
    ask_erasure(
        by=person,
        mode=asked["mode"],
        proof=asked["proof"],
        names=asked["names"].splitlines(),
        is_immediate=asked["is_immediate"],
    )
    if asked["is_immediate"]:
        logout(request)
        messages.success(request, _("Votre compte est fermé ; il sera effacé dans quelques minutes. Bonne route."))
        return redirect("home")
    messages.success(request, _("C’est noté. Vous avez quatorze jours pour changer d’avis."))
    return redirect("leave")


@require_POST
@login_required
def stay(request: HttpRequest) -> HttpResponse:
    """Change one's mind."""
    cancel_erasure(by=person_of(request))
    messages.success(request, _("Votre compte reste ouvert."))
    return redirect("my_data")


@require_POST
@login_required
def mail_code(request: HttpRequest) -> HttpResponse:
    """Mail the code that confirms, to who has no password."""
    try:
        send_code(by=person_of(request))
    except CommonsError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Un code vient de partir vers votre adresse."))
    return redirect("leave")


def _request_of(request: HttpRequest) -> ErasureRequest | None:
    return ErasureRequest.objects.filter(user=person_of(request)).first()
