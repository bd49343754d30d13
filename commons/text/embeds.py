"""Owns which video and podcast hosts may play inside a page, and what is shown before the click."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from django.utils.html import format_html
from django.utils.translation import gettext as _

Kind = Literal["video", "audio"]


@dataclass(frozen=True, slots=True)
class Embed:
    """A player that may be opened on demand.

    `player_url` is always https, on one of `FRAME_HOSTS`, rebuilt from the identifier alone (whatever else the
    author's address carried is dropped); `page_url` is the public page on which it can be read without us. Video is
    16:9, audio a bar of fixed height.
    """

    label: str
    kind: Kind
    player_url: str
    page_url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Host:
    """One host: the addresses it goes by, and how an identifier becomes a player and a page."""

    label: str
    kind: Kind
    domains: tuple[str, ...]
    # Matched whole against "path?v=…" (the only query parameter ever read); named groups feed both addresses.
    paths: tuple[str, ...]
    player: str
    page: str


_PEERTUBE_DOMAINS = ("peertube.fr", "framatube.org", "tube.numerique.gouv.fr", "video.culture.gouv.fr")

_HOSTS = (
    _Host(
        "YouTube",
        "video",
        ("youtube.com", "youtube-nocookie.com", "m.youtube.com", "music.youtube.com"),
        (r"/watch\?v=(?P<id>[\w-]{11})", r"/(?:embed|shorts|live|v)/(?P<id>[\w-]{11})(?:\?v=.*)?"),
        "https://www.youtube-nocookie.com/embed/{id}?rel=0",
        "https://www.youtube.com/watch?v={id}",
    ),
    _Host(
        "YouTube",
        "video",
        ("youtu.be",),
        (r"/(?P<id>[\w-]{11})",),
        "https://www.youtube-nocookie.com/embed/{id}?rel=0",
        "https://www.youtube.com/watch?v={id}",
    ),
    _Host(
        "Vimeo",
        "video",
        ("vimeo.com", "player.vimeo.com"),
        (r"/(?:video/)?(?P<id>\d{4,12})",),
        "https://player.vimeo.com/video/{id}?dnt=1",
        "https://vimeo.com/{id}",
    ),
    _Host(
        "Dailymotion",
        "video",
        ("dailymotion.com", "geo.dailymotion.com"),
        (r"/(?:embed/)?video/(?P<id>[a-zA-Z0-9]{5,12})(?:_[^/?]*)?",),
        "https://www.dailymotion.com/embed/video/{id}",
        "https://www.dailymotion.com/video/{id}",
    ),
    _Host(
        "Dailymotion",
        "video",
        ("dai.ly",),
        (r"/(?P<id>[a-zA-Z0-9]{5,12})",),
        "https://www.dailymotion.com/embed/video/{id}",
        "https://www.dailymotion.com/video/{id}",
    ),
    _Host(
        "Arte",
        "video",
        ("arte.tv",),
        (
            r"/(?P<lang>fr|de|en|es|it|pl)/videos/(?P<id>\d{6}-\d{3}-[A-Z])(?:/[^?]*)?",
            r"/embeds/(?P<lang>fr|de|en|es|it|pl)/(?P<id>\d{6}-\d{3}-[A-Z])",
        ),
        "https://www.arte.tv/embeds/{lang}/{id}",
        "https://www.arte.tv/{lang}/videos/{id}/",
    ),
    _Host(
        "France Télévisions",
        "video",
        ("embedftv-player.tech-apps.com", "embedftv-prod.webservices.francetelevisions.fr"),
        (r"/(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",),
        "https://{host}/{id}",
        "https://{host}/{id}",
    ),
    _Host(
        "PeerTube",
        "video",
        _PEERTUBE_DOMAINS,
        (r"/(?:w|videos/watch|videos/embed)/(?P<id>[0-9a-zA-Z-]{22,36})",),
        "https://{host}/videos/embed/{id}?p2p=0&warningTitle=0",
        "https://{host}/w/{id}",
    ),
    _Host(
        "Spotify",
        "audio",
        ("open.spotify.com",),
        (r"/(?:embed/|intl-\w\w/)?(?P<sort>episode|show|track|album|playlist)/(?P<id>[0-9a-zA-Z]{22})",),
        "https://open.spotify.com/embed/{sort}/{id}",
        "https://open.spotify.com/{sort}/{id}",
    ),
    _Host(
        "Deezer",
        "audio",
        ("deezer.com", "widget.deezer.com"),
        (r"/(?:widget/(?:auto|dark|light)/|\w\w/)?(?P<sort>episode|show|track|album|playlist)/(?P<id>\d{1,12})",),
        "https://widget.deezer.com/widget/auto/{sort}/{id}",
        "https://www.deezer.com/{sort}/{id}",
    ),
    _Host(
        "Ausha",
        "audio",
        ("player.ausha.co",),
        (r"/(?P<id>[\w-]{6,24})",),
        "https://player.ausha.co/{id}",
        "https://player.ausha.co/{id}",
    ),
    _Host(
        "Acast",
        "audio",
        ("embed.acast.com", "play.acast.com", "shows.acast.com"),
        (r"/(?:s/)?(?P<show>[\w-]{2,80})/(?:episodes/)?(?P<id>[\w-]{2,160})",),
        "https://embed.acast.com/{show}/{id}",
        "https://shows.acast.com/{show}/episodes/{id}",
    ),
    _Host(
        "SoundCloud",
        "audio",
        ("soundcloud.com", "m.soundcloud.com"),
        (r"/(?P<who>[\w-]{2,60})/(?P<id>(?:sets/)?[\w-]{1,160})",),
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{who}/{id}&auto_play=false&show_user=true",
        "https://soundcloud.com/{who}/{id}",
    ),
)


def _frame_hosts(hosts: Iterable[_Host]) -> tuple[str, ...]:
    """Return every host on which a player can be, sorted and without repetition."""
    return tuple(
        sorted(
            {
                urlsplit(host.player.format(host=name, id="", lang="", sort="", show="", who="")).netloc
                for host in hosts
                for name in host.domains
            }
        )
    )


FRAME_HOSTS: tuple[str, ...] = _frame_hosts(_HOSTS)
"""The hosts for the content security policy's `frame-src`: no player is ever on another one."""

_BY_DOMAIN = {domain: host for host in _HOSTS for domain in host.domains}


def embed_for(url: str, title: str = "") -> Embed | None:
    """Return the player for a page or frame address of a listed host, else None.

    Only http and https (or an address without scheme, `//host/…`) on the default port, without
    credentials. Never raises on what is not an address at all.
    """
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in {"http", "https", ""} or parts.netloc != (parts.hostname or ""):
            return None
        watched = parse_qs(parts.query, max_num_fields=20).get("v", [])
    except ValueError:
        return None
    domain = parts.netloc.removeprefix("www.")
    host = _BY_DOMAIN.get(domain)
    path = parts.path.rstrip("/") + (f"?v={watched[0]}" if watched else "")
    return _embed(host, domain, path, title) if host else None


def _embed(host: _Host, domain: str, path: str, title: str) -> Embed | None:
    """Return the player that `path` names on `host`."""
    for pattern in host.paths:
        if found := re.fullmatch(pattern, path, re.ASCII):
            names = {**found.groupdict(), "host": domain}
            return Embed(host.label, host.kind, host.player.format(**names), host.page.format(**names), title.strip())
    return None


def placeholder(embed: Embed) -> str:
    """Return the safe HTML shown in the player's place: a link that works alone, and a button for a script.

    Nothing here is loaded from elsewhere: the button is hidden until a script shows it, and only a click on it
    makes the frame, from `data-embed`.
    """
    return format_html(
        '<figure class="{}"><button class="btn" type="button" data-embed="{}" data-title="{}" data-scripted hidden>{}'
        '</button><figcaption><a href="{}">{}</a> ({}). {}</figcaption></figure>',
        "embed embed-audio" if embed.kind == "audio" else "embed",
        embed.player_url,
        embed.title or embed.label,
        _("Lire ici depuis %(host)s") % {"host": embed.label},
        embed.page_url,
        embed.title or (_("Écouter l’enregistrement") if embed.kind == "audio" else _("Voir la vidéo")),
        embed.label,
        _("Rien n’est demandé à ce site avant votre clic."),
    )
