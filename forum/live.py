"""The live room of a thread: who may listen, what a socket may do, and the frames of its changes."""

from typing import Any, ClassVar

from commons.errors import Invalid, NotAllowed, NotFound
from commons.live.broadcast import broadcast, broadcast_in_languages
from commons.live.consumer import RoomConsumer
from commons.live.frames import text_of
from forum.actions import add_post, mark_read
from forum.api import outputs
from forum.enums import EventKind
from forum.models import Event, Post, Thread
from forum.queries import thread_visible_to, threads_visible_to


def room_of_thread(thread_id: str) -> str:
    """Return the name of a thread's room."""
    return f"thread.{thread_id}"


def event_of(post: Post, seq: int) -> Event:
    """Return the change that added a post, from the post as it was written."""
    return Event(thread=post.thread, seq=seq, kind=EventKind.POST_ADDED, post=post)


def broadcast_event(event: Event) -> None:
    """Tell a thread's room of a change: built once in each language, whoever listens."""
    broadcast_in_languages(room_of_thread(event.thread_id), lambda: outputs.frame(event))


class ThreadConsumer(RoomConsumer):
    """A reader of a thread. `post.add` posts, `read` moves the reader's pointer, `typing` says that one is writing."""

    commands: ClassVar[frozenset[str]] = frozenset({"post.add", "read", "typing", "ping"})
    thread_id = ""
    is_anonymous = False

    def admit(self, user: Any) -> dict[str, Any]:
        """Let in who may read the thread, and say where it stands."""
        self.thread_id = self.scope["url_route"]["kwargs"]["pk"]
        found = threads_visible_to(user).filter(pk=self.thread_id).values_list("last_seq", "is_anonymous").first()
        if found is None:
            raise NotFound
        last_seq, self.is_anonymous = found
        self.room = room_of_thread(self.thread_id)
        return {"type": "hello", "thread": self.thread_id, "last_seq": last_seq}

    def beat(self) -> dict[str, str]:
        """Say the thread's last number: a reader who missed the last frame notices."""
        last_seq = Thread.objects.filter(pk=self.thread_id).values_list("last_seq", flat=True).first()
        return {"": text_of({"type": "heartbeat", "thread": self.thread_id, "last_seq": last_seq or 0})}

    def perform(self, user: Any, command: str, data: dict[str, Any]) -> dict[str, Any]:
        """Do what a command says, as the page and the API would."""
        if command == "ping":
            return {"type": "pong"}
        if not user.is_authenticated or not getattr(user, "may_write", True):
            raise NotAllowed
        if command == "typing":
            self._tell_typing(user)
            return {}
        thread = thread_visible_to(user, self.thread_id)
        if thread is None:
            raise NotFound
        if command == "read":
            follow = mark_read(by=user, thread=thread, seq=_number(data.get("seq")))
            return {"type": "read", "thread": thread.pk, "seq": follow.last_read_seq}
        return _acknowledgement(_add(user, thread, data))

    def _tell_typing(self, user: Any) -> None:
        if user.shows_presence and not user.is_silenced and not self.is_anonymous:
            person = {"id": user.pk, "name": user.public_name}
            broadcast(self.room, {"": text_of({"type": "typing", "thread": self.thread_id, "person": person})})


def _add(user: Any, thread: Thread, data: dict[str, Any]) -> Post:
    body, client_id = data.get("body"), data.get("client_id", "")
    if not isinstance(body, str) or not isinstance(client_id, str):
        raise Invalid({"body": ["text"]})
    return add_post(by=user, thread=thread, body=body, client_id=client_id)


def _acknowledgement(post: Post) -> dict[str, Any]:
    return {"type": "post.kept", "thread": post.thread_id, "seq": post.seq, "id": post.pk, "state": post.state}


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise Invalid({"seq": ["number"]})
    return value
