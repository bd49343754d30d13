"""What the events app brings to the search: an occurrence with its topics and minutes is one document."""

from collections.abc import Iterator, Sequence
from typing import Any

from commons.people.search import MEMBERS, MODERATORS, addresses, ids_of, network_audience, person_audience
from commons.search import sources
from commons.search.engines.protocol import PUBLIC, Document, composed
from commons.search.registration import register as register_source
from commons.text.excerpts import text_of_html
from events.enums import Visibility
from events.models import Block, Occurrence, Series
from events.queries import occurrences_visible_to
from events.signals import OccurrenceChanged, SeriesChanged

WORDS_LIMIT = 200_000


def _occurrences(ids: Sequence[str]) -> Iterator[Document]:
    rows = Occurrence.objects.filter(pk__in=ids).select_related("series", "series__network")
    for occurrence in rows.prefetch_related("topics", "series__facilitators").order_by("pk"):
        yield occurrence_document(occurrence)


def occurrence_document(occurrence: Occurrence) -> Document:
    """Return the document of a meeting: its title, what the series is about, its topics and minutes. No name."""
    series = occurrence.series
    blocks = Block.objects.filter(minutes__occurrence=occurrence, is_removed=False).order_by("pk")
    said = [text_of_html(html) for html in blocks.values_list("html", flat=True)]
    topics = [topic.title for topic in occurrence.topics.all()]
    return Document(
        kind="occurrence",
        id=str(occurrence.pk),
        title=composed(f"{occurrence.shown_title}, {occurrence.local_start:%d/%m/%Y}"),
        audiences=_audiences(series),
        keywords=tuple(
            composed(word) for word in (series.title, series.network.name if series.network else "") if word
        ),
        summary=composed(text_of_html(series.about_html)[:600]),
        body=composed("\n".join([*topics, *said])[:WORDS_LIMIT]),
        fresh=int(occurrence.starts_at.timestamp()),
    )


def _audiences(series: Series) -> tuple[str, ...]:
    """Return who may find a meeting, as `events.rules` opens its series."""
    if series.visibility == Visibility.PUBLIC:
        return (PUBLIC,)
    if series.visibility == Visibility.MEMBERS:
        return (MEMBERS,)
    hosts = {series.created_by_id, *(person.pk for person in series.facilitators.all())}
    network = [network_audience(series.network_id)] if series.network_id else []
    return (*network, *sorted(person_audience(pk) for pk in hosts if pk), MODERATORS)


def _of_series(fact: SeriesChanged) -> list[int]:
    return list(Occurrence.objects.filter(series=fact.series_id).values_list("pk", flat=True))


def _addresses(user: Any, ids: Sequence[str]) -> dict[str, str]:
    return addresses(occurrences_visible_to(user), ids)


def register() -> None:
    """Make meetings findable; each fact of a series or of one of them marks it."""
    register_source(
        sources.Source(
            kind="occurrence",
            model=Occurrence,
            documents=_occurrences,
            ids=lambda: ids_of(Occurrence),
            visible=_addresses,
            marks={OccurrenceChanged: lambda fact: [fact.occurrence_id], SeriesChanged: _of_series},
        )
    )
