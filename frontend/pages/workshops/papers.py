"""The papers of a meeting as PDF: the certificate of who was there, and the minutes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from commons.text.markdown import render as render_markdown
from events.models import Minutes, Occurrence, Seat
from events.queries import markdown_of, occurrences_visible_to
from events.recurrence.words import duration_words, place_of
from frontend.pdf import laid_out
from frontend.signed_in import person_of


@login_required
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person the certificate of their own attendance, once a facilitator has confirmed it. Nobody else's."""
    occurrence = get_object_or_404(occurrences_visible_to(request.user), pk=pk)
    confirmed = Seat.objects.filter(occurrence=occurrence, user=person_of(request)).exclude(
        attendance_confirmed_at=None
    )
    seat = get_object_or_404(confirmed.select_related("user", "user__institution"))
    return _sent(certificate_page(occurrence, seat), f"attestation-{occurrence.start[:10]}")


def certificate_page(occurrence: Occurrence, seat: Seat) -> str:
    """Return the certificate as HTML, ready to be laid out."""
    return render_to_string("print/certificate.html", _facts(occurrence) | {"seat": seat, "person": seat.user})


def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the minutes as they are, or as they were approved; the same words as their Markdown."""
    occurrence = get_object_or_404(occurrences_visible_to(request.user), pk=pk)
    found = get_object_or_404(Minutes, occurrence=occurrence)
    found.occurrence = occurrence
    return _sent(minutes_page(found), f"compte-rendu-{occurrence.start[:10]}")


def minutes_page(minutes: Minutes) -> str:
    """Return the minutes as HTML, ready to be laid out."""
    html = render_markdown(minutes.frozen_text or markdown_of(minutes), prefix="compte-rendu", heading_level=1)
    return render_to_string("print/minutes.html", _facts(minutes.occurrence) | {"minutes": minutes, "html": html})


def _facts(occurrence: Occurrence) -> dict[str, object]:
    series = occurrence.series
    return {
        "occurrence": occurrence,
        "series": series,
        "network": series.network,
        "duration": duration_words(occurrence.duration_minutes),
        "town": place_of(series.timezone),
    }


def _sent(page: str, name: str) -> HttpResponse:
    response = HttpResponse(laid_out(page), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    return response
