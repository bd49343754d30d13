"""The pages where one reports something, and reads what became of it and what was decided about oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError, NotFound
from commons.moderation import subjects
from commons.moderation.actions import add_report
from commons.moderation.queries import reports_of, sanctions_of
from frontend.errors import add_errors
from frontend.pages.moderation.forms import ReportForm
from frontend.paging import page_of
from frontend.signed_in import person_of


@login_required
def report(request: HttpRequest) -> HttpResponse:
    """Ask why, then report the thing that the address names (`kind`, `id`); a hidden one is not found."""
    kind, object_id = request.GET.get("kind", ""), request.GET.get("id", "")
    thing = subjects.found(request.user, kind, object_id)
    if thing is None:
        raise NotFound
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_report(by=person_of(request), kind=kind, object_id=object_id, **form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Merci. Quelqu’un va regarder ; vous lirez ici ce qui a été décidé."))
            return redirect("my_moderation")
    context = {"form": form, "thing": thing, "kind_label": subjects.label_of(kind)}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one reported and what became of it, and what was decided about oneself, with the reasons."""
    by = person_of(request)
    context = page_of(request, reports_of(by)) | {"sanctions": list(sanctions_of(by))}
    return render(request, "moderation/mine.html", context)
