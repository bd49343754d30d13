"""The form in Chromium: rows in place, previews, a server that is away, a text two people change."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, Page, expect

from commons.people.models import User
from practices.actions import create_sheet
from practices.models import Sheet
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.sheets import join_authors, published_sheet

SAVED = "[data-saved]"


@pytest.fixture
def visit(browser: Browser, application_url: str) -> Callable[[User], Page]:
    """Return a way to open a page as a person, in a browser of their own."""

    def open_as(user: User) -> Page:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        page = browser.new_context(locale="fr-FR").new_page()
        page.goto(f"{application_url}/compte/login/")
        page.fill("[name=login]", user.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{application_url}/")
        return page

    return open_as


@pytest.fixture
def sheet(transactional_db: None) -> Sheet:  # noqa: ARG001 - written where the served application reads
    return create_sheet(by=UserFactory.create(), values={"kind": "practice", "title": "Le podcast du bar"})


def saved_words(sheet: Sheet) -> dict[str, object]:
    sheet.refresh_from_db()
    content: dict[str, object] = sheet.content
    return content


def test_rows_and_previews_come_in_place_and_survive_a_server_that_is_away(
    application_url: str, sheet: Sheet, visit: Callable[[User], Page]
) -> None:
    assert sheet.created_by
    page = visit(sheet.created_by)
    page.goto(f"{application_url}/ecrire/{sheet.pk}/story/")
    page.fill("[name=what]", "Nous avons posé **un micro**.")
    page.get_by_role("button", name="Aperçu : Ce qui a été fait").click()
    expect(page.locator("#preview-what strong")).to_have_text("un micro")
    expect(page.locator("#what_counter")).to_have_text("29 / 3000")
    page.fill("[name='steps.0.title']", "Choisir les voix")
    page.get_by_role("button", name="Ajouter une ligne : Étapes").click()
    expect(page.locator("[name='steps.2.title']")).to_be_focused()
    page.fill("[name='steps.2.title']", "Monter")
    expect(page.locator(SAVED)).to_have_text("Enregistré")
    assert saved_words(sheet)["steps"] == [{"title": "Choisir les voix"}, {"title": "Monter"}]

    page.route("**/ecrire/**", lambda route: route.abort())
    page.fill("[name='steps.1.title']", "Enregistrer")
    expect(page.locator(SAVED)).to_have_text("Pas encore enregistré : ce navigateur garde votre texte.")
    page.unroute("**/ecrire/**")
    page.goto(page.url)
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.locator(SAVED)).to_have_text("Enregistré")
    titles = [{"title": title} for title in ("Choisir les voix", "Enregistrer", "Monter")]
    assert saved_words(sheet)["steps"] == titles
    page.goto(page.url)
    expect(page.get_by_role("button", name="Le reprendre")).to_be_hidden()


def test_two_people_write_and_neither_loses_a_word(
    application_url: str, sheet: Sheet, visit: Callable[[User], Page]
) -> None:
    assert sheet.created_by
    friend = UserFactory.create()
    join_authors(sheet, friend)
    pages = [visit(sheet.created_by), visit(friend)]
    for page in pages:
        page.goto(f"{application_url}/ecrire/{sheet.pk}/essentials/")
    first, second = pages
    first.fill("[name=aim]", "Cent écoutes.")
    first.check("[name=domain][value=mediation]")
    expect(first.locator(SAVED)).to_have_text("Enregistré")
    second.fill("[name=aim]", "Dix retours écrits.")
    second.fill("[name=problem]", "Personne ne vient le mardi.")
    expect(second.locator(SAVED)).to_contain_text("Une autre personne a modifié ce champ")
    second.get_by_role("button", name="Enregistrer", exact=True).click()
    both = second.get_by_role("region", name="Objectif")
    expect(both.get_by_text("Cent écoutes.")).to_be_visible()
    expect(both.locator("[name=aim]")).to_have_value("Dix retours écrits.")
    both.locator("[name=aim]").fill("Cent écoutes et dix retours écrits.")
    both.get_by_label("Votre texte, tel qu’il est dans le formulaire").check()
    second.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(second.get_by_role("region", name="Objectif")).to_have_count(0)
    words = saved_words(sheet)
    assert [words[code] for code in ("aim", "problem", "domain")] == [
        "Cent écoutes et dix retours écrits.", "Personne ne vient le mardi.", ["mediation"],
    ]  # fmt: skip


def test_a_trial_survives_a_server_that_is_away_and_a_lost_browser(
    application_url: str, visit: Callable[[User], Page]
) -> None:
    tried, person = published_sheet(), UserFactory.create()
    address = f"{application_url}/fiches/{tried.pk}/essayer/"
    page = visit(person)
    page.goto(address)
    page.route("**/essayer/", lambda route: route.abort())
    page.check("[name=adaptation][value=adapted]")
    page.fill("[name=changed]", "Au foyer, sans estrade.")
    expect(page.locator("[data-draft-said]")).to_have_text("Brouillon gardé dans ce navigateur")
    page.unroute("**/essayer/")
    page.goto(address)
    expect(page.locator("[name=adaptation][value=adapted]")).to_be_checked()
    expect(page.locator("[name=changed]")).to_have_value("Au foyer, sans estrade.")
    expect(page.locator("[data-draft-said]")).to_have_text("Brouillon enregistré")
    page.context.close()
    EmailAddress.objects.filter(user=person).delete()
    elsewhere = visit(person)
    elsewhere.goto(address)
    expect(elsewhere.locator("[name=changed]")).to_have_value("Au foyer, sans estrade.")
    expect(elsewhere.locator("[name=adaptation][value=adapted]")).to_be_checked()
