"""The pages of networks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.notices.queries import stance
from commons.people.actions import (
    accept_member,
    change_member_role,
    change_network,
    join_network,
    leave_network,
    remove_member,
)
from commons.people.enums import MemberRole
from commons.people.models import Membership
from commons.people.queries import members_of, networks_visible_to, requests_to
from commons.permissions import require
from frontend.errors import add_errors
from frontend.pages.houses.forms import NetworkForm
from frontend.paging import page_of
from frontend.pictures import picture
from frontend.sheet_rows import sheet_rows
from frontend.signed_in import person_of
from practices.queries import collections_visible_to, sheets_visible_to

SHEETS_SHOWN = 20


def networks(request: HttpRequest) -> HttpResponse:
    """List the networks by name."""
    page = page_of(request, networks_visible_to(request.user).order_by("name", "pk"))
    return render(request, "houses/networks.html", page | {"section": "networks"})


def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a network: what it is, its collections, its sheets; its members to its members."""
    found = get_object_or_404(networks_visible_to(request.user), slug=slug)
    sheets = sheets_visible_to(request.user).published().filter(network=found).listed().order_by("-published_at")
    own = found.memberships.filter(user=request.user.pk).first()
    context = {
        "section": "networks",
        "network": found,
        "collections": collections_visible_to(request.user).filter(network=found).order_by("-updated_at"),
        "sheets": sheet_rows(sheets[:SHEETS_SHOWN]),
        "members": members_of(found) if request.user.has_perm("people.view_members", found) else [],
        "own": own,
        "stance": stance(request.user, f"network:{found.pk}"),
        "may_change": request.user.has_perm("people.change_network", found),
    }
    return render(request, "houses/network.html", context)


@require_POST
@login_required
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """Join, ask to join, or leave."""
    found = get_object_or_404(networks_visible_to(request.user), slug=slug)
    if "leave" in request.POST:
        leave_network(by=person_of(request), network=found)
        messages.success(request, _("Vous avez quitté ce réseau."))
    else:
        joined = join_network(by=person_of(request), network=found)
        is_in = joined.state == "active"
        messages.success(request, _("Bienvenue dans le réseau.") if is_in else _("Votre demande est envoyée."))
    return redirect(found)


@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change how a network presents itself."""
    found = get_object_or_404(networks_visible_to(request.user), slug=slug)
    require(request.user, "people.change_network", found)
    initial = {name: getattr(found, name) for name in NetworkForm.base_fields}
    form = NetworkForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_network(by=person_of(request), network=found, values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("La présentation du réseau est à jour."))
            return redirect(found)
    context = {"form": form, "network": found, "section": "networks", "is_multipart": True}
    return render(request, "houses/network_form.html", context)


def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve a network's logo: networks are public."""
    return picture(get_object_or_404(networks_visible_to(request.user).exclude(logo=""), slug=slug).logo)


@login_required
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Let people in, take them out, give them roles."""
    found = get_object_or_404(networks_visible_to(request.user), slug=slug)
    require(request.user, "people.change_membership", found)
    if request.method == "POST":
        _decide(request, get_object_or_404(found.memberships, pk=request.POST.get("membership")))
        return redirect("members", slug=slug)
    context = {
        "section": "networks",
        "network": found,
        "requests": requests_to(found),
        "members": members_of(found),
        "roles": MemberRole.choices,
    }
    return render(request, "houses/members.html", context)


def _decide(request: HttpRequest, membership: Membership) -> None:
    what = request.POST.get("what", "")
    if what == "accept":
        accept_member(by=person_of(request), membership=membership)
    elif what == "remove":
        remove_member(by=person_of(request), membership=membership)
    else:
        change_member_role(by=person_of(request), membership=membership, role=request.POST.get("role", ""))
    messages.success(request, _("C’est fait."))
