"""Certificates go to who was there and to nobody else; minutes as PDF say what Markdown says."""

import datetime
import re
import zlib

import pytest
import time_machine
from django.utils import timezone, translation

from events.actions import add_block, answer, freeze_minutes, submit_minutes
from events.models import Minutes, Occurrence, Seat
from frontend.pages.workshops.papers import certificate_page, minutes_page
from tests.factories.events import occurrence_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytest.importorskip("weasyprint", exc_type=OSError, reason="Pango is not on this machine")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:weasyprint", "ignore::DeprecationWarning:fontTools"),
]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<body>")[1]).split())


def test_who_was_there_says_so_a_host_confirms_and_the_certificate_follows() -> None:
    network = NetworkFactory.create(name="Réseau des scènes rurales")
    host, person, absent, passer_by = curator_of(network), *UserFactory.create_batch(3)
    occurrence = occurrence_of(host, network=network, start="2026-10-13T14:00", rrule="", title="Le podcast du bar")
    base = f"/ateliers/{occurrence.pk}"
    with time_machine.travel("2026-10-01T10:00:00Z"):
        for who in (person, absent):
            answer(by=who, occurrence=occurrence)
        assert "J’y étais" not in signed_in(person).get(occurrence.get_absolute_url()).content.decode()
        assert signed_in(person).post(f"{base}/j-y-etais/").status_code == 409
        assert "n’a pas encore commencé" in signed_in(host).get(f"{base}/presence/").content.decode()
    with time_machine.travel("2026-10-13T13:00:00Z"):
        for who in (person, passer_by):
            assert "J’y étais" in signed_in(who).get(occurrence.get_absolute_url()).content.decode()
            signed_in(who).post(f"{base}/j-y-etais/")
            assert "doit encore le confirmer" in signed_in(who).get(occurrence.get_absolute_url()).content.decode()
            assert signed_in(who).get(f"{base}/attestation.pdf").status_code == 404
        asked = re.findall(r'value="(\d+)"( checked)?>', signed_in(host).get(f"{base}/presence/").content.decode())
        assert sorted(asked) == sorted(
            [(f"{absent.pk}", ""), (f"{person.pk}", " checked"), (f"{passer_by.pk}", " checked")]
        )
        assert signed_in(person).get(f"{base}/presence/").status_code == 403
        signed_in(host).post(f"{base}/presence/", {"people": [person.pk, passer_by.pk, "x"]})
    given = signed_in(person).get(f"{base}/attestation.pdf")
    assert (given.status_code, given["Content-Type"], given["Cache-Control"]) == (
        200,
        "application/pdf",
        "private, no-cache",
    )
    inside = b"".join(map(zlib.decompress, re.findall(rb"stream\n(.*?)\nendstream", given.content, re.DOTALL)))
    assert (given.content[:5], b"/StructTreeRoot" in inside, b"pdfuaid" in given.content + inside) == (
        b"%PDF-",
        True,
        True,
    )
    assert "Mon attestation de présence" in signed_in(person).get(occurrence.get_absolute_url()).content.decode()
    assert signed_in(absent).get(f"{base}/attestation.pdf").status_code == 404
    said = words(certificate_page(occurrence, Seat.objects.get(user=person)))
    for fact in (
        f"{person.public_name} a participé",
        "13 octobre 2026",
        "1 h 30",
        "14:00–15:30 (Paris)",
        "Le podcast du bar",
        "Organisé par Réseau des scènes rurales",
        "a confirmé cette présence le 13 octobre 2026",
    ):
        assert fact in said
    with translation.override("en"):
        assert "Certificate of attendance" in certificate_page(occurrence, Seat.objects.get(user=person))


def written(occurrence: Occurrence) -> Minutes:
    person = UserFactory.create(public_name="Ludivine Carrel", is_credited=True)
    add_block(by=person, occurrence=occurrence, text="Compter les places vides", values={"kind": "practice"})
    return Minutes.objects.select_related("occurrence__series").get()


def test_minutes_say_their_state_and_the_same_words() -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host, title="Le podcast du bar", start="2026-12-08T14:00", rrule="")
    page = f"/ateliers/{occurrence.pk}/compte-rendu.pdf"
    assert signed_in(host).get(page).status_code == 404
    minutes = written(occurrence)
    said = words(minutes_page(minutes))
    assert ("Texte provisoire" in said, "Compter les places vides" in said, "Ludivine Carrel" in said) == (True,) * 3
    submit_minutes(by=host, occurrence=occurrence)
    freeze_minutes(now=timezone.now() + datetime.timedelta(days=8))
    minutes.refresh_from_db()
    frozen = words(minutes_page(minutes))
    assert ("Approuvé le" in frozen, "Compter les places vides" in frozen) == (True, True)
    assert signed_in(host).get(page).content[:5] == b"%PDF-"
    assert f'href="{page}"' in signed_in(host).get(occurrence.get_absolute_url()).content.decode()


def test_minutes_under_chatham_name_nobody() -> None:
    said = words(minutes_page(written(occurrence_of(is_chatham=True))))
    assert ("Compter les places vides" in said, "Règle de Chatham House" in said, "Carrel" in said) == (
        True,
        True,
        False,
    )
