"""A whole workshop with three people: topics, seats, the room, minutes at once across a cut, a sheet, a certificate."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from commons.people.models import User
from events.actions import change_occurrence, freeze_minutes
from events.models import Block, Occurrence, Poll
from events.recurrence import wall_clock
from practices.models import Sheet
from tests.factories.events import occurrence_of
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

LIVE = "La salle se met à jour toute seule."
FIRST, SECOND = "Un message la veille", "Un message la veille au soir"
OTHER = "Un message le matin même"


@pytest.fixture
def visit(browser: Browser, application_url: str) -> Callable[[User], Page]:
    """Return a way to browse as another person, who is signed in."""

    def open_as(person: User) -> Page:
        context = browser.new_context(locale="fr-FR", base_url=application_url)
        key = signed_in(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": application_url}])
        return context.new_page()

    return open_as


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def prepare(host: Page, one: Page, two: Page, occurrence: Occurrence) -> None:
    """Propose a topic, vote for it, confirm, make the agenda of it, take seats."""
    for page in (one, two, host):
        page.goto(occurrence.get_absolute_url())
    one.get_by_label("Proposer un sujet").fill("Les places vides")
    press(one, "Proposer")
    two.reload()
    press(two, "Je vote pour : Les places vides")
    expect(two.get_by_text("2 voix")).to_be_visible()
    host.reload()
    press(host, "Confirmer la séance")
    press(host, "Faire l’ordre du jour des sujets")
    for page in (one, two):
        press(page, "Je viens")
        expect(page.get_by_text("Votre place est réservée.")).to_be_visible()


def begin(host: User, occurrence: Occurrence) -> None:
    """Let the day come: the meeting is moved to ten minutes ago."""
    start = wall_clock(timezone.now() - datetime.timedelta(minutes=10), "Europe/Paris").replace(microsecond=0)
    change_occurrence(by=host, occurrence=occurrence, values={"start": start.isoformat()})


def speak(host: Page, one: Page, two: Page) -> None:
    """Ask to speak, get the floor, leave it."""
    one.get_by_label("Je demande la parole pour").select_option("reply")
    press(one, "Demander la parole")
    for page in (host, one, two):
        expect(page.locator("#file")).to_contain_text("Alix Réponse à ce qui vient d’être dit")
    expect(two.get_by_role("button", name="Donner la parole")).to_have_count(0)
    press(host, "Donner la parole : Alix")
    expect(two.locator(".room-floor")).to_contain_text("Alix")
    expect(two.get_by_role("log")).to_contain_text("Alix a la parole.")
    press(one, "A fini de parler")
    expect(host.locator(".room-floor")).to_have_count(0)


def poll(host: Page, one: Page, two: Page) -> None:
    """Open a poll; what was answered shows only to who has answered, until it is closed."""
    host.get_by_text("Ouvrir un sondage").click()
    host.locator("#sondage_question").fill("Un rappel ?")
    host.locator("#sondage_options").fill("La veille\nLe matin")
    press(host, "Ouvrir le sondage")
    press(one, "La veille")
    expect(one.locator("#sondages")).to_contain_text("1 · 100 %")
    expect(two.locator("#sondages")).to_contain_text("1 réponse · les résultats se voient une fois que l’on a répondu")
    expect(two.locator(".poll-options")).to_have_count(0)
    press(host, "Clore le sondage : Un rappel ?")
    expect(two.locator("#sondages")).to_contain_text("1 · 100 %")


def write(host: Page, one: Page, two: Page) -> None:
    """Two people edit a block at once, the network of one of them cut: both texts are kept and shown to everybody."""
    host.get_by_label("Texte", exact=True).last.fill(FIRST)
    press(host, "Ajouter au compte rendu")
    for page in (one, two):
        page.get_by_text("Modifier").click()
    two.context.set_offline(True)
    two.locator("#blocs textarea").fill(OTHER)
    press(two, "Enregistrer")
    expect(two.locator("#attente")).to_contain_text(f"Gardé ici, envoyé dès que le réseau revient : {OTHER}")
    one.locator("#blocs textarea").fill(SECOND)
    press(one, "Enregistrer")
    expect(host.locator("#blocs .prose")).to_have_text(SECOND)
    two.context.set_offline(False)
    for page in (host, one, two):
        expect(page.locator("#blocs .prose")).to_have_text(SECOND, timeout=15_000)
        expect(page.locator("#blocs .notice")).to_contain_text(OTHER, timeout=15_000)
    expect(two.locator("#attente")).to_be_empty()


def test_a_workshop_from_its_topics_to_its_certificate(visit: Callable[[User], Page]) -> None:
    people = [UserFactory.create(public_name=name) for name in ("Hôte", "Alix", "Sacha")]
    occurrence = occurrence_of(people[0], rrule="", needs_confirmation=True, template="debate")
    host, one, two = (visit(person) for person in people)
    prepare(host, one, two, occurrence)
    begin(people[0], occurrence)
    host.goto(f"/ateliers/{occurrence.pk}/salle/")
    press(host, "Ouvrir la salle")
    for page in (one, two):
        page.goto(f"/ateliers/{occurrence.pk}/salle/")
    for page in (host, one, two):
        expect(page.locator("#wire")).to_have_text(LIVE)
    press(host, "Commencer la première étape")
    expect(one.locator("#deroule [aria-current]")).to_contain_text("restantes")
    speak(host, one, two)
    poll(host, one, two)
    write(host, one, two)
    press(host, "Lever la séance")
    expect(two.locator(".when-closed")).to_be_visible()
    assert (Poll.objects.get().counts, Block.objects.get().text) == ([1, 0], SECOND)
    one.get_by_text("Modifier").click()
    press(one, "En faire une fiche")
    expect(one).not_to_have_url(re.compile("/salle/"))
    sheet = Sheet.objects.get()
    assert occurrence.get_absolute_url() in sheet.content["based_on"]["url"]
    one.goto(occurrence.get_absolute_url())
    expect(one.locator("#compte-rendu")).to_contain_text(f"Devenu la fiche « {sheet.title} »")
    host.goto(occurrence.get_absolute_url())
    press(host, "Ouvrir la relecture (sept jours)")
    assert freeze_minutes(now=timezone.now() + datetime.timedelta(days=8)) == 1
    one.reload()
    expect(one.locator("#compte-rendu")).to_contain_text("Approuvé")
    host.goto(f"/ateliers/{occurrence.pk}/presence/")
    host.get_by_label("Alix").check()
    host.locator("main form [type=submit]").click()
    one.reload()
    paper = one.request.get(one.get_by_role("link", name="Mon attestation de présence").get_attribute("href"))
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")
