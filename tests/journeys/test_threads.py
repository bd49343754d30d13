"""A thread in the browser: live between two people, by long poll where sockets are refused, whole after a cut."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from commons.people.models import User
from forum.actions import (
    accept_answer,
    add_poll,
    add_post,
    change_post,
    delete_post,
    react,
    restore_post,
    split_thread,
)
from forum.enums import EventKind
from forum.models import Thread
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import PASSWORD, UserFactory

SEEN = """((how) => {
  Object.defineProperty(document, "visibilityState", { value: how, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
})"""
WHOLE = """[...document.querySelectorAll("#posts .post")]
  .map((part) => part.outerHTML.replace(/\\s+/g, " ")).join("\\n")"""


@pytest.fixture
def visit(browser: Browser, application_url: str) -> Callable[[User], Page]:
    """Return a way to browse as another person."""

    def open_as(person: User) -> Page:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        page = browser.new_context(locale="fr-FR").new_page()
        page.goto(f"{application_url}/compte/login/")
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{application_url}/")
        return page

    return open_as


def shown(page: Page) -> list[str]:
    """Return the texts of the posts as the page shows them."""
    return [text.strip() for text in page.locator("#posts .post .prose").all_inner_texts()]


def expect_the_servers_list(page: Page, thread: Thread) -> None:
    """Hold when the page comes to show every post of the thread, once and in order."""
    bodies = list(thread.posts.order_by("seq").values_list("body", flat=True))
    expect(page.locator("#posts .post .prose")).to_have_count(len(bodies), timeout=15_000)
    assert shown(page) == bodies


def test_two_people_talk_and_neither_reloads(visit: Callable[[User], Page], application_url: str) -> None:
    one, two = UserFactory.create(), UserFactory.create()
    thread = thread_of(one, body="Premier")
    pages = [visit(person) for person in (one, two)]
    for page in pages:
        page.goto(application_url + thread.get_absolute_url())
        expect(page.locator("#wire")).to_have_text("Les nouveaux messages arrivent seuls.")
    for number, page in enumerate(pages):
        page.fill("#body", f"Réponse {number}")
        page.get_by_role("button", name="Envoyer").click()
        expect(page.locator("#body")).to_have_value("")
        for reader in pages:
            expect(reader.locator("#posts .post").last).to_contain_text(f"Réponse {number}")
    for page in pages:
        expect_the_servers_list(page, thread)


def test_what_was_missed_while_away_comes_back_in_order(page: Page, application_url: str) -> None:
    author = UserFactory.create()
    thread = thread_of(author, body="Premier")
    page.goto(application_url + thread.get_absolute_url())
    expect(page.locator("#wire")).to_have_text("Les nouveaux messages arrivent seuls.")
    add_post(by=author, thread=thread, body="En direct")
    expect_the_servers_list(page, thread)
    page.context.set_offline(True)
    for number in range(3):
        add_post(by=author, thread=thread, body=f"Pendant la coupure {number}")
    page.context.set_offline(False)
    add_post(by=author, thread=thread, body="Après")
    expect_the_servers_list(page, thread)
    page.goto(f"{application_url}/glossaire/")
    add_post(by=author, thread=thread, body="Pendant le détour")
    page.go_back()
    expect_the_servers_list(page, thread)


def test_a_refused_socket_leaves_the_long_poll(page: Page, application_url: str) -> None:
    author = UserFactory.create()
    thread = thread_of(author, body="Premier")

    def refuse(socket: WebSocketRoute) -> None:
        socket.close()

    page.route_web_socket("**/ws/**", refuse)
    page.goto(application_url + thread.get_absolute_url())
    add_post(by=author, thread=thread, body="Par un autre chemin")
    expect_the_servers_list(page, thread)
    add_post(by=author, thread=thread, body="Encore")
    expect_the_servers_list(page, thread)


def test_a_window_read_again_keeps_the_place_of_the_keyboard(
    visit: Callable[[User], Page], application_url: str
) -> None:
    thread = thread_of(body="Premier")
    posts_in(thread, 2)
    page = visit(UserFactory.create(is_moderator=True))
    page.goto(application_url + thread.get_absolute_url())
    expect(page.locator("#wire")).to_have_text("Les nouveaux messages arrivent seuls.")
    page.locator("#m2 [data-quote]").focus()
    newcomer = UserFactory.create(date_joined=timezone.now())
    add_post(by=newcomer, thread=thread, body="Voir https://exemple.example/")  # held: the moderator reads all anew
    expect(page.locator("#posts .post")).to_have_count(4)
    assert page.evaluate("document.activeElement.closest('.post').id") == "m2"
    assert page.evaluate("document.activeElement.matches('[data-quote]')")


def test_a_thread_is_read_and_answered_without_a_script(browser: Browser, application_url: str) -> None:
    person = UserFactory.create()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    thread = thread_of(body="Premier")
    page = browser.new_context(locale="fr-FR", java_script_enabled=False).new_page()
    page.goto(f"{application_url}/compte/login/?next={thread.get_absolute_url()}")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.fill("#body", "Sans script")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#posts .post").last).to_contain_text("Sans script")
    assert shown(page) == ["Premier", "Sans script"]


def test_a_person_is_named_with_the_keyboard_alone(visit: Callable[[User], Page], application_url: str) -> None:
    writer, thread = UserFactory.create(), thread_of(body="Premier")
    UserFactory.create(public_name="Camille Arbo")
    named = UserFactory.create(public_name="Camille Delmas")
    page = visit(writer)
    page.goto(application_url + thread.get_absolute_url())
    box = page.locator("#body")
    box.press_sequentially("Merci @cam")
    options = page.locator("#mentions [role=option]")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("role", "combobox")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).not_to_have_attribute("role", "combobox")
    box.press_sequentially("i")
    expect(options).to_have_count(2)
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value(f"Merci @{named.handle} ")
    box.press("Control+Enter")
    link = page.locator("#posts .post").last.get_by_role("link", name="@Camille Delmas")
    expect(link).to_have_attribute("href", f"/personnes/{named.pk}/")


def test_a_person_is_named_where_a_thread_is_opened(visit: Callable[[User], Page], application_url: str) -> None:
    named = UserFactory.create(public_name="Camille Delmas")
    page = visit(UserFactory.create())
    page.goto(f"{application_url}/discussions/ouvrir/")
    page.locator("#id_title").fill("Filmer seul")
    box = page.locator("#id_body")
    box.press_sequentially("Sais-tu, @cam")
    expect(page.locator("#mentions [role=option]")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value(f"Sais-tu, @{named.handle} ")
    page.get_by_role("button", name="Ouvrir la discussion").click()
    expect(page.locator("#posts .post").first).to_contain_text("@Camille Delmas")


def test_a_tab_hidden_for_ten_minutes_comes_back_whole(page: Page, application_url: str) -> None:
    author = UserFactory.create()
    thread = thread_of(author, body="Premier")
    page.clock.install()
    page.goto(application_url + thread.get_absolute_url())
    expect(page.locator("#wire")).to_have_text("Les nouveaux messages arrivent seuls.")
    page.evaluate(f"{SEEN}('hidden')")
    page.context.set_offline(True)  # what a browser does to a tab that sleeps
    for number in range(3):
        add_post(by=author, thread=thread, body=f"Pendant le sommeil {number}")
    page.clock.fast_forward("10:00")
    page.context.set_offline(False)
    page.evaluate(f"{SEEN}('visible')")
    expect_the_servers_list(page, thread)
    add_post(by=author, thread=thread, body="Au réveil")
    expect_the_servers_list(page, thread)


def test_every_kind_of_change_leaves_the_page_as_a_fresh_load(page: Page, application_url: str) -> None:
    author, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    thread = thread_of(author, kind="question", body="Premier")
    one, two, three = posts_in(thread, 3, author)
    other = page.context.new_page()
    url = application_url + thread.get_absolute_url()
    page.goto(url)
    expect(page.locator("#wire")).to_have_text("Les nouveaux messages arrivent seuls.")
    changes: dict[str, Callable[[], object]] = {
        "post.added": lambda: add_post(by=author, thread=thread, body="## Titre\n\nAvec un *mot*", parent=one),
        "post.changed": lambda: change_post(by=author, post=one, body="Autrement", revision=1),
        "post.reacted": lambda: react(by=moderator, post=one, kind="thanks"),
        "post.deleted": lambda: delete_post(by=author, post=two),
        "post.restored": lambda: restore_post(by=author, post=two),
        "poll.changed": lambda: add_poll(by=author, post=two, question="Quand ?", options=["Lundi", "Mardi"]),
        "thread.changed": lambda: accept_answer(by=author, thread=thread, post=one),
        "post.moved": lambda: split_thread(by=moderator, thread=thread, posts=[three], title="À part"),
    }
    assert set(changes) == set(EventKind.values)
    for change in changes.values():
        change()
        other.goto(url)
        shown = other.evaluate(WHOLE)
        page.wait_for_function(f"shown => ({WHOLE}) === shown", arg=shown)  # or fails by its patience
    expect(page.locator("#retenue")).to_be_visible()
