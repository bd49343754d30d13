"""The pages of people: what others see of them, and what they say of themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.notices.queries import stance
from commons.people.actions import change_profile, create_token, revoke_token
from commons.people.queries import people_visible_to, tokens_of
from frontend.errors import add_errors
from frontend.pages.people.forms import ProfileForm, TokenForm, WelcomeForm
from frontend.sheet_rows import sheet_rows
from frontend.signed_in import person_of
from practices.queries import sheets_credited_to, sheets_visible_to, trials_visible_to

ROWS_SHOWN = 20


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: name, job, house, what they can help with, the sheets that credit them, their trials."""
    found = get_object_or_404(people_visible_to(request.user), pk=pk)
    sheets = sheets_credited_to(found, sheets_visible_to(request.user)).listed().order_by("-published_at")
    trials = trials_visible_to(request.user).filter(by=found).select_related("sheet").order_by("-created_at")
    context = {
        "person": found,
        "sheets": sheet_rows(sheets[:ROWS_SHOWN]),
        "trials": trials[:ROWS_SHOWN],
        "is_me": found.pk == request.user.pk,
        "stance": stance(request.user, f"person:{found.pk}"),
        "sees_sanctions": request.user.has_perm("moderation.view_sanctions"),
    }
    return render(request, "people/person.html", context)


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask a newcomer for their house and job, right after the address is confirmed; nothing else waits for it."""
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_profile(by=person_of(request), person=person_of(request), values=form.cleaned_data)
        messages.success(request, _("Merci. Voici les fiches."))
        return redirect("sheets")
    return render(request, "people/welcome.html", {"form": form})


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Change one's own profile."""
    initial = {name: getattr(request.user, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(by=person_of(request), person=person_of(request), values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Votre profil est à jour."))
            return redirect("profile")
    memberships = person_of(request).memberships.select_related("network").order_by("network__name")
    return render(request, "people/profile.html", {"form": form, "memberships": memberships})


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """Make and revoke the keys by which programs speak in one's name; a new key is shown on this answer only."""
    form = TokenForm(request.POST or None)
    key = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, key = create_token(by=person_of(request), **form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            form = TokenForm()
    context = {"form": form, "key": key, "tokens": tokens_of(request.user)}
    return render(request, "people/tokens.html", context)


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a key for ever."""
    revoke_token(by=person_of(request), token=get_object_or_404(tokens_of(request.user), pk=pk))
    messages.success(request, _("Cette clé ne sert plus."))
    return redirect("tokens")
