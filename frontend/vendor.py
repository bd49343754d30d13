"""Refresh the vendored front-end files from npm: run `npm ci`, then `python frontend/vendor.py`.

Writes htmx, the icon sprite (only the icons named in `frontend/data/icons.txt`) and our cuts of the two
font families under `frontend/static/vendor/`, each beside its licence. Nothing here runs when Commons is served.
"""

import re
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "frontend" / "static" / "vendor"

ICONS = ROOT / "frontend" / "data" / "icons.txt"

# Latin-1 (without the soft hyphen) and what French and English need besides: Œ œ Ÿ, dashes, quotes, dagger, bullet,
# ellipsis, euro, arrows, minus, numero, prime, thin and narrow no-break spaces.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x100)]
SIGNS = [
    0x0152,
    0x0153,
    0x0178,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201A,
    0x201C,
    0x201D,
    0x201E,
    0x2020,
    0x2022,
    0x2026,
    0x2039,
    0x203A,
    0x20AC,
    0x2190,
    0x2192,
    0x2191,
    0x2193,
    0x2212,
    0x2116,
    0x2032,
    0x2009,
    0x202F,
]

GROTESK = "bricolage-grotesque/files/bricolage-grotesque-latin-standard-normal.woff2"
SERIF = "newsreader/files/newsreader-latin-standard-{style}.woff2"
CUTS: dict[str, tuple[str, dict[str, float | tuple[float, float]]]] = {
    "grotesk.woff2": (GROTESK, {"opsz": 14, "wdth": 90, "wght": (400, 800)}),
    "serif.woff2": (SERIF.format(style="normal"), {"opsz": 16, "wght": 400}),
    "serif-italic.woff2": (SERIF.format(style="italic"), {"opsz": 16, "wght": 400}),
}


def cut_font(source: Path, target: Path, axes: dict[str, float | tuple[float, float]]) -> None:
    """Pin or narrow the axes of a variable font and keep only our characters (allowed by the OFL: no reserved name)."""
    font = instancer.instantiateVariableFont(TTFont(source, recalcTimestamp=False), axes)
    options = subset.Options(hinting=False, layout_features=["kern", "liga", "calt", "ccmp", "locl", "mark", "lnum"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS + SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def vendor_fonts() -> None:
    """Cut the three font files and copy the licences of both families."""
    folder = VENDOR / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    families = MODULES / "@fontsource-variable"
    for name, (source, axes) in CUTS.items():
        cut_font(families / source, folder / name, axes)
    for family in ("bricolage-grotesque", "newsreader"):
        shutil.copy(families / family / "LICENSE", folder / f"{family}.LICENSE.txt")


def icon_symbol(name: str) -> str:
    """Return one lucide icon as a `<symbol>`, without its comment, class and presentation attributes."""
    svg = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text()
    match = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if match is None:
        message = f"no drawing in the icon {name}"
        raise ValueError(message)
    body = re.sub(r"\s+", " ", match[1]).replace(" />", "/>").replace("> <", "><").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def vendor_icons() -> None:
    """Write the sprite that `{% include "components/icon.html" %}` points into."""
    folder = VENDOR / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    symbols = "\n".join(icon_symbol(name) for name in ICONS.read_text().split())
    (folder / "sprite.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')
    shutil.copy(MODULES / "lucide-static" / "LICENSE", folder / "LICENSE.txt")


def vendor_htmx() -> None:
    """Copy the minified htmx, without the pointer to a source map that we do not ship."""
    folder = VENDOR / "htmx"
    folder.mkdir(parents=True, exist_ok=True)
    script = (MODULES / "htmx.org" / "dist" / "htmx.min.js").read_text()
    (folder / "htmx.min.js").write_text(re.sub(r"\n?//# sourceMappingURL=.*\n?", "\n", script))
    shutil.copy(MODULES / "htmx.org" / "LICENSE", folder / "LICENSE.txt")


if __name__ == "__main__":
    vendor_fonts()
    vendor_icons()
    vendor_htmx()
