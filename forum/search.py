"""What the forum brings to the search: a thread with its posts is one document."""

from collections.abc import Iterator, Sequence
from typing import Any

from commons.people.search import MEMBERS, MODERATORS, addresses, ids_of, network_audience, person_audience
from commons.search import sources
from commons.search.engines.protocol import PUBLIC, Document, composed
from commons.search.registration import register as register_source
from commons.text.excerpts import text_of_html
from forum.enums import Audience, PostState
from forum.models import Post, Thread
from forum.queries import threads_visible_to
from practices.enums import PUBLISHED_STATES, Confidentiality
from practices.signals import SheetChanged

WORDS_LIMIT = 200_000


def _threads(ids: Sequence[str]) -> Iterator[Document]:
    rows = Thread.objects.filter(pk__in=ids, merged_into__isnull=True).select_related("network", "sheet")
    for thread in rows.prefetch_related("tagged_terms__tag").order_by("pk"):
        yield thread_document(thread)


def thread_document(thread: Thread) -> Document:
    """Return the document of a thread: its title, its first post as a summary, what was answered as its body."""
    posts = Post.objects.filter(thread=thread, state=PostState.VISIBLE).order_by("seq")
    texts = [text_of_html(html) for html in posts.values_list("html", flat=True)]
    return Document(
        kind="thread",
        id=thread.pk,
        title=composed(thread.title),
        audiences=_audiences(thread),
        keywords=tuple(composed(tagged.tag.name) for tagged in thread.tagged_terms.all()),
        summary=composed(texts[0][:600]) if texts else "",
        body=composed("\n".join(texts)[:WORDS_LIMIT]),
        fresh=int(thread.last_post_at.timestamp()),
    )


def _audiences(thread: Thread) -> tuple[str, ...]:
    """Return who may find a thread: never more than its sheet's readers."""
    sheet = thread.sheet
    if sheet is not None and (
        sheet.confidentiality != Confidentiality.PUBLIC or sheet.editorial_state not in PUBLISHED_STATES
    ):
        own = [person_audience(pk) for pk in sheet.authors.values_list("pk", flat=True)]
        network = [network_audience(sheet.network_id)] if sheet.network_id else []
        is_members = sheet.confidentiality in (Confidentiality.MEMBERS, Confidentiality.CHATHAM)
        return (MEMBERS,) if is_members else (*network, *sorted(own), MODERATORS)
    if thread.audience == Audience.NETWORK:
        guests = [person_audience(pk) for pk in thread.guests.values_list("pk", flat=True)]
        return (network_audience(thread.network_id or 0), *sorted(guests), MODERATORS)
    return (PUBLIC,) if thread.audience == Audience.PUBLIC else (MEMBERS,)


def _of_sheet(fact: SheetChanged) -> list[str]:
    return list(Thread.objects.filter(sheet=fact.sheet_id).values_list("pk", flat=True))


def _addresses(user: Any, ids: Sequence[str]) -> dict[str, str]:
    return addresses(threads_visible_to(user), ids)


def register() -> None:
    """Make threads findable. Every change of a thread saves its row, which marks it."""
    register_source(
        sources.Source(
            kind="thread",
            model=Thread,
            documents=_threads,
            ids=lambda: ids_of(Thread, merged_into__isnull=True),
            visible=_addresses,
            marks={SheetChanged: _of_sheet},
        )
    )
