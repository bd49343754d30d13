"""Writes leaving: asking to be erased, changing one's mind, and the erasure itself."""

import datetime
from collections.abc import Sequence
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.actions.proofs import require_proof
from commons.people.actions.traces import Traces, write_over
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.holdings import holdings
from commons.people.models import Erasure, ErasureRequest, User
from commons.people.signals import ErasureAsked, PersonErased
from commons.permissions import require

logger = structlog.get_logger(__name__)
GRACE: Final = datetime.timedelta(days=14)
MOST_NAMES = 10


def ask_erasure(
    *, by: User, mode: str, proof: str, names: Sequence[str] = (), is_immediate: bool = False
) -> ErasureRequest:
    """Ask to be erased in 14 days, or at once; asking again replaces what was asked.

    `proof` is the password, or the mailed code of who has none. `names` are others under which the person appears.
    At once closes the account now, and the worker erases it; else it stays open, and the person may change their mind.
    Refuses the last administrator, whom nobody could replace.
    """
    require(by, "people.change_person", by)
    clean = [name for name in dict.fromkeys(" ".join(name.split()) for name in names) if name]
    if mode not in ErasureMode.values:
        raise Invalid({"mode": [_("Choisissez dans la liste.")]})
    if len(clean) > MOST_NAMES or any(len(name) > 80 or len(name) < 3 for name in clean):  # noqa: PLR2004 - a name's width
        raise Invalid({"names": [_("Dix noms au plus, de 3 à 80 caractères, un par ligne.")]})
    refuse_last_administrator(by)
    require_proof(by, proof)
    now = timezone.now()
    with transaction.atomic():
        facts = {"mode": mode, "names": clean, "asked_at": now, "due_at": now if is_immediate else now + GRACE}
        request, _created = ErasureRequest.objects.update_or_create(user=by, defaults=facts)
        if is_immediate:
            User.objects.filter(pk=by.pk).update(is_active=False)
        publish(ErasureAsked(by.pk, is_due=is_immediate))
    return request


def refuse_last_administrator(person: User) -> None:
    """Refuse to let go of the only person who may name another administrator."""
    others = User.objects.filter(is_administrator=True, is_active=True).exclude(pk=person.pk)
    if person.is_administrator and not others.exists():
        raise Conflict(
            _("Vous êtes seul·e à administrer ce site : nommez d’abord quelqu’un."), code="last_administrator"
        )


def cancel_erasure(*, by: User) -> None:
    """Change one's mind within the 14 days; nothing happens when nothing was asked."""
    require(by, "people.change_person", by)
    ErasureRequest.objects.filter(user=by).delete()


def erase_due(*, now: datetime.datetime) -> int:
    """Erase who asked for it and whose time has come; return how many. Run by the worker."""
    due = ErasureRequest.objects.filter(due_at__lte=now).select_related("user").order_by("due_at", "pk")
    for request in due:
        erase_person(person=request.user, mode=ErasureMode(request.mode), names=request.names, cause=ErasureCause.ASKED)
    return len(due)


def erase_person(*, person: User, mode: ErasureMode, cause: ErasureCause, names: Sequence[str] = ()) -> Erasure:
    """Erase an account: copied names first, then, in one transaction, what each app holds, and the account.

    For the worker and commands, which have checked who asked. May be repeated after a crash. What stays behind of the
    person is a row with their former number, the day, how and why.
    """
    number = person.pk
    User.objects.filter(pk=number).update(is_active=False)
    write_over(Traces(person, list(names)))
    with transaction.atomic():
        for holding in holdings():
            holding.erase(person, mode)
        person.delete()
        erasure = Erasure.objects.create(person_number=number, mode=mode, cause=cause)
        publish(PersonErased(number))
    logger.warning("person_erased", number=number, mode=str(mode), cause=str(cause))
    return erasure
