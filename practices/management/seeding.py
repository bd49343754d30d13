"""Owns plausible sheets in any number, for benchmarks: the same for the same seed, written in bulk, removable."""

import datetime
import random
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from commons.people.models import Institution, User
from commons.statistics import count_rows
from commons.text.markdown import RENDERER_VERSION, render
from commons.vocabularies.queries import entries_of
from practices.actions.glossary import terms_for
from practices.actions.versions import HOUSE_FACTS
from practices.enums import EditorialState
from practices.fields import markdown_parts
from practices.fields.facets import HOUSE_FACETS
from practices.fields.table import facet_fields
from practices.fields.values import codes_of, without_empty
from practices.models import Sheet, TaggedSheet, Version

SOURCE = "seed:"
FACET = 'INSERT INTO "practices_facetvalue" ("sheet_id", "field", "code") VALUES (%s, %s, %s)'
HOUSE_PREFIX = "semis-"
MAIL_DOMAIN = "semis.example"
CHUNK = 500
PEOPLE_PER_HOUSE = 4
YEARS = 4
KINDS = ("practice", "practice", "practice", "guide")
DEEDS = [
    "Filmer",
    "Raconter",
    "Archiver",
    "Traduire",
    "Ouvrir",
    "Partager",
    "Préparer",
    "Prolonger",
    "Cartographier",
    "Simplifier",
]
THINGS = [
    "les répétitions",
    "la saison",
    "les archives",
    "un concert",
    "la visite",
    "les coulisses",
    "le programme",
    "un atelier",
    "la billetterie",
    "une exposition",
    "les métiers",
    "le quartier",
]
WAYS = [
    "avec les lycéens",
    "en podcast",
    "à trois",
    "sans budget",
    "en langue des signes",
    "depuis la régie",
    "par lettre",
    "avec des bénévoles",
    "en une semaine",
    "pour les absents",
    "sur une carte sonore",
    "en facile à lire",
]
SENTENCES = (
    "Nous avons commencé petit, avec une seule salle.",
    "L’équipe d’accueil a pris **la moitié** des décisions.",
    "Le premier essai n’a réuni que douze personnes.",
    "Nous avons noté chaque question posée au guichet.",
    "Le matériel vient d’un [prêt entre voisins](https://exemple.example/).",
    "Rien n’a été publié sans l’accord écrit des artistes.",
    "La deuxième saison a coûté deux fois moins.",
    "Un retour par trimestre suffit à corriger le tir.",
    "Les familles reviennent quand l’horaire ne change pas.",
    "Il a fallu expliquer trois fois pourquoi nous le faisions.",
)
TAGS = ("Captation", "Médiation", "Podcast", "Archives vivantes", "Publics éloignés", "Accessibilité numérique")


@transaction.atomic
def seed_sheets(*, sheets: int, people: int, seed: int) -> tuple[int, int]:
    """Bring the seeded sheets and people up to these numbers; return how many of each were added.

    The n-th sheet of a seed is the same whoever was asked for before it; its dates count back from today.
    """
    houses = _houses(max(people // PEOPLE_PER_HOUSE, 5), seed)
    added_people = _people(people, houses)
    known = set(Sheet.objects.filter(source_key__startswith=f"{SOURCE}{seed}:").values_list("source_key", flat=True))
    missing = [n for n in range(sheets) if f"{SOURCE}{seed}:{n}" not in known]
    today = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    for start in range(0, len(missing), CHUNK):
        _write([_sheet(n, seed, houses, today) for n in missing[start : start + CHUNK]])
    if missing:
        count_rows()
    return len(missing), added_people


@transaction.atomic
def remove_seeded() -> int:
    """Remove everything that seeding brought, whatever the seed; return how many sheets went."""
    sheets = Sheet.objects.filter(source_key__startswith=SOURCE)
    count = sheets.count()
    sheets.delete()
    User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}").delete()
    Institution.objects.filter(slug__startswith=HOUSE_PREFIX).delete()
    return count


def _houses(count: int, seed: int) -> list[Institution]:
    draw = random.Random(f"houses {seed}")  # noqa: S311 - the same houses for the same seed
    types, sizes = list(entries_of("institution_type")), list(entries_of("team_size"))
    wanted = [
        Institution(
            slug=f"{HOUSE_PREFIX}{n}",
            name=f"Maison des Semis {n}",
            type=draw.choice(types),
            team_size=draw.choice(sizes),
            place=f"Semis-sur-Aize {n}",
        )
        for n in range(count)
    ]
    Institution.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=CHUNK)
    return list(Institution.objects.filter(slug__in=[house.slug for house in wanted]).order_by("pk"))


def _people(count: int, houses: list[Institution]) -> int:
    emails = [f"personne-{n}@{MAIL_DOMAIN}" for n in range(count)]
    known = set(User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}").values_list("email", flat=True))
    password = make_password(None)
    new = [
        User(email=email, password=password, public_name=f"Personne {n}", institution=houses[n % len(houses)])
        for n, email in enumerate(emails)
        if email not in known
    ]
    return len(User.objects.bulk_create(new, batch_size=CHUNK))


