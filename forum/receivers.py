"""What follows the facts of the forum, and of who may read it: rooms are told, listeners are asked again."""

from commons import bus
from commons.live.broadcast import is_heard, recheck_person, recheck_room
from commons.people.signals import MembershipChanged
from forum.live import broadcast_event, event_of, room_of_thread
from forum.models import TaggedThread, Thread
from forum.queries import event_numbered
from forum.signals import ThreadAudienceChanged, ThreadEvent
from practices.signals import SheetChanged, TermMerged


@bus.receives(ThreadEvent)
def tell_room(fact: ThreadEvent) -> None:
    """Send the change to the thread's room, if anybody may be there. A post just added need not be read again."""
    if is_heard(room_of_thread(fact.thread_id)):
        event = event_of(fact.added, fact.seq) if fact.added else event_numbered(fact.thread_id, fact.seq)
        if event is not None:
            broadcast_event(event)


@bus.receives(ThreadAudienceChanged)
def ask_readers_again(fact: ThreadAudienceChanged) -> None:
    """Make everybody in the room prove again that they may read."""
    recheck_room(room_of_thread(fact.thread_id))


@bus.receives(MembershipChanged)
def ask_member_again(fact: MembershipChanged) -> None:
    """Make a person prove again that they may be in each of their rooms."""
    recheck_person(fact.user_id)


@bus.receives(SheetChanged)
def ask_readers_of_sheet_again(fact: SheetChanged) -> None:
    """A sheet may have closed: so do the threads about it."""
    for pk in Thread.objects.filter(sheet=fact.sheet_id).values_list("pk", flat=True):
        recheck_room(room_of_thread(pk))


@bus.accompanies(TermMerged)
def move_threads_to_term(fact: TermMerged) -> None:
    """Let the threads of a term that goes bear the one that stays, once."""
    borne = TaggedThread.objects.filter(tag=fact.into_id).values_list("content_object_id", flat=True)
    TaggedThread.objects.filter(tag=fact.term_id).exclude(content_object__in=list(borne)).update(tag=fact.into_id)
