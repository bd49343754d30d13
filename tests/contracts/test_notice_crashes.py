"""Two workers, killed in the middle, a mail server that refuses every third mail: each person gets one mail, none two.

On the database and the queue of the run: SQLite, or PostgreSQL. `COMMONS_CRASH_MAILS` says how many mails (1,000 in the
proof of issue 6).
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from commons.notices.models import Choice, Delivery, Fact
from commons.people.models import User
from forum.actions import add_post
from forum.models import Follow
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory
from tests.mailbox import MailServer, mail_server
from tests.servers import beside_test_database

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
MAILS = int(os.environ.get("COMMONS_CRASH_MAILS", "60"))
PATIENCE_SECONDS = 300.0
WORKER = """
import time, django
django.setup()
from commons.notices.delivering import deliver
from commons.notices.spreading import spread
print("ready", flush=True)
while True:
    spread()
    deliver()
    time.sleep(0.05)
"""
KILLED_BEFORE_ITS_MARK = (
    """
import os, signal, django
django.setup()
from django.db import connection

def fall(execute, sql, params, many, context):
    if sql.startswith("UPDATE") and "notices_delivery" in sql and "sent" in (params or ()):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

connection.execute_wrappers.append(fall)
"""
    + WORKER
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server(refuse_every=3) as found:
        yield found


class _Workers:
    """Workers of this test's site, whose mails go to our server and are tried again soon."""

    def __init__(self, server: MailServer) -> None:
        hurried = {"NOTICE_DELAY_SECONDS": "0", "NOTICE_RETRY_SECONDS": "0.1", "NOTICE_LEASE_SECONDS": "1"}
        self.environment = beside_test_database() | {"EMAIL_URL": server.url, **hurried}
        self.running: list[subprocess.Popen[str]] = []
        self.kills = 0

    def start(self, program: str = WORKER) -> None:
        """Run one more."""
        command = [sys.executable, "-c", program]
        self.running.append(
            subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        )

    def until_ready(self) -> None:
        """Wait until the last one works."""
        pipe = self.running[-1].stdout
        assert pipe is not None
        assert pipe.readline() == "ready\n"

    def kill(self) -> None:
        """Kill the oldest as a power cut would."""
        worker = self.running.pop(0)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        self.kills += 1


@pytest.fixture
def workers(server: MailServer) -> Iterator[_Workers]:
    found = _Workers(server)
    yield found
    while found.running:
        found.kill()


def _tell(count: int) -> list[str]:
    """Let one post concern that many people; return their addresses."""
    asker = UserFactory.create()
    thread = thread_of(asker)
    people = User.objects.bulk_create(User(email=f"p{n}@maison.example", public_name=f"P {n}") for n in range(count))
    Follow.objects.bulk_create(Follow(user=person, thread=thread, level="watching") for person in people)
    Choice.objects.bulk_create(Choice(user=person, kind="reply", in_app=False, mail="mail") for person in people)
    add_post(by=asker, thread=thread, body="Moi, à l’épaule.")
    return [person.email for person in people]


def _until(server: MailServer, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(set(server.taken)) < count and time.monotonic() < deadline:
        time.sleep(0.01)


def _until_marked(count: int) -> None:
    """Wait until no fact and no delivery waits."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Fact.objects.exists() or Counter(Delivery.objects.values_list("state", flat=True)) != {"sent": count}:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _until_dropped(kills: int) -> None:
    """Wait until no receipt is left, but one of each worker killed just after its mark: the night removes those."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(list((settings.VAR_DIR / "receipts").iterdir())) > kills:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_each_person_gets_one_mail_whoever_is_killed_and_refused(server: MailServer, workers: _Workers) -> None:
    people = _tell(MAILS)
    workers.start()
    workers.start()
    for part in (0.2, 0.5, 0.8):
        _until(server, int(MAILS * part))
        workers.kill()
        workers.start()
    _until(server, MAILS)
    _until_marked(MAILS)
    # What no protocol excludes: a worker killed between the server's yes and its hearing it sends that mail again,
    # under the same Message-ID. One at most for each kill.
    extra = len(server.taken) - MAILS
    sys.stdout.write(f"{MAILS} mails, {workers.kills} kills: offered {server.offered}, taken {MAILS} + {extra} times\n")
    assert {person: len(box) for person, box in server.boxes.items()} == dict.fromkeys(people, 1)
    assert 0 <= extra <= workers.kills
    assert server.offered >= len(server.taken) * 3 // 2 - workers.kills  # one in three was refused, and tried again
    _until_dropped(workers.kills)


def test_a_worker_killed_between_the_yes_and_its_mark_has_sent_its_mail(server: MailServer, workers: _Workers) -> None:
    people = _tell(3)
    workers.start(KILLED_BEFORE_ITS_MARK)
    assert workers.running[0].wait(PATIENCE_SECONDS) == -signal.SIGKILL
    assert (len(server.taken), Delivery.objects.filter(state="sent").count()) == (1, 0)
    workers.start()
    _until_marked(3)
    assert (sorted(server.boxes), len(server.taken)) == (sorted(people), 3)


def test_a_worker_killed_before_it_hears_the_yes_sends_the_same_mail_again(
    server: MailServer, workers: _Workers
) -> None:
    people = _tell(1)
    workers.start()
    workers.until_ready()
    server.once_taken = workers.kill
    _until(server, 1)
    server.once_taken = lambda: None
    workers.start()
    _until_marked(1)
    assert (len(server.taken), {person: len(box) for person, box in server.boxes.items()}) == (2, {people[0]: 1})
