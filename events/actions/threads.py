"""Writes the thread of a meeting: opened at first need, read exactly by who may see the meeting, followed by seat."""

from typing import Final

from django.db.models import QuerySet

from commons.people.models import User
from events.enums import Answer, Visibility
from events.models import Occurrence, Series
from forum.actions import align_bound_thread, follow_thread, open_bound_thread
from forum.actions.bound import Binding
from forum.enums import Audience, FollowLevel
from forum.models import Thread

AUDIENCES: Final = {
    Visibility.PUBLIC: Audience.PUBLIC,
    Visibility.MEMBERS: Audience.MEMBERS,
    Visibility.NETWORK: Audience.NETWORK,
}
LEVELS: Final = {
    Answer.YES: FollowLevel.WATCHING,
    Answer.MAYBE: FollowLevel.TRACKING,
    Answer.NO: FollowLevel.NORMAL,
}


def opened_thread(occurrence: Occurrence) -> Thread | None:
    """Return the meeting's thread, opened if it has none yet. Needs the meeting's lock.

    None for a series that was its network's and has lost it: only its hosts see it, and the forum knows no such space.
    """
    if occurrence.thread is None and _has_space(occurrence.series):
        occurrence.thread = open_bound_thread(_binding(occurrence))
        Occurrence.objects.filter(pk=occurrence.pk).update(thread=occurrence.thread)
    return occurrence.thread


def align_threads(series: Series, occurrences: QuerySet[Occurrence] | None = None) -> None:
    """Bring the threads of a series, or of some of its meetings, up to who may see them now. Needs the lock."""
    rows = series.occurrences.all() if occurrences is None else occurrences
    for occurrence in rows.exclude(thread=None).select_related("thread").order_by("pk"):
        occurrence.series = series
        if _has_space(series) and occurrence.thread is not None:
            align_bound_thread(occurrence.thread, _binding(occurrence))


def follow_by_answer(occurrence: Occurrence, *, by: User, answer: str) -> None:
    """Let an answer set how closely a person follows the thread: yes closely, maybe less; what they muted stays so."""
    is_coming = answer != Answer.NO
    thread = opened_thread(occurrence) if is_coming else occurrence.thread
    if thread is None or by.follows.filter(thread=thread, level=FollowLevel.MUTED).exists():
        return
    follow_thread(by=by, thread=thread, level=LEVELS[Answer(answer)])


def _has_space(series: Series) -> bool:
    return series.visibility != Visibility.NETWORK or series.network_id is not None


def _binding(occurrence: Occurrence) -> Binding:
    series = occurrence.series
    hosts = {series.created_by_id, *series.facilitators.values_list("pk", flat=True)}
    return Binding(
        title=f"{occurrence.shown_title}, {occurrence.local_start:%d/%m/%Y}",
        audience=AUDIENCES[Visibility(series.visibility)],
        network=series.network,
        guests=sorted(pk for pk in hosts if pk),
        is_anonymous=series.is_chatham,
    )
