"""What follows the facts of moderation: the person is told, and asked again in the rooms where they listen."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from commons import bus
from commons.live.broadcast import recheck_person
from commons.moderation.models import Sanction
from commons.moderation.signals import SanctionImposed, SanctionLifted


@bus.receives(SanctionImposed)
def leave_rooms(fact: SanctionImposed) -> None:
    """Make the person prove again that they may be in each of their rooms."""
    recheck_person(fact.user_id)


@bus.receives(SanctionImposed)
def mail_person(fact: SanctionImposed) -> None:
    """Tell the person, in their language, what was decided and why. Their own page says it too."""
    sanction = Sanction.objects.select_related("user").get(pk=fact.sanction_id)
    person = sanction.user
    with translation.override(person.language):
        subject = _("[Commons] %(what)s") % {"what": sanction.get_kind_display()}
        body = render_to_string("moderation/mails/sanction.txt", {"sanction": sanction, "site": settings.SITE_URL})
    send_mail(subject, body, None, [person.email])


@bus.receives(SanctionLifted)
def mail_end(fact: SanctionLifted) -> None:
    """Tell the person that they may take part again."""
    sanction = Sanction.objects.select_related("user").get(pk=fact.sanction_id)
    with translation.override(sanction.user.language):
        subject = _("[Commons] Mesure levée")
        body = render_to_string("moderation/mails/lifted.txt", {"sanction": sanction, "site": settings.SITE_URL})
    send_mail(subject, body, None, [sanction.user.email])
