"""Reads libical's recurrence vectors."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Vector:
    """One rule of the corpus, with what must come of it; `line` is where its RRULE stands."""

    line: int
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def start(self) -> datetime.datetime:
        return moment(self.facts["DTSTART"])

    @property
    def is_unknown(self) -> bool:
        return "UNIMPLEMENTED" in self.facts.get("INSTANCES", "")

    @property
    def instances(self) -> list[datetime.datetime]:
        """Return the expected starts; libical says of two rules that it does not expand them itself."""
        listed = "" if self.is_unknown else self.facts.get("INSTANCES", "")
        return [moment(text) for text in listed.split(",") if text]


def moment(text: str) -> datetime.datetime:
    shape = "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d"
    return datetime.datetime.strptime(text.rstrip("Z"), shape)  # noqa: DTZ007 - the corpus speaks of clocks on walls


def vectors_in(corpora: Path) -> list[Vector]:
    found: list[Vector] = []
    lines = (corpora / "rrule" / "libical-recurrence-vectors.txt").read_text("utf-8").splitlines()
    for number, text in enumerate(lines, start=1):
        name, colon, value = text.partition(":")
        if name == "RRULE":
            found.append(Vector(number))
        if colon and found and name.replace("-", "").isupper() and not text.startswith("#"):
            found[-1].facts[name] = value.strip()
    return found
