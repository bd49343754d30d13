"""Owns reading the demonstration's data files; dates in them are relative to today."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

DATA = Path(__file__).parent / "data"
SOURCE = "demo:"
NOON = datetime.time(12)
DAYS_IN_MONTH = 30.44
_MONTHS_AGO = re.compile(r"-(\d+) months")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Values = dict[str, Any]


@dataclass(frozen=True)
class SheetFile:
    """One sheet: its slug among the demonstration's, its content by field code, and the life it had."""

    slug: str
    content: Values
    life: Values

    @property
    def source_key(self) -> str:
        """Return what marks the loaded sheet as the demonstration's."""
        return SOURCE + self.slug


def rows_of(name: str) -> Any:
    """Return what the YAML file of that name holds."""
    return _parse((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def sheet_files(today: datetime.date) -> list[SheetFile]:
    """Return the sheets, oldest first, so that one may be based on another."""
    files = [_sheet_file(path, today) for path in sorted(DATA.glob("sheets/*.md"))]
    return sorted(files, key=lambda file: -file.life["created"])


def _sheet_file(path: Path, today: datetime.date) -> SheetFile:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    content = resolved(_parse(front), today)
    life = content.pop("demo")
    if body.strip():
        content["what"] = body.strip()
    return SheetFile(path.stem, content, life)


def resolved(value: Any, today: datetime.date) -> Any:
    """Return the value with every `-N months` in it turned into the ISO date it means today."""
    if isinstance(value, dict):
        return {key: resolved(inner, today) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, today) for inner in value]
    if isinstance(value, str) and (match := _MONTHS_AGO.fullmatch(value)):
        return (today - datetime.timedelta(days=round(int(match[1]) * DAYS_IN_MONTH))).isoformat()
    return value


def moment(today: datetime.date, days_ago: float) -> datetime.datetime:
    """Return noon of the day that many days ago."""
    noon = timezone.make_aware(datetime.datetime.combine(today, NOON))
    return noon - datetime.timedelta(days=round(days_ago))


def _parse(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, the one in C where it was built
