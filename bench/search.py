"""`python -m bench.search`: measures the search: as-you-type, index size, rebuild rate, from commit to findable."""

import argparse
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from commons.search.engines.embedded.engine import EmbeddedEngine
from commons.search.engines.protocol import Document, Question, Shape

RESULTS = Path(__file__).parent / "results" / "search.json"
FACETS = {"domain": 16, "format": 26, "audience": 29, "effort_setup": 6, "cost_setup": 8}
SHAPE = Shape(tuple(FACETS))
TYPED = (
    "médiation école", "captation spectacle", "billetterie en ligne", "accessibilité numérique", "podcast théâtre",
    "mediaton ecole", "réseaux sociaux jeunes", "archives photographiques", "visite virtuelle musée", "bibliotheqe",
)  # fmt: skip
_NOUNS = """
médiation école captation spectacle billetterie ligne accessibilité numérique podcast théâtre réseau jeune
archive photographie visite musée bibliothèque atelier public récit opéra danse cirque festival orchestre
exposition partition lumière décor costume saison abonnement lycée quartier hôpital territoire diffusion
création résidence artiste vidéo son image carte parcours jeu collecte donnée droit licence budget
"""
NOUNS = tuple(_NOUNS.split())
LINKS = ("le", "la", "de", "des", "du", "un", "une", "et", "à", "pour", "avec", "dans", "sur", "qui", "que")
SYLLABLES = ("ba", "ro", "ti", "mé", "lan", "cou", "dri", "fé", "gor", "pli", "sa", "ver", "nou", "chi", "tra", "quel")
WORDS, TOPICS = 40_000, 8


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """Yield plausible sheets of some 190 words: small words, a vocabulary by Zipf's law, eight topics of 51 each.

    So a word that people search for is in a sixth of all sheets.
    """
    draw = random.Random(seed)  # noqa: S311 - the same numbers each time, on purpose
    known = sorted({"".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))) for _ in range(WORDS)})
    draw.shuffle(known)
    zipf = list(itertools.accumulate(1 / rank for rank in range(10, len(known) + 10)))
    for number in range(count):
        topics = draw.sample(NOUNS, TOPICS)
        text = draw.choices(LINKS, k=70) + draw.choices(known, cum_weights=zipf, k=90) + draw.choices(topics, k=30)
        draw.shuffle(text)
        yield Document(
            kind="sheet",
            id=f"{number:026d}",
            title=" ".join([*topics[:2], *text[:5]]).capitalize(),
            audiences=("public",) if draw.random() < 0.9 else (f"network:{draw.randint(1, 20)}",),  # noqa: PLR2004 - a tenth is kept
            keywords=tuple(text[7:11]),
            summary=" ".join(text[11:35]),
            body=" ".join(text[35:]),
            facets={name: tuple({f"{name}{draw.randrange(size)}" for _ in range(2)}) for name, size in FACETS.items()},
            trials=draw.randint(0, 5),
            fresh=1_700_000_000 + number,
        )


def keystrokes() -> list[str]:
    """Return every beginning of the typed searches, from two letters on."""
    return [text[:end] for text in TYPED for end in range(2, len(text) + 1)]


def percentiles(ask: Callable[[str], Any], texts: list[str]) -> dict[str, float]:
    """Return the median, the 95th percentile and the worst of the milliseconds that each text takes."""
    took = []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - start) * 1000)
    cut = statistics.quantiles(took, n=20)
    return {"p50_ms": round(statistics.median(took), 1), "p95_ms": round(cut[18], 1), "max_ms": round(max(took), 1)}


def measured(count: int, folder: Path) -> dict[str, Any]:
    """Build an index of that many documents and measure it."""
    engine = EmbeddedEngine(folder)
    start = time.perf_counter()
    engine.rebuild(documents(count), SHAPE)
    built = time.perf_counter() - start
    audiences = ("public", "members", "network:1", "network:2")

    def ask(text: str) -> Any:
        return engine.search(Question(text, audiences, facets=SHAPE.facets, limit=20), SHAPE)

    ask("chauffe")
    typed = percentiles(ask, keystrokes())
    one = next(documents(1, seed=2))
    writes = percentiles(lambda _text: engine.write([one], [], SHAPE), ["x"] * 20)
    return {
        "documents": count,
        "rebuild_seconds": round(built, 1),
        "documents_a_second": round(count / built),
        "index_megabytes": round(engine.status()["bytes"] / 1e6, 1),
        "typed": typed,
        "one_write": writes,
    }


def main() -> None:
    """Measure each size; 100,000 documents take some two minutes."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=main.__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    rows = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="commons-bench-") as folder:
            rows.append(measured(size, Path(folder)))
        print(json.dumps(rows[-1]))  # noqa: T201 - a command prints
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
