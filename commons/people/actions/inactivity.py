"""Writes what happens to accounts that nobody uses: a word after 23 months, the end after 24.

The word goes straight out, not as a notice: who has not come for two years may have stopped those, and must know.
"""

import datetime
from typing import Final

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commons.people.actions.erasure import erase_person
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.models import ApiToken, User

WARN_AFTER: Final = relativedelta(months=23)
ERASE_AFTER: Final = relativedelta(months=24)
NOTICE: Final = datetime.timedelta(days=28)
"""Whoever was told late, because the worker slept, still has four weeks."""


def warn_inactive(*, now: datetime.datetime) -> int:
    """Tell who has not come for 23 months, once, that the account ends in a month; return how many. By the worker."""
    silent = _unused_since(now - WARN_AFTER).filter(is_active=True, warned_at=None).order_by("pk")
    return sum(_warn(person, now) for person in list(silent))


@transaction.atomic
def _warn(person: User, now: datetime.datetime) -> bool:
    if not User.objects.filter(pk=person.pk, warned_at=None).update(warned_at=now):
        return False
    with translation.override(person.language):
        day = timezone.localdate(now + NOTICE)
        body = render_to_string("people/mails/inactive.txt", {"person": person, "day": day, "site": settings.SITE_URL})
        send_mail(_("[Commons] Votre compte s’endort"), body, None, [person.email])
    return True


def erase_inactive(*, now: datetime.datetime) -> int:
    """Anonymise who has not come for 24 months and was told four weeks ago; return how many. By the worker.

    Who came back meanwhile is no longer to be told of. An administrator is never erased so.
    """
    _unused = _unused_since(now - WARN_AFTER)
    User.objects.filter(warned_at__isnull=False).exclude(pk__in=_unused.values("pk")).update(warned_at=None)
    silent = _unused_since(now - ERASE_AFTER).filter(warned_at__lte=now - NOTICE, is_administrator=False)
    people = list(silent.order_by("pk"))
    for person in people:
        erase_person(person=person, mode=ErasureMode.ANONYMISE, cause=ErasureCause.INACTIVE)
    return len(people)


def _unused_since(day: datetime.datetime) -> QuerySet[User]:
    """Return who neither signed in, nor used a session or a key, since that day."""
    used_key = ApiToken.objects.filter(user=OuterRef("pk"), last_used_at__gte=day)
    signed_in = Q(last_login__gte=day) | Q(date_joined__gte=day) | Q(usersession__last_seen_at__gte=day)
    active = User.objects.filter(signed_in).values("pk")
    return User.objects.exclude(pk__in=active).exclude(Exists(used_key))
