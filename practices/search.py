"""What the practices app brings to the search: sheets, collections, terms, and the glossary's synonyms."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch

from commons.people.search import (
    MEMBERS,
    MODERATORS,
    addresses,
    ids_of,
    labels_in_both,
    network_audience,
    person_audience,
)
from commons.search import sources
from commons.search.engines.protocol import PUBLIC, Document, composed
from commons.search.registration import register as register_source
from commons.text.excerpts import text_of_html
from practices.enums import PUBLISHED_STATES, Confidentiality, TermState
from practices.fields import types as t
from practices.fields.facets import facets
from practices.fields.table import FIELDS
from practices.models import Collection, FacetValue, Sheet, TaggedSheet, Term
from practices.queries import collections_visible_to, sheets_visible_to, terms_visible_to
from practices.signals import CollectionChanged, SheetChanged, TermChanged

SAID = ("domain", "discipline", "format", "audience")
"""The facets whose labels are words of the sheet: a search for « podcast » finds what bears the code."""
APART = ("title", "summary")
FACET_NAMES = {"kind": "genre"}
"""`kind` is the kind of a document in the search; the genre of a sheet is a facet of its own."""
SYNONYMS_FRESH_SECONDS = 30.0


def _sheets(ids: Sequence[str]) -> Iterator[Document]:
    tagged = Prefetch("tagged_terms", TaggedSheet.objects.select_related("tag").order_by("tag__key"))
    codes = Prefetch("facet_values", FacetValue.objects.order_by("field", "code"))
    rows = Sheet.objects.published().filter(pk__in=ids, version__isnull=False).select_related("version")
    for sheet in rows.prefetch_related(tagged, codes, "authorships").order_by("pk"):
        yield sheet_document(sheet)


def sheet_document(sheet: Sheet) -> Document:
    """Return the document of a published sheet: its version's words, as its readers see them."""
    assert sheet.version is not None and sheet.published_at is not None  # noqa: S101, PT018 - published
    content, html = sheet.version.content, sheet.version.html
    borne = _borne(sheet)
    said = [
        label
        for facet in facets()
        if facet.code in SAID
        for label in labels_in_both(facet.vocabulary, borne.get(facet.code, ()))
    ]
    terms = [name for tagged in sheet.tagged_terms.all() for name in _names(tagged.tag)]
    house = sheet.version.house.get("name", "")
    texts = [text_of_html(part) for part in html.values()] + list(_plain_texts(content))
    return Document(
        kind="sheet",
        id=sheet.pk,
        title=composed(sheet.title),
        audiences=_audiences(sheet, (authorship.user_id for authorship in sheet.authorships.all())),
        keywords=tuple(composed(word) for word in dict.fromkeys([*terms, *said, house]) if word),
        summary=composed(sheet.summary),
        body=composed("\n".join(text for text in texts if text)),
        facets={FACET_NAMES.get(name, name): codes for name, codes in borne.items()},
        trials=sheet.trial_count,
        fresh=int(sheet.published_at.timestamp()),
    )


