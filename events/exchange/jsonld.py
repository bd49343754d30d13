"""Says a meeting to machines: schema.org's Event, with its status and how people attend."""

import datetime
import json
from typing import Any

from django.conf import settings

from events.enums import Format, Status
from events.models import Occurrence
from events.recurrence import instant

STATUSES = {
    Status.SCHEDULED: "EventScheduled",
    Status.RESCHEDULED: "EventRescheduled",
    Status.MOVED_ONLINE: "EventMovedOnline",
    Status.POSTPONED: "EventPostponed",
    Status.CANCELLED: "EventCancelled",
}
MODES = {
    Format.ONSITE: "OfflineEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
}


def structured(occurrence: Occurrence) -> str:
    """Return a meeting as JSON-LD, ready for a script element. The join link is never in it."""
    page = f"{settings.SITE_URL}{occurrence.get_absolute_url()}"
    places: list[dict[str, str]] = []
    if occurrence.shown_place:
        places.append({"@type": "Place", "name": occurrence.shown_place, "address": occurrence.shown_place})
    if occurrence.shown_format != Format.ONSITE:
        places.append({"@type": "VirtualLocation", "url": page})
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": occurrence.shown_title,
        "startDate": occurrence.starts_at.isoformat(),
        "endDate": occurrence.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{STATUSES[Status(occurrence.status)]}",
        "eventAttendanceMode": f"https://schema.org/{MODES[Format(occurrence.shown_format)]}",
        "location": places,
        "url": page,
    }
    if occurrence.status == Status.RESCHEDULED:
        planned = datetime.datetime.fromisoformat(occurrence.recurrence_id)
        said["previousStartDate"] = instant(planned, occurrence.series.timezone).isoformat()
    if occurrence.series.network is not None:
        said["organizer"] = {"@type": "Organization", "name": occurrence.series.network.name}
    text = json.dumps(said, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
