"""Two workers, killed in the middle, a mail server that refuses every third mail: each mail arrives, as one mail.

`COMMONS_CRASH_MAILS` says how many (1,000 in the proof of issue 6), `COMMONS_CRASH_DATABASE` on which database.
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

from tests.mailbox import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[2]
MAILS = int(os.environ.get("COMMONS_CRASH_MAILS", "90"))
PATIENCE_SECONDS = 300.0
SETTING = "import sys, django; django.setup()\n"
FACT = (
    SETTING
    + """
from commons.notices.models import Choice
from commons.people.models import User
from forum.actions import add_post, add_thread
from forum.models import Follow
by = User.objects.create(email="ecrit@maison.example", public_name="Qui écrit")
thread = add_thread(by=by, title="Filmer sans équipe", body="Qui a déjà filmé seul ?")
names = range(int(sys.argv[1]))
people = User.objects.bulk_create(User(email=f"p{n}@maison.example", public_name=f"P {n}") for n in names)
Follow.objects.bulk_create(Follow(user=person, thread=thread, level="watching") for person in people)
Choice.objects.bulk_create(Choice(user=person, kind="reply", in_app=False, mail="mail") for person in people)
add_post(by=by, thread=thread, body="Moi, à l’épaule.")
"""
)
WORKER = (
    SETTING
    + """
import time
from commons.notices.delivering import deliver
from commons.notices.spreading import spread
while True:
    spread()
    deliver()
    time.sleep(0.05)
"""
)
STATES = (
    SETTING
    + """
from collections import Counter
from commons.notices.models import Delivery, Fact
print(Fact.objects.count(), dict(Counter(Delivery.objects.values_list("state", flat=True))))
"""
)


class _Site:
    """A site of its own, whose mails go to our server and are tried again soon."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL")}
        database = os.environ.get("COMMONS_CRASH_DATABASE")
        self.environment = kept | {
            "COMMONS_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "commons.settings",
            "EMAIL_URL": server.url,
            "NOTICE_DELAY_SECONDS": "0",
            "NOTICE_RETRY_SECONDS": "0.1",
            "NOTICE_LEASE_SECONDS": "2",
            **({"DATABASE_URL": database} if database else {}),
        }

    def start(self, *command: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def run(self, *command: str) -> str:
        process = self.start(*command)
        said, _nothing = process.communicate()
        assert process.returncode == 0
        return said.strip()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server(refuse_every=3) as found:
        yield found


def _kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _until(server: MailServer, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(set(server.taken)) < count and time.monotonic() < deadline:
        time.sleep(0.02)


def test_each_mail_arrives_once_whoever_is_killed_and_refused(tmp_path: Path, server: MailServer) -> None:
    site = _Site(tmp_path, server)
    site.run("manage.py", "migrate", "-v0")
    site.run("manage.py", "load_vocabularies")
    site.run("-c", FACT, str(MAILS))
    workers = [site.start("-c", WORKER) for _number in range(2)]
    kills = 0
    for part in (0.2, 0.5, 0.8):
        _until(server, int(MAILS * part))
        _kill(workers.pop(0))
        kills += 1
        workers.append(site.start("-c", WORKER))
    _until(server, MAILS)
    deadline = time.monotonic() + PATIENCE_SECONDS
    expected = f"0 {{'sent': {MAILS}}}"
    while (states := site.run("-c", STATES)) != expected and time.monotonic() < deadline:
        time.sleep(0.2)
    for worker in workers:
        _kill(worker)
    taken = Counter(server.taken)
    assert (states, len(taken)) == (expected, MAILS)
    assert server.offered >= MAILS * 3 // 2 - kills  # one in three was refused, and tried again
    # What the protocol cannot exclude: a worker killed between the server's yes and its own mark sends the mail again,
    # under the same Message-ID. At most one for each kill.
    assert sum(taken.values()) - MAILS <= kills
