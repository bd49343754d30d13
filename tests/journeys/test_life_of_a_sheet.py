"""The main journey: an account, a draft that survives a lost tab, a return, an adoption, a trial, a rating, a mean."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from commons.people.models import Network, User
from practices.actions import save_sheet
from practices.models import Sheet
from tests.factories.people import PASSWORD, InstitutionFactory, NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import PUBLISHABLE

EMAIL = "camille@pont.example"


def sign_in(page: Page, url: str, email: str) -> None:
    EmailAddress.objects.create(user=User.objects.get(email=email), email=email, verified=True, primary=True)
    page.goto(f"{url}/compte/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/")


@pytest.fixture
def visit(browser: Browser, application_url: str) -> Callable[[str], Page]:
    """Return a way to open a page as another person, in a browser of their own."""

    def open_as(email: str) -> Page:
        page = browser.new_context(locale="fr-FR").new_page()
        sign_in(page, application_url, email)
        return page

    return open_as


def sign_up(page: Page, url: str) -> User:
    """Open an account and confirm the address with the code that came by mail."""
    page.goto(f"{url}/compte/signup/")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=public_name]", "Camille D.")
    page.fill("[name=password1]", PASSWORD)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    expect(page.locator("[name=code]")).to_be_visible()
    (sent,) = mail.outbox
    code = re.search(r"^\s*([A-Z0-9]{4,}-?[A-Z0-9]*)\s*$", str(sent.body), re.MULTILINE)
    assert code, sent.body
    page.fill("[name=code]", code[1])
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    expect(page).not_to_have_url(re.compile("confirm|verif|code"))
    newcomer = User.objects.get(email=EMAIL)
    assert newcomer.public_name == "Camille D."
    return newcomer


def test_a_sheet_lives_from_draft_to_the_mean_of_houses_like_mine(
    application_url: str, page: Page, visit: Callable[[str], Page]
) -> None:
    network, author = NetworkFactory.create(name="Les Cintres"), sign_up(page, application_url)
    author.institution = InstitutionFactory.create(name="Le Pont")
    author.save()
    join(author, network)
    curator = curator_of(network)

    page = write_and_lose_the_tab(application_url, page)
    propose(page, network)
    desk = visit(curator.email)
    decide(desk, application_url, "Renvoyer à ses auteur·rices", "Dites ce que cela a coûté.")

    page.goto(f"{application_url}/mes-fiches/")
    expect(page.get_by_text("Dites ce que cela a coûté.")).to_be_visible()
    sheet = Sheet.objects.get()
    save_sheet(by=author, sheet=sheet, values=PUBLISHABLE, revision=sheet.revision)  # thirty more fields, typed once
    page.locator("main").get_by_role("link", name=re.compile("^Proposer")).click()
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_text("Votre fiche est proposée.")).to_be_visible()
    decide(desk, application_url, "Adopter", "")
    sheet.refresh_from_db()
    assert sheet.editorial_state == "adopted"

    here = f"{application_url}/fiches/{sheet.pk}/{sheet.slug}/"
    try_and_rate(visit(UserFactory.create(institution=InstitutionFactory.create(name="Le Quai")).email), here)
    third = visit(UserFactory.create().email)
    third.goto(here)
    expect(third.get_by_text("Le Quai").first).to_be_visible()
    expect(third.get_by_text(re.compile("maisons comme la vôtre", re.IGNORECASE)).first).to_be_visible()


def write_and_lose_the_tab(url: str, page: Page) -> Page:
    """Begin a draft, close the tab before its last words reach the server, find them again in another."""
    page.goto(f"{url}/ecrire/")
    page.fill("[name=title]", "Le podcast du bar")
    page.get_by_role("button", name="Commencer").click()
    page.fill("[name=summary]", "Un podcast enregistré au bar.")
    expect(page.locator("[data-saved]")).to_have_text("Enregistré")
    page.fill("[name=problem]", "Ils n’osent pas venir.")
    lost = page.url
    context = page.context
    page.close()  # the tab is lost before the last words reached the server

    page = context.new_page()
    page.goto(lost)
    expect(page.locator("[name=summary]")).to_have_value("Un podcast enregistré au bar.")
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.locator("[name=problem]")).to_have_value("Ils n’osent pas venir.")
    expect(page.locator("[data-saved]")).to_have_text("Enregistré")
    page.fill("[name=aim]", "Cent écoutes.")
    page.check("[name=domain][value=mediation]")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.fill("[name=what]", "Nous avons posé **un micro** au bar.")
    page.select_option("[name='status.code']", "experiment")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    return page


def propose(page: Page, network: Network) -> None:
    page.get_by_role("link", name="Proposer la fiche").click()
    page.select_option("[name=network]", str(network.pk))
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_text("Votre fiche est proposée.")).to_be_visible()


def decide(desk: Page, url: str, decision: str, reason: str) -> None:
    desk.goto(f"{url}/a-decider/")
    desk.get_by_role("link", name="Le podcast du bar").click()
    desk.get_by_label(decision).check()
    desk.fill("[name=reason]", reason)
    desk.get_by_role("button", name="Enregistrer la décision").click()
    expect(desk.get_by_text("Votre décision est enregistrée")).to_be_visible()


def try_and_rate(page: Page, here: str) -> None:
    page.goto(here)
    page.get_by_role("link", name="Nous l’avons essayée").click()
    page.get_by_label("Adaptée").check()
    page.fill("[name=changed]", "Au foyer plutôt qu’au bar.")
    page.get_by_label("A fonctionné", exact=True).check()
    page.fill("[name=recommend]", "9")
    page.get_by_role("button", name="Publier notre essai").click()
    expect(page.get_by_text("Au foyer plutôt qu’au bar.")).to_be_visible()
    page.get_by_role("link", name="Donner mon avis").click()
    for aspect, mark in (("useful", 5), ("clear", 4), ("transferable", 3)):
        page.check(f"[name={aspect}][value='{mark}']")
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.get_by_text("Merci pour votre avis.")).to_be_visible()
