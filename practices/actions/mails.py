"""Writes the mails of the editorial flow."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from commons.people.models import User
from practices.models import Decision, Invitation


def mail_decision(*, decision: Decision, author: User) -> None:
    """Tell an author, in their language, which step their sheet went through and why."""
    sheet = decision.sheet
    with translation.override(author.language):
        state = decision.get_to_state_display()
        subject = _("[Commons] %(title)s : %(state)s") % {"title": sheet.title, "state": state}
        context = {"decision": decision, "sheet": sheet, "author": author, "site": settings.SITE_URL}
        body = render_to_string("practices/mails/decision.txt", context)
    send_mail(" ".join(subject.split()), body, None, [author.email])


def mail_invitation(*, invitation: Invitation) -> None:
    """Ask a person, in their language, to write a sheet with its authors: its title, who asks, where to answer."""
    with translation.override(invitation.user.language):
        sheet = invitation.sheet
        subject = _("[Commons] %(title)s : écrire à plusieurs ?") % {"title": sheet.content["title"]}
        address = f"{settings.SITE_URL}{reverse('drafts')}"
        body = render_to_string("practices/mails/invitation.txt", {"invitation": invitation, "address": address})
    send_mail(" ".join(subject.split()), body, None, [invitation.user.email])
