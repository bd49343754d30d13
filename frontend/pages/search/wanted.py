"""The page of wanted sheets: what several searches asked for in vain, and a way to write each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commons.search.actions import note_wanted_text, remove_wanted_text
from commons.search.models import WantedText
from commons.search.queries import wanted_texts
from frontend.paging import page_of


@require_safe
def wanted_sheets(request: HttpRequest) -> HttpResponse:
    """List what was searched for in vain by several, most wanted first."""
    context = page_of(request, wanted_texts()) | {"can_remove": request.user.has_perm("search.remove_wanted_text")}
    return render(request, "search/wanted.html", context)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Count words that nothing answered; nothing is kept of who asked."""
    note_wanted_text(text=request.POST.get("text", "").replace("\x00", ""))
    messages.success(request, _("C’est noté, sans votre nom. Une recherche paraît ici quand plusieurs l’ont faite."))
    return redirect("wanted_sheets")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words off the list."""
    remove_wanted_text(by=request.user, wanted=get_object_or_404(WantedText, pk=pk))
    messages.success(request, _("Cette recherche n’est plus montrée."))
    return redirect("wanted_sheets")
