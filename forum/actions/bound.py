"""Writes the threads that something else of the house owns: it decides their title, space and readers, and tells us.

Nobody in particular opens such a thread, so nobody's permission is asked: the owner's action has asked already.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict
from commons.people.models import Network
from forum.actions.events import locked_thread, record
from forum.enums import Audience, EventKind
from forum.models import Draft, Thread
from forum.signals import ThreadAudienceChanged


@dataclass(frozen=True)
class Binding:
    """What the owner decides. `guests` (people's numbers) read it beside a network's members."""

    title: str
    audience: str
    network: Network | None
    guests: Collection[int] = ()
    is_anonymous: bool = False


def open_bound_thread(binding: Binding) -> Thread:
    """Open a thread without a first post, for who its owner lets in. The caller keeps it, in its own transaction."""
    thread = Thread(is_bound=True)
    _take(thread, binding)
    thread.save(force_insert=True)
    thread.guests.set(_guests(binding))
    return thread


def align_bound_thread(thread: Thread, binding: Binding) -> None:
    """Bring a bound thread up to its owner; its readers are told, and those who may no longer read it leave.

    A thread that has been anonymous stays so: people spoke there under that promise.
    """
    locked = locked_thread(thread)
    before = _facts(locked)
    _take(locked, binding)
    locked.guests.set(_guests(binding))
    if before == _facts(locked):
        return
    if locked.is_anonymous:
        Draft.objects.filter(thread=locked).delete()
    locked.updated_at = timezone.now()
    record(locked, EventKind.THREAD_CHANGED)
    locked.save()
    publish(ThreadAudienceChanged(locked.pk))


def _take(thread: Thread, binding: Binding) -> None:
    thread.title, thread.audience, thread.network = binding.title, binding.audience, binding.network
    thread.is_anonymous = thread.is_anonymous or binding.is_anonymous


def _facts(thread: Thread) -> tuple[object, ...]:
    guests = tuple(sorted(thread.guests.values_list("pk", flat=True)))
    return thread.title, thread.audience, thread.network_id, thread.is_anonymous, guests


def _guests(binding: Binding) -> Collection[int]:
    """Return who is let in beside the audience: outside a network's own thread, nobody needs it."""
    return binding.guests if binding.audience == Audience.NETWORK else ()


def refuse_bound(thread: Thread) -> None:
    """Raise `Conflict` on what only the owner of a bound thread decides."""
    if thread.is_bound:
        raise Conflict(_("Cette discussion appartient à une séance, qui en décide."), code="bound")
