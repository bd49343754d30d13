"""Which addresses play inside a page, and what stands there before the click."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons.text.embeds import FRAME_HOSTS, Embed, embed_for, placeholder
from tests.commons.text.strict_html import read_strictly

YOUTUBE = "https://www.youtube-nocookie.com/embed/zsFEO4t-Ico?rel=0"
DAILYMOTION = "https://www.dailymotion.com/embed/video/x8abcd1"
SOUNDCLOUD = (
    "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/theatre/sets/saison&auto_play=false&show_user=true"
)
UUID = "0b1f6b9e-3f0c-4a52-9c4d-5b0d8f0e7a11"


@pytest.mark.parametrize(
    ("url", "label", "kind", "player"),
    [
        ("https://www.youtube.com/watch?v=zsFEO4t-Ico&t=12s", "YouTube", "video", YOUTUBE),
        ("https://youtu.be/zsFEO4t-Ico?si=abc", "YouTube", "video", YOUTUBE),
        ("//www.youtube.com/embed/zsFEO4t-Ico", "YouTube", "video", YOUTUBE),
        ("https://www.youtube.com/embed/zsFEO4t-Ico?v=x", "YouTube", "video", YOUTUBE),
        ("http://m.youtube.com/shorts/zsFEO4t-Ico", "YouTube", "video", YOUTUBE),
        ("https://vimeo.com/76979871", "Vimeo", "video", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://player.vimeo.com/video/76979871", "Vimeo", "video", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://www.dailymotion.com/video/x8abcd1_titre-long", "Dailymotion", "video", DAILYMOTION),
        ("https://dai.ly/x8abcd1", "Dailymotion", "video", DAILYMOTION),
        ("https://www.arte.tv/fr/videos/110000-001-A/titre/", "Arte", "video", "https://www.arte.tv/embeds/fr/110000-001-A"),
        (f"https://embedftv-player.tech-apps.com/{UUID}", "France Télévisions", "video",
         f"https://embedftv-player.tech-apps.com/{UUID}"),
        ("https://framatube.org/w/9dRFC6Ya11NCVeYKn8ZhiD", "PeerTube", "video",
         "https://framatube.org/videos/embed/9dRFC6Ya11NCVeYKn8ZhiD?p2p=0&warningTitle=0"),
        ("https://open.spotify.com/intl-fr/episode/4rOoJ6Egrf8K2IrywzwOMk?si=1", "Spotify", "audio",
         "https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk"),
        ("https://www.deezer.com/fr/show/53644", "Deezer", "audio", "https://widget.deezer.com/widget/auto/show/53644"),
        ("https://player.ausha.co/yKxOaCzwj5pA", "Ausha", "audio", "https://player.ausha.co/yKxOaCzwj5pA"),
        ("https://shows.acast.com/les-loges/episodes/la-nuit", "Acast", "audio",
         "https://embed.acast.com/les-loges/la-nuit"),
        ("https://soundcloud.com/theatre/sets/saison", "SoundCloud", "audio",
         SOUNDCLOUD),
    ],
)  # fmt: skip
def test_embed_for_listed_host(url: str, label: str, kind: str, player: str) -> None:
    embed = embed_for(url, " Titre ")
    assert embed is not None
    assert (embed.label, embed.kind, embed.player_url, embed.title) == (label, kind, player, "Titre")
    again = embed_for(embed.page_url)
    assert again is not None
    assert again.player_url == player


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mot",
        "https://example.org/watch?v=zsFEO4t-Ico",
        "https://youtube.com.evil.example/watch?v=zsFEO4t-Ico",
        "https://evil.example/youtube.com/watch?v=zsFEO4t-Ico",
        "https://user@youtube.com/watch?v=zsFEO4t-Ico",
        "https://youtube.com:8443/watch?v=zsFEO4t-Ico",
        "javascript://youtube.com/watch?v=zsFEO4t-Ico",
        "ftp://youtu.be/zsFEO4t-Ico",
        "https://youtu.be/zsFEO4t-Ico/../x",
        "https://youtu.be/trop-court",
        'https://youtu.be/zsFEO4t"Ico',
        "https://www.youtube.com/playlist?list=x",
        "https://vimeo.com/76979871/../../x",
        "https://[::1",
        "https://youtube.com/watch?" + "&".join(f"v{n}=1" for n in range(50)),
        "https://youtu.be/ééééééééééé",
    ],
)
def test_embed_for_anything_else(url: str) -> None:
    assert embed_for(url) is None


@given(
    st.text(max_size=60),
    st.sampled_from(["https://youtu.be/", "https://soundcloud.com/a/", "https://open.spotify.com/", ""]),
)
def test_embed_for_never_raises_and_never_leaves_the_listed_hosts(text: str, start: str) -> None:
    embed = embed_for(start + text)
    assert embed is None or embed.player_url.removeprefix("https://").split("/")[0] in FRAME_HOSTS


def test_frame_hosts_are_all_known() -> None:
    assert FRAME_HOSTS == (
        "embed.acast.com",
        "embedftv-player.tech-apps.com",
        "embedftv-prod.webservices.francetelevisions.fr",
        "framatube.org",
        "open.spotify.com",
        "peertube.fr",
        "player.ausha.co",
        "player.vimeo.com",
        "tube.numerique.gouv.fr",
        "video.culture.gouv.fr",
        "w.soundcloud.com",
        "widget.deezer.com",
        "www.arte.tv",
        "www.dailymotion.com",
        "www.youtube-nocookie.com",
    )


def test_placeholder_is_a_link_and_a_hidden_button() -> None:
    embed = Embed("YouTube", "video", YOUTUBE, "https://www.youtube.com/watch?v=zsFEO4t-Ico", 'Un "soir" <b>')
    page = read_strictly(placeholder(embed).replace(" data-scripted hidden", ' data-scripted="" hidden=""'))
    assert [(element.tag, element.attributes) for element in page.elements] == [
        ("figure", {"class": "embed"}),
        ("button", {
            "class": "btn", "type": "button", "data-embed": YOUTUBE, "data-title": 'Un "soir" <b>',
            "data-scripted": "", "hidden": "",
        }),
        ("figcaption", {}),
        ("a", {"href": "https://www.youtube.com/watch?v=zsFEO4t-Ico"}),
    ]  # fmt: skip
    assert page.text == (
        'Lire ici depuis YouTubeUn "soir" <b> (YouTube). Rien n’est demandé à ce site avant votre clic.'
    )


@pytest.mark.parametrize(
    ("kind", "shape", "words"),
    [("video", "embed", "Voir la vidéo (X)"), ("audio", "embed embed-audio", "Écouter l’enregistrement (X)")],
)
def test_placeholder_without_title(kind: str, shape: str, words: str) -> None:
    html = placeholder(Embed("X", kind, "https://x.org/e", "https://x.org/p"))
    page = read_strictly(html.replace(" data-scripted hidden", ""))
    assert page.elements[0].attributes == {"class": shape}
    assert page.values("data-title") == ["X"]
    assert words in page.text
