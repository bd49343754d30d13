"""`python -m bench.notices`: one fact told to so many followers, in time and queries, beside Django's own bulk writes.

The floor writes the same rows with `bulk_create`, as one would without thinking: it reads the followers first and goes
in batches. A worker's time to look at each notice again, and to show it, is printed apart.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

FOLLOWERS = 5_000
ROUNDS = 5


def measured(work: Callable[[], object]) -> tuple[float, int]:
    """Return the seconds and the queries that a piece of work costs."""
    from django.db import connection  # noqa: PLC0415 - settings come first

    asked = 0

    def count(execute: Any, *words: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*words)

    with connection.execute_wrapper(count):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start, asked


def prepared(number: int) -> str:
    """Fill an empty database with that many people who follow a thread; return the thread's id."""
    from django.core.management import call_command  # noqa: PLC0415 - settings come first

    from commons.people.models import User  # noqa: PLC0415 - same
    from forum.actions import add_thread  # noqa: PLC0415 - same
    from forum.models import Follow  # noqa: PLC0415 - same

    call_command("migrate", verbosity=0)
    call_command("load_vocabularies", verbosity=0)
    by = User.objects.create(email="ecrit@maison.example", public_name="Qui écrit")
    thread = add_thread(by=by, title="Filmer sans équipe", body="Qui a déjà filmé seul ?")
    people = User.objects.bulk_create(User(email=f"p{n}@x.example", public_name=f"P {n}") for n in range(number))
    Follow.objects.bulk_create(Follow(user=person, thread=thread, level="watching") for person in people)
    return thread.pk


def compared(thread_id: str) -> list[tuple[str, float, int]]:
    """Return the rows of the table: what, median seconds, queries."""
    from commons.notices.delivering import deliver  # noqa: PLC0415 - settings come first
    from commons.notices.models import Delivery, Notice  # noqa: PLC0415 - same
    from commons.notices.spreading import spread  # noqa: PLC0415 - same
    from commons.people.models import User  # noqa: PLC0415 - same
    from forum.actions import add_post  # noqa: PLC0415 - same
    from forum.models import Thread  # noqa: PLC0415 - same

    by, thread = User.objects.get(email="ecrit@maison.example"), Thread.objects.get(pk=thread_id)
    followers = User.objects.filter(follows__thread=thread).exclude(pk=by.pk)

    def in_bulk() -> None:
        found = list(followers)
        notices = Notice.objects.bulk_create(Notice(user=user, subject="thread:floor", kind="reply") for user in found)
        for channel in ("app", "mail"):
            Delivery.objects.bulk_create(Delivery(notice=notice, channel=channel) for notice in notices)

    spread()
    taken: dict[str, list[tuple[float, int]]] = {"post": [], "spread": [], "again": [], "floor": []}
    for number in range(ROUNDS):
        Notice.objects.all().delete()
        taken["post"].append(measured(partial(add_post, by=by, thread=thread, body=f"Message {number}")))
        taken["spread"].append(measured(spread))
        add_post(by=by, thread=thread, body="Encore un")
        taken["again"].append(measured(spread))
        Notice.objects.all().delete()
        taken["floor"].append(measured(in_bulk))
    Notice.objects.all().delete()
    add_post(by=by, thread=thread, body="Le dernier")
    spread()
    Delivery.objects.filter(channel="mail").delete()
    shown = measured(deliver)
    words = {
        "post": "the post itself, with its fact (web process)",
        "spread": "its notices and deliveries (worker)",
        "again": "the same, all unread already",
        "floor": "floor: the same rows by bulk_create",
    }
    rows = [(words[name], statistics.median(s for s, _q in runs), runs[-1][1]) for name, runs in taken.items()]
    return [*rows, ("look at each again and show it (worker)", *shown)]


def main() -> None:
    """Print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else FOLLOWERS
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"COMMONS_VAR": folder, "DJANGO_SETTINGS_MODULE": "commons.settings"}
        import django  # noqa: PLC0415 - settings come first

        django.setup()
        rows = compared(prepared(number))
    sys.stdout.write(f"one fact, {number} followers\n{'':<46}{'ms':>10}{'queries':>10}\n")
    for what, seconds, queries in rows:
        sys.stdout.write(f"{what:<46}{1000 * seconds:>10.1f}{queries:>10}\n")


if __name__ == "__main__":
    main()
