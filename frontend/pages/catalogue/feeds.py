"""The feeds (RSS and Atom) and the map for search engines: what a visitor may read, whoever asks."""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commons.people.queries import networks_visible_to
from commons.vocabularies.queries import choices_of, is_code, label_of
from practices.models import Sheet, SheetQuerySet
from practices.queries import catalogue_stamp, collections_visible_to, items_visible_to, sheets_visible_to

Writer = type[Rss201rev2Feed] | type[Atom1Feed]
FORMATS: dict[str, Writer] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
LENGTH = 30
MAP_LENGTH = 1000  # sheets in one map; sitemaps.org allows 50,000, which take a page process four seconds
MAP_TYPE = "application/xml; charset=utf-8"
FRESH_SECONDS = 300
VISITOR = AnonymousUser()


def feeds(request: HttpRequest) -> HttpResponse:
    """Say which feeds there are."""
    domains = [
        (reverse("feed_domain", args=[entry.code, "atom"]), str(entry)) for entry in choices_of("practice_domain")
    ]
    networks = [
        (reverse("feed_network", args=[n.slug, "atom"]), n.name) for n in networks_visible_to(VISITOR).order_by("name")
    ]
    return render(request, "catalogue/feeds.html", {"domains": domains, "networks": networks})


def all_sheets(request: HttpRequest, form: str) -> HttpResponse:
    """Give the newest sheets."""
    return _feed(request, form, _("Nouvelles fiches"), reverse("sheets"), _newest(_readable()))


def of_domain(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Give the newest sheets of a domain."""
    if not is_code("practice_domain", code):
        raise Http404
    title = _("Nouvelles fiches : %(domain)s") % {"domain": label_of("practice_domain", code)}
    return _feed(
        request, form, title, f"{reverse('sheets')}?domain={code}", _newest(_readable().with_code("domain", [code]))
    )


def of_network(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the newest sheets of a network, of those that anybody may read."""
    network = get_object_or_404(networks_visible_to(VISITOR), slug=slug)
    title = _("Nouvelles fiches : %(network)s") % {"network": network.name}
    return _feed(request, form, title, reverse("sheets"), _newest(_readable().filter(network=network)))


def of_collection(request: HttpRequest, network: str, slug: str, form: str) -> HttpResponse:
    """Give a public collection's sheets in its order, with the curators' words."""
    found = get_object_or_404(collections_visible_to(VISITOR), network__slug=network, slug=slug)
    items = items_visible_to(VISITOR, found)[: LENGTH * 10]
    sheets = ((item.sheet, item.note) for item in items)
    return _feed(request, form, found.title, reverse("sheets"), sheets, stamp=str(found.revision))


def _readable() -> SheetQuerySet:
    return sheets_visible_to(VISITOR).published().listed()


def _newest(sheets: SheetQuerySet) -> Iterator[tuple[Sheet, str]]:
    for sheet in sheets.order_by("-published_at", "-pk")[:LENGTH]:
        yield sheet, ""


def _feed(
    request: HttpRequest, form: str, title: str, path: str, sheets: Iterable[tuple[Sheet, str]], *, stamp: str = ""
) -> HttpResponse:
    """Write a feed in the format asked for; 304 when the reader has it already."""
    if form not in FORMATS:
        raise Http404
    feed = FORMATS[form](
        title=f"{settings.SITE_NAME} – {title}",
        link=settings.SITE_URL + path,
        description=_("Des pratiques numériques de lieux culturels, essayées et racontées."),
        language=get_language() or settings.LANGUAGE_CODE,
        feed_url=settings.SITE_URL + request.path,
    )
    return _kept(request, feed.content_type, lambda: _written(feed, sheets), stamp=f"{request.path}{stamp}")


def _written(feed: SyndicationFeed, sheets: Iterable[tuple[Sheet, str]]) -> str:
    for sheet, note in sheets:
        _add(feed, sheet, note)
    return str(feed.writeString("utf-8"))


def _add(feed: SyndicationFeed, sheet: Sheet, note: str) -> None:
    feed.add_item(
        title=sheet.title,
        link=settings.SITE_URL + sheet.get_absolute_url(),
        description=note or sheet.summary,
        author_name=sheet.institution.name if sheet.institution else None,
        pubdate=sheet.published_at,
        updateddate=sheet.updated_at,
        unique_id=f"urn:commons:sheet:{sheet.pk}",
        unique_id_is_permalink=False,
        categories=[sheet.get_kind_display()],
    )


def sitemap(request: HttpRequest) -> HttpResponse:
    """List for search engines the pages that anybody may read; where they are many, the maps that list them."""
    return _kept(request, MAP_TYPE, _map, stamp=request.path)


def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """List one part of the sheets, the first made first: a new one changes only the last part."""
    if not 1 <= part <= _parts():
        raise Http404
    return _kept(request, MAP_TYPE, lambda: _xml("urlset", "url", _pages(part)), stamp=request.path)


def _map() -> str:
    parts = _parts()
    if parts > 1:
        return _xml("sitemapindex", "sitemap", [(reverse("sitemap_part", args=[n + 1]), "") for n in range(parts)])
    return _xml("urlset", "url", _pages(1))


def _parts() -> int:
    return max(1, math.ceil(sheets_visible_to(VISITOR).published().count() / MAP_LENGTH))


def _pages(part: int) -> list[tuple[str, str]]:
    sheets = sheets_visible_to(VISITOR).published().only("pk", "title", "updated_at").order_by("pk")
    own = [(reverse("home"), ""), (reverse("sheets"), "")] if part == 1 else []
    shown = sheets[(part - 1) * MAP_LENGTH : part * MAP_LENGTH]
    return own + [(sheet.get_absolute_url(), sheet.updated_at.date().isoformat()) for sheet in shown]


def _xml(whole: str, each: str, places: list[tuple[str, str]]) -> str:
    lines = [
        f"<{each}><loc>{escape(settings.SITE_URL + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{each}>"
        for path, day in places
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, f"</{whole}>"]) + "\n"


def robots(_request: HttpRequest) -> HttpResponse:
    """Ask robots to leave accounts, the API and filtered lists alone: the map names every sheet."""
    lines = ["User-agent: *", "Disallow: /api/", "Disallow: /compte/", "Disallow: /*?", ""]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]), content_type="text/plain")


def _kept(request: HttpRequest, content_type: str, write: Callable[[], Any], *, stamp: str) -> HttpResponse:
    etag = quote_etag(f"{catalogue_stamp()}-{stamp}-{get_language()}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(write(), content_type=content_type)
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response
