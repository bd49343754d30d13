"""What a first visit weighs, and what a strict content security policy refuses."""

import re
from pathlib import Path

import frontend

HERE = Path(frontend.__file__).parent
STATIC, TEMPLATES = HERE / "static", HERE / "templates"
KILOBYTE = 1000


def _weight(*names: str) -> float:
    return sum((STATIC / name).stat().st_size for name in names) / KILOBYTE


def test_the_style_sheets_of_every_page_stay_light() -> None:
    assert _weight("css/commons.css", "css/forms.css", "css/print.css") < 40


def test_fonts_stay_light() -> None:
    assert _weight("vendor/fonts/grotesk.woff2", "vendor/fonts/serif.woff2") < 60
    assert _weight("vendor/fonts/serif-italic.woff2") < 25


def test_every_icon_named_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/icons/sprite.svg").read_text()))
    named = {
        name
        for page in TEMPLATES.rglob("*.html")
        for name in re.findall(r'components/icon\.html" with name="([^"]+)"', page.read_text())
    }
    assert named - drawn == set()
    assert drawn == set((HERE / "data/icons.txt").read_text().split())


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    inline = re.compile(r"""\sstyle=|<style|\son[a-z]+=["']|<script(?![^>]*(?:\ssrc=|type="application/))""")
    assert [str(page) for page in TEMPLATES.rglob("*.html") if inline.search(page.read_text())] == []
