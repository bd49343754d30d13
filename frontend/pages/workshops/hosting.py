"""The pages of who hosts: a series opened and changed, a meeting moved, cancelled, confirmed, prepared."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commons.errors import CommonsError, Conflict, Invalid
from commons.permissions import require
from events.actions import (
    add_date,
    change_following,
    change_occurrence,
    change_series,
    confirm_occurrence,
    create_series,
    make_agenda,
    mark_attendance,
    preview_dates,
    set_status,
    skip_date,
    submit_minutes,
)
from events.models import Occurrence
from events.queries import attendance_of, occurrences_visible_to, series_visible_to
from frontend.errors import add_errors, words_of
from frontend.pages.workshops.forms import MeetingForm, SeriesForm, StatusForm, initial_of
from frontend.signed_in import person_of


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Open a series; its next dates are shown before it is saved."""
    form = SeriesForm(request.POST or None, person=request.user, initial={"timezone": "Europe/Paris"})
    if "preview" in request.POST:
        return _previewed(request, form, {})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(create_series(by=person_of(request), values=form.values()))
        except CommonsError as error:
            add_errors(form, error)
    return render(request, "workshops/series_form.html", {"form": form, "section": "workshops"})


@login_required
def change(request: HttpRequest, pk: str) -> HttpResponse:
    """Change a whole series; its next dates are shown before it is saved."""
    series = get_object_or_404(series_visible_to(request.user), pk=pk)
    require(request.user, "events.change_series", series)
    form = SeriesForm(request.POST or None, person=request.user, initial=initial_of(series))
    if "preview" in request.POST:
        return _previewed(request, form, {"series": series})
    if request.method == "POST" and form.is_valid():
        try:
            staying = change_series(by=person_of(request), series=series, values=form.values())
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _said(len(staying)))
            return redirect(series)
    return render(request, "workshops/series_form.html", {"form": form, "series": series, "section": "workshops"})


def _previewed(request: HttpRequest, form: SeriesForm, context: dict[str, Any]) -> HttpResponse:
    """Show the next dates: alone to the page's own script, with the form as it was filled without one."""
    form.fields["title"].required = False
    is_part = bool(request.headers.get("HX-Request"))
    if form.is_valid():
        try:
            shown = preview_dates(by=person_of(request), values=form.values(), series=context.get("series"))
            context |= {"shown": shown}
        except CommonsError as error:
            add_errors(form, error)
    template = "workshops/_dates.html" if is_part else "workshops/series_form.html"
    return render(request, template, context | {"form": form, "section": "workshops"})


@require_POST
@login_required
def dates(request: HttpRequest, pk: str) -> HttpResponse:
    """Add a date to a series, take a skipped one back, or leave one out."""
    series = get_object_or_404(series_visible_to(request.user), pk=pk)
    act = skip_date if "skip" in request.POST else add_date
    try:
        act(by=person_of(request), series=series, start=request.POST.get("start", ""))
    except (Conflict, Invalid) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("C’est fait ; les agendas l’apprendront."))
    return redirect(series)


def _said(staying: int) -> str:
    if not staying:
        return _("La série est à jour.")
    return _("La série est à jour ; %(n)s séances changées à part restent comme elles sont.") % {"n": staying}


@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one meeting, or this one and the following."""
    found = _hosted(request, pk)
    initial = {
        "title": found.title,
        "start": found.start[:16],
        "duration_minutes": found.duration_minutes,
        "place": found.place,
    }
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if "following" in request.POST:
                return redirect(
                    change_following(by=person_of(request), occurrence=found, values=_for_series(form.cleaned_data))
                )
            change_occurrence(by=person_of(request), occurrence=found, values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("La séance est à jour ; les agendas l’apprendront."))
            return redirect(found)
    return render(request, "workshops/meeting_form.html", {"form": form, "occurrence": found, "section": "workshops"})


def _for_series(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: a series keeps its own title and place."""
    return {name: value for name, value in values.items() if value}


def _hosted(request: HttpRequest, pk: int) -> Occurrence:
    found = get_object_or_404(occurrences_visible_to(request.user), pk=pk)
    require(request.user, "events.change_occurrence", found)
    return found


@login_required
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who may have been at a meeting, and confirm who was: their certificates follow."""
    found = _hosted(request, pk)
    seats = list(attendance_of(found))
    if request.method == "POST":
        people = [int(text) for text in request.POST.getlist("people") if text.isascii() and text.isdigit()]
        count = mark_attendance(by=person_of(request), occurrence=found, people=people)
        said = ngettext("%(n)s présence confirmée.", "%(n)s présences confirmées.", count) % {"n": count}
        messages.success(request, said)
        return redirect(found)
    context = {"occurrence": found, "seats": seats, "has_begun": found.starts_at <= timezone.now()}
    return render(request, "workshops/attendance.html", context | {"section": "workshops"})


@require_POST
@login_required
def become(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel, postpone, move online or restore."""
    found = _hosted(request, pk)
    form = StatusForm(request.POST)
    if form.is_valid():
        set_status(by=person_of(request), occurrence=found, **form.cleaned_data)
        messages.success(request, _("C’est fait ; les agendas l’apprendront."))
    return redirect(found)


@require_POST
@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the meeting, make its agenda from topics, or open the review of its minutes."""
    found = _hosted(request, pk)
    if "confirm" in request.POST:
        confirm_occurrence(by=person_of(request), occurrence=found)
    elif "agenda" in request.POST:
        make_agenda(by=person_of(request), occurrence=found, topics=[])
    else:
        submit_minutes(by=person_of(request), occurrence=found)
    messages.success(request, _("C’est fait."))
    return redirect(found)
