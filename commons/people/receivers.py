"""What follows the facts of the people app: the worker is woken, mails leave, sockets close, sign-ins are logged.

The mail that answers a request to leave goes straight out, not as a notice: a person who leaves may have stopped those.
"""

from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.mail import send_mail
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commons import bus
from commons.live.broadcast import recheck_person
from commons.people.jobs import erase_now, make_export
from commons.people.models import ErasureRequest
from commons.people.signals import ErasureAsked, ExportAsked, PersonErased

logger = structlog.stdlib.get_logger(__name__)


@receiver(user_logged_in)
def log_sign_in(**_facts: Any) -> None:
    """Say in the log that somebody signed in; like all that is logged, with the request's number and not the person."""
    logger.info("signed_in")


@receiver(user_logged_out)
def log_sign_out(**_facts: Any) -> None:
    """Say in the log that somebody signed out."""
    logger.info("signed_out")


@receiver(user_login_failed)
def log_refusal(**_facts: Any) -> None:
    """Say in the log that a sign-in was refused."""
    logger.warning("sign_in_refused")


@bus.receives(ExportAsked)
def wake_for_export(fact: ExportAsked) -> None:
    """Have the worker make the copy."""
    make_export(fact.export_id)


@bus.receives(ErasureAsked)
def follow_request(fact: ErasureAsked) -> None:
    """Have the worker erase at once who chose so, and close their sockets; tell the others until when they may stay."""
    if fact.is_due:
        recheck_person(fact.user_id)
        erase_now()
        return
    request = ErasureRequest.objects.select_related("user").get(user=fact.user_id)
    person = request.user
    with translation.override(person.language):
        context = {
            "person": person,
            "day": timezone.localdate(request.due_at),
            "url": f"{settings.SITE_URL}{reverse('leave')}",
        }
        subject, body = _("[Commons] Vous quittez Commons"), render_to_string("people/mails/erasure.txt", context)
    send_mail(subject, body, None, [person.email])


@bus.receives(PersonErased)
def close_sockets(fact: PersonErased) -> None:
    """Close what the person still listens to."""
    recheck_person(fact.user_id)
