"""The papers of a meeting: certificates and minutes as PDF, and how the minutes came to their words."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.text.diffs import word_diff
from commons.text.markdown import render as render_markdown
from events.models import Minutes, Occurrence, Seat
from events.queries import history_of, markdown_of, occurrences_visible_to
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


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how each block of the minutes came to its words, the removed ones too; under Chatham, without anybody."""
    occurrence = get_object_or_404(occurrences_visible_to(request.user), pk=pk)
    found = get_object_or_404(Minutes, occurrence=occurrence)
    context = {
        "section": "workshops",
        "occurrence": occurrence,
        "rows": [{"block": block, "changes": _changes(block)} for block in history_of(found)],
        "crumbs": [
            {"label": _("Ateliers"), "url": reverse("workshops")},
            {"label": str(occurrence.shown_title), "url": f"{occurrence.get_absolute_url()}#compte-rendu"},
            {"label": _("Historique")},
        ],
    }
    return render(request, "workshops/history.html", context)


def _changes(block: Any) -> list[dict[str, Any]]:
    """Return each text of a block against the one it was written over, with its writer if they agreed to be named."""
    written = {text.number: text.text for text in block.texts if not text.is_aside}
    return [
        {
            "at": text.created_at,
            "by": text.by.public_name if text.by is not None and text.by.is_credited else "",
            "is_aside": text.is_aside,
            "stretches": word_diff(written.get(text.number - (not text.is_aside), ""), text.text),
        }
        for text in block.texts
    ]


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