def _sheet(number: int, seed: int, houses: list[Institution], today: datetime.datetime) -> Sheet:
    draw = random.Random(f"sheet {seed} {number}")  # noqa: S311 - the same sheet for the same seed
    house = draw.choice(houses)
    content = without_empty(_content(draw, house))
    moment = today - datetime.timedelta(minutes=draw.randrange(YEARS * 365 * 24 * 60))
    sheet = Sheet(content=content, source_key=f"{SOURCE}{seed}:{number}", stamps=dict.fromkeys(content, 1))
    for column, value in (("title", content["title"]), ("kind", content["kind"]), ("summary", content["summary"])):
        setattr(sheet, column, value)
    for column in ("created_at", "updated_at", "submitted_at", "published_at", "confirmed_at", "last_activity_at"):
        setattr(sheet, column, moment)
    sheet.editorial_state = draw.choice((EditorialState.CANDIDATE, EditorialState.ADOPTED, EditorialState.ADOPTED))
    sheet.outcome, sheet.evidence = content.get("outcome", ""), content.get("evidence", "")
    sheet.effort_setup = content.get("effort_setup", "")
    sheet.cost_setup = content.get("cost_setup", {}).get("band", "")
    sheet.status = content.get("status", {}).get("code", "")
    sheet.institution = house
    return sheet


def _content(draw: random.Random, house: Institution) -> dict[str, Any]:
    kind = draw.choice(KINDS)
    some = {
        "title": f"{draw.choice(DEEDS)} {draw.choice(THINGS)} {draw.choice(WAYS)}",
        "kind": kind,
        "language": "fr",
        "summary": " ".join(_plain(draw, 2)),
        "domain": _codes(draw, "practice_domain", 2),
        "institution": house.slug,
        "what": _prose(draw, 6),
        "format": _codes(draw, "digital_format", 2),
        "audience": _codes(draw, "audience", 2),
        "discipline": _codes(draw, "discipline", 1),
        "tags": draw.sample(TAGS, 2),
        "authors": [{"name": f"Personne {draw.randrange(100)}"}],
        "confidentiality": "public",
        "licence": "CC-BY-SA-4.0",
    }
    return some if kind == "guide" else some | _practice(draw)


def _practice(draw: random.Random) -> dict[str, Any]:
    return {
        "problem": _prose(draw, 1),
        "aim": _prose(draw, 1),
        "steps": [{"title": f"{draw.choice(DEEDS)} {draw.choice(THINGS)}", "text": _prose(draw, 1)} for _n in range(3)],
        "status": {"code": _codes(draw, "status", 1)[0]},
        "phase": _codes(draw, "journey_phase", 1),
        "modality": {"code": _codes(draw, "modality", 1)[0]},
        "cost_setup": {"band": _codes(draw, "budget_band", 1)[0]},
        "effort_setup": _codes(draw, "effort_band", 1)[0],
        "outcome": _codes(draw, "outcome", 1)[0],
        "evidence": draw.choice(("testimony", "suggestive", "moderate")),
        "results": {"text": _prose(draw, 2)},
        "if_again": _prose(draw, 1),
    }


def _plain(draw: random.Random, count: int) -> list[str]:
    return draw.sample([sentence for sentence in SENTENCES if "*" not in sentence and "[" not in sentence], count)


def _prose(draw: random.Random, count: int) -> str:
    return "\n\n".join(draw.sample(SENTENCES, count))


def _codes(draw: random.Random, vocabulary: str, count: int) -> list[str]:
    return draw.sample([code for code in entries_of(vocabulary) if code != "other"], count)


def _write(sheets: list[Sheet]) -> None:
    Sheet.objects.bulk_create(sheets, batch_size=CHUNK)
    versions = Version.objects.bulk_create(map(_version, sheets), batch_size=CHUNK)
    own = Version.objects.filter(sheet=OuterRef("pk")).values("pk")
    Sheet.objects.filter(pk__in=[version.sheet_id for version in versions]).update(version=Subquery(own))
    with connection.cursor() as cursor:  # seventeen rows a sheet: as objects they would take as long as all the rest
        cursor.executemany(FACET, [row for sheet in sheets for row in _facets(sheet)])
    terms = dict(zip(TAGS, terms_for(TAGS), strict=True))
    borne = ((terms[tag], sheet) for sheet in sheets for tag in sheet.content["tags"])
    TaggedSheet.objects.bulk_create((TaggedSheet(tag=t, content_object=s) for t, s in borne), batch_size=CHUNK)


def _version(sheet: Sheet) -> Version:
    html = {path: _rendered(source) for path, source in markdown_parts(sheet.content)}
    house = {fact: getattr(sheet.institution, fact) for fact in HOUSE_FACTS}
    facts = {
        "renderer": RENDERER_VERSION,
        "created_at": sheet.published_at,
        "reason": "Semis",
        "network": sheet.network,
    }
    return Version(sheet=sheet, number=1, content=sheet.content, html=html, house=house, **facts)


@lru_cache(maxsize=4096)
def _rendered(source: str) -> str:
    return "".join(f"{_one(paragraph)}\n" for paragraph in source.split("\n\n")).strip()


@lru_cache(maxsize=64)
def _one(paragraph: str) -> str:
    return render(paragraph, prefix="semis")


def _facets(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for field in facet_fields():
        for code in dict.fromkeys(codes_of(field, sheet.content)):
            yield sheet.pk, field.code, code
    for facet in HOUSE_FACETS:
        yield sheet.pk, facet.code, getattr(sheet.institution, facet.fact)
