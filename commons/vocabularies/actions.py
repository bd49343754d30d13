"""Writes the vocabularies: from the shipped data, or by a curator's hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from commons.permissions import require
from commons.vocabularies.models import Entry, Vocabulary
from commons.vocabularies.queries import forget

DATA = Path(__file__).parent / "data"
ENTRY_TEXTS = {"label_fr": "fr", "label_en": "en"}
ENTRY_FACTS = ("definition_fr", "definition_en", "broader", "deprecated_by", "exact_match")


@transaction.atomic
def load_vocabularies(folder: Path = DATA) -> int:
    """Add the shipped codes that are missing and return how many; what curators changed by hand stays as it is."""
    added = 0
    for path in sorted(folder.glob("*.yaml")):
        added += _load(yaml.safe_load(path.read_text(encoding="utf-8")))
    forget()
    return added


def _load(data: Mapping[str, Any]) -> int:
    vocabulary, _created = Vocabulary.objects.get_or_create(
        code=data["code"],
        defaults={
            "label_fr": data["fr"],
            "label_en": data["en"],
            "definition_fr": data.get("definition_fr") or "",
            "definition_en": data.get("definition_en") or "",
            "accepts_other": bool(data.get("other")),
        },
    )
    known = set(vocabulary.entries.values_list("code", flat=True))
    missing = [
        Entry(
            vocabulary=vocabulary,
            code=str(entry["code"]),
            position=position,
            rank=entry.get("rank"),
            **{name: entry[key] for name, key in ENTRY_TEXTS.items()},
            **{name: entry.get(name) or "" for name in ENTRY_FACTS},
        )
        for position, entry in enumerate(data["entries"])
        if str(entry["code"]) not in known
    ]
    Entry.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def change_entry(*, by: AbstractBaseUser, entry: Entry, values: Mapping[str, str]) -> Entry:
    """Change an entry's labels, definitions or successor. Its code never changes: sheets bear it."""
    require(by, "people.change_vocabulary", entry)
    for name in ("label_fr", "label_en", "definition_fr", "definition_en", "deprecated_by"):
        setattr(entry, name, values.get(name, getattr(entry, name)).strip())
    entry.save()
    transaction.on_commit(forget)
    return entry
