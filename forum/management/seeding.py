"""Owns plausible threads in any number, for benchmarks: the same for the same seed, written in bulk, removable."""

import datetime
import random

from django.db import transaction
from django.utils import timezone

from commons.people.models import User
from commons.statistics import count_rows
from commons.text.markdown import RENDERER_VERSION, render
from forum.enums import EventKind, ThreadKind
from forum.models import Event, Post, Thread

PREFIX = "00SEED"
CHUNK = 1000
SUBJECTS = (
    "le direct",
    "les sous-titres",
    "la lettre du vendredi",
    "la captation",
    "les podcasts",
    "la visite à distance",
)
ASKED = ("Comment préparer", "Qui a essayé", "Combien coûte", "Que reste-t-il de", "Par où commencer pour")
SAID = (
    "Chez nous, **deux répétitions** ont suffi.",
    "Le son compte plus que l’image : un micro cravate change tout.",
    "Nous avons arrêté au bout de trois mois, faute de temps.",
    "> Qui tient la caméra ?\n\nUn régisseur et une volontaire, à tour de rôle.",
    "La grille est là : [notre modèle](https://exemple.example/grille).",
    "Trois points :\n\n- prévenir l’équipe,\n- essayer la veille,\n- noter ce qui manque.",
    "Même constat dans une salle de cent places.",
    "Merci, nous essayons en mars et nous revenons le dire.",
)


@transaction.atomic
def seed_threads(*, threads: int, posts: int, seed: int) -> tuple[int, int]:
    """Bring the seeded threads up to this number, with so many posts in all; return how many of each were added.

    Needs seeded people to speak. The same seed gives the same titles, texts and speakers; dates count back from today.
    """
    people = list(User.objects.filter(email__endswith="@semis.example").order_by("pk"))
    known = set(Thread.objects.filter(pk__startswith=_key(seed)).values_list("pk", flat=True))
    wanted = [n for n in range(threads) if f"{_key(seed)}{n:014d}" not in known]
    if not people or not wanted:
        return 0, 0
    each, more = divmod(max(posts, threads), threads)
    shown = [render(text, prefix="m") for text in SAID]
    added = 0
    for start in range(0, len(wanted), CHUNK):
        made = [_thread(n, seed, people, each + (n < more)) for n in wanted[start : start + CHUNK]]
        added += _write(made, seed, people, shown)
    count_rows()
    return len(wanted), added


def remove_seeded_threads() -> int:
    """Remove every seeded thread, whatever the seed; return how many went."""
    threads = Thread.objects.filter(pk__startswith=PREFIX)
    found = threads.count()
    threads.delete()
    return found


def _key(seed: int) -> str:
    return f"{PREFIX}{seed:06d}"


def _thread(number: int, seed: int, people: list[User], posts: int) -> Thread:
    draw = random.Random(f"thread {seed} {number}")  # noqa: S311 - the same thread for the same seed
    opened = timezone.now() - datetime.timedelta(minutes=draw.randrange(posts + 1, 365 * 24 * 60 + posts))
    thread = Thread(pk=f"{_key(seed)}{number:014d}", created_by=draw.choice(people), created_at=opened)
    thread.title = f"{draw.choice(ASKED)} {draw.choice(SUBJECTS)} ?"
    thread.kind = draw.choice(ThreadKind.values)
    thread.last_seq = thread.post_count = posts
    thread.updated_at = thread.last_post_at = opened + datetime.timedelta(minutes=posts - 1)
    return thread


def _write(threads: list[Thread], seed: int, people: list[User], shown: list[str]) -> int:
    Thread.objects.bulk_create(threads)
    rows = []
    for thread in threads:
        draw = random.Random(f"posts {seed} {thread.pk}")  # noqa: S311 - the same posts for the same seed
        for seq in range(1, thread.post_count + 1):
            said = draw.randrange(len(SAID))
            post = Post(thread=thread, seq=seq, author=draw.choice(people), body=SAID[said], html=shown[said])
            post.renderer = RENDERER_VERSION
            post.created_at = thread.created_at + datetime.timedelta(minutes=seq - 1)
            rows.append(post)
    kept = Post.objects.bulk_create(rows, batch_size=CHUNK)
    events = [Event(thread_id=p.thread_id, seq=p.seq, kind=EventKind.POST_ADDED, post=p) for p in kept]
    Event.objects.bulk_create(events, batch_size=CHUNK)
    return len(kept)