def _borne(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    borne: dict[str, tuple[str, ...]] = {}
    for value in sheet.facet_values.all():
        borne[value.field] = (*borne.get(value.field, ()), value.code)
    return borne


def _names(term: Term) -> list[str]:
    return [name for name in (term.name, term.name_en, *term.synonyms_fr, *term.synonyms_en) if name]


def _audiences(thing: Any, people: Any) -> tuple[str, ...]:
    """Return who may find a published sheet or a collection, as `practices.rules` opens them."""
    if thing.confidentiality == Confidentiality.PUBLIC:
        return (PUBLIC,)
    own = (*sorted(person_audience(pk) for pk in people), MODERATORS)
    if thing.confidentiality in (Confidentiality.MEMBERS, Confidentiality.CHATHAM):
        return (MEMBERS,)
    network = (network_audience(thing.network_id),) if thing.network_id else ()
    return (*network, *own)


def _plain_texts(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the short texts of a content: titles of steps, names of tools, partners and indicators."""
    for field in FIELDS:
        if field.code not in APART and content.get(field.code):
            yield from _texts_in(field.type, content[field.code])


def _texts_in(type_: t.Type, value: Any) -> Iterator[str]:
    if isinstance(type_, t.Text) and type(type_) is t.Text and isinstance(value, str):
        yield value
    elif isinstance(type_, t.Record) and isinstance(value, dict):
        for part in type_.parts:
            if value.get(part.code):
                yield from _texts_in(part.type, value[part.code])
    elif isinstance(type_, t.Rows) and isinstance(value, list):
        for row in value:
            yield from _texts_in(type_.row, row)


def _collections(ids: Sequence[str]) -> Iterator[Document]:
    rows = Collection.objects.filter(pk__in=ids).select_related("network").prefetch_related("curators")
    for collection in rows.order_by("pk"):
        yield Document(
            kind="collection",
            id=str(collection.pk),
            title=composed(collection.title),
            audiences=_audiences(collection, (user.pk for user in collection.curators.all())),
            keywords=(composed(collection.network.name),),
            summary=composed(text_of_html(collection.intro_html)),
            fresh=int(collection.updated_at.timestamp()),
        )


def _terms(ids: Sequence[str]) -> Iterator[Document]:
    for term in Term.objects.filter(pk__in=ids, state=TermState.APPROVED).order_by("pk"):
        yield Document(
            kind="term",
            id=str(term.pk),
            title=composed(term.name),
            audiences=(PUBLIC,),
            keywords=tuple(composed(name) for name in _names(term)[1:]),
            summary=composed(term.definition_fr),
            body=composed(term.definition_en),
            fresh=int(term.created_at.timestamp()),
        )


class _Synonyms:
    """The glossary's groups, read again after half a minute: a curator's change reaches every process."""

    def __init__(self) -> None:
        self._groups: list[tuple[str, ...]] = []
        self._fresh_until = 0.0

    def __call__(self) -> list[tuple[str, ...]]:
        if time.monotonic() >= self._fresh_until:
            terms = Term.objects.filter(state=TermState.APPROVED).order_by("key")
            self._groups = [tuple(_names(term)) for term in terms]
            self._fresh_until = time.monotonic() + SYNONYMS_FRESH_SECONDS
        return self._groups


def _sheets_bearing(fact: TermChanged) -> list[str]:
    return list(TaggedSheet.objects.filter(tag=fact.term_id).values_list("content_object_id", flat=True))


def _addresses_of_sheets(user: Any, ids: Sequence[str]) -> dict[str, str]:
    return addresses(sheets_visible_to(user).published().only("pk", "title"), ids)


def register() -> None:
    """Make sheets, collections and terms findable, and the glossary's synonyms known."""
    sources.register_synonyms(_Synonyms())
    register_source(
        sources.Source(
            kind="sheet",
            model=Sheet,
            documents=_sheets,
            ids=lambda: ids_of(Sheet, editorial_state__in=PUBLISHED_STATES, version__isnull=False),
            visible=_addresses_of_sheets,
            marks={SheetChanged: lambda fact: [fact.sheet_id], TermChanged: _sheets_bearing},
            facets=tuple(FACET_NAMES.get(facet.code, facet.code) for facet in facets()),
        )
    )
    register_source(
        sources.Source(
            kind="collection",
            model=Collection,
            documents=_collections,
            ids=lambda: ids_of(Collection),
            visible=lambda user, ids: addresses(collections_visible_to(user), ids),
            marks={CollectionChanged: lambda fact: [fact.collection_id]},
        )
    )
    register_source(
        sources.Source(
            kind="term",
            model=Term,
            documents=_terms,
            ids=lambda: ids_of(Term, state=TermState.APPROVED),
            visible=lambda user, ids: addresses(terms_visible_to(user), ids),
            marks={TermChanged: lambda fact: [fact.term_id]},
        )
    )
