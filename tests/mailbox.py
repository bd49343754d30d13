"""Owns a mail server for proofs: it takes mails over SMTP, refuses one in so many, and remembers what it took.

It delivers as mail stores that suppress doubles do: a person's box holds one mail of each Message-ID.
"""

import email
import socketserver
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import ClassVar

OK, READY, REFUSED = b"250 ok\r\n", b"354 go on\r\n", b"451 try again later\r\n"


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails on a free port. `taken` lists the Message-IDs in the order in which they were accepted.

    `once_taken` is called with each mail that is kept, before the client hears so.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, refuse_every: int) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.refuse_every = refuse_every
        self.offered = 0
        self.taken: list[str] = []
        self.boxes: dict[str, set[str]] = defaultdict(set)
        self.once_taken: Callable[[], None] = lambda: None
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """Return the address for `EMAIL_URL`."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, text: bytes) -> bytes:
        """Answer a mail: every so many is refused for now."""
        with self.lock:
            self.offered += 1
            if self.offered % self.refuse_every == 0:
                return REFUSED
            mail = email.message_from_bytes(text)
            self.taken.append(str(mail["Message-ID"]))
            self.boxes[str(mail["To"])].add(str(mail["Message-ID"]))
        self.once_taken()
        return OK


class _Conversation(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a mail program needs."""

    server: MailServer
    answers: ClassVar[dict[bytes, bytes]] = {b"EHLO": b"250 SIZE 10000000\r\n", b"DATA": READY, b"QUIT": b"221 bye\r\n"}

    def handle(self) -> None:
        with suppress(ConnectionError):  # a client that was killed says no goodbye
            self._talk()

    def _talk(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            self.wfile.write(self.answers.get(word, OK))
            if word == b"DATA":
                self.wfile.write(self.server.take(self._text()))
            if word == b"QUIT":
                return

    def _text(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return b"".join(lines)


@contextmanager
def mail_server(refuse_every: int) -> Iterator[MailServer]:
    """Run a mail server beside the test."""
    with MailServer(refuse_every) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
