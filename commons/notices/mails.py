"""Owns what a mail of ours is made of: two parts in the person's language, and the headers that other programs read."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.notices.enums import Channel, State
from commons.notices.kinds import kinds, without_strand
from commons.notices.models import Delivery
from commons.notices.queries import Line
from commons.notices.replies import reply_address
from commons.notices.stopping import stop_token
from commons.people.models import User


def notice_mail(delivery: Delivery, line: Line) -> EmailMultiAlternatives:
    """Return the mail of one notice. Call it in the person's language.

    Its Message-ID is the delivery's own: handed over twice, it is the same mail, and mail servers know it.
    """
    notice, kind = delivery.notice, kinds()[delivery.notice.kind]
    reply_to = reply_address(delivery) if kind.is_answerable else ""
    context = {
        "line": line,
        "said": kind.body(notice, told_until(delivery)),
        "is_answerable": bool(reply_to),
        "kind_label": str(kind.label),
    }
    thread = f"<{without_strand(notice.subject).replace(':', '.')}@{host()}>"
    headers = {"In-Reply-To": thread, "References": thread}
    identifier = f"notice-{delivery.pk}"
    return composed(
        notice.user, "notice", line.sentence, context, identifier=identifier, stops=kind.code, headers=headers,
        may_stop=not kind.is_owed, list_name=str(kind.label), reply_to=[reply_to] if reply_to else [],
    )  # fmt: skip


def composed(
    person: User,
    template: str,
    subject: str,
    context: Mapping[str, Any],
    *,
    identifier: str,
    stops: str,
    list_name: str,
    may_stop: bool = True,
    headers: Mapping[str, str] | None = None,
    reply_to: list[str] | None = None,
) -> EmailMultiAlternatives:
    """Return a mail to a person: plain text first, the same as HTML; `stops` is what unsubscribing stops, if it may."""
    stop_url = settings.SITE_URL + reverse("notices_stop", args=[stop_token(person.pk, stops)]) if may_stop else ""
    stopping = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    whole = {
        "person": person,
        "subject": subject,
        "site": settings.SITE_URL,
        "choices_url": settings.SITE_URL + reverse("notice_choices"),
        "stop_url": stop_url,
        **context,
    }
    message = EmailMultiAlternatives(
        _("[Commons] %(subject)s") % {"subject": " ".join(subject.split())},
        render_to_string(f"notices/mails/{template}.txt", whole),
        None,
        [person.email],
        reply_to=reply_to or [],
        headers={
            "Message-ID": f"<{identifier}@{host()}>",
            "List-Id": f"{_list_words(list_name)} <{stops.replace('_', '-')}.{host()}>",
            **(stopping if may_stop else {}),
            "Auto-Submitted": "auto-generated",
            **(headers or {}),
        },
    )
    message.attach_alternative(render_to_string(f"notices/mails/{template}.html", whole), "text/html")
    return message


def told_until(delivery: Delivery) -> datetime.datetime | None:
    """Return until when earlier mails told of the same notice; `None` when there was none."""
    earlier = Delivery.objects.filter(notice=delivery.notice_id, channel=Channel.MAIL, state=State.SENT)
    last: datetime.datetime | None = earlier.aggregate(last=Max("handed_at"))["last"]
    return last


def host() -> str:
    """Return the name of the site's machine, right of the @ of our identifiers."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _list_words(name: str) -> str:
    """Return a list's name without what would end it early."""
    return "".join(letter for letter in name if letter not in '<>"\r\n')
