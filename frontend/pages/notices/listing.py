"""The pages of what one was told: the list, going where a notice leads, marking as read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commons.notices.actions import read_all, read_notice
from commons.notices.queries import lines_of, notices_of
from frontend.paging import page_of
from frontend.signed_in import person_of


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """List what one was told, the newest first; what one may not see any more is left out."""
    page = page_of(request, notices_of(request.user))
    return render(request, "notices/list.html", page | {"lines": lines_of(request.user, page["rows"])})


@require_safe
@login_required
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads; it is read by that."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    lines = lines_of(request.user, [notice])
    read_notice(by=person_of(request), notice=notice)
    if not lines:
        messages.info(request, _("Ce dont parlait cette notification ne vous est plus ouvert."))
        return redirect("notices")
    return redirect(lines[0].url)


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice read, or all."""
    if asked := request.POST.get("notice"):
        pk = int(asked) if asked.isascii() and asked.isdigit() else 0
        read_notice(by=person_of(request), notice=get_object_or_404(notices_of(request.user), pk=pk))
    else:
        read_all(by=person_of(request))
    return redirect("notices")
