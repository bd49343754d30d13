"""The moderators' pages: the queue, one report, the held posts, the trail."""

import pytest

from commons.moderation.actions import close_report
from forum.actions import add_post
from forum.models import Post
from tests.factories.forum import posts_in, thread_of
from tests.factories.moderation import report_on
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join

pytestmark = pytest.mark.django_db


def test_the_queue_shows_a_curator_their_network_and_a_moderator_everything() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    inside = report_on(thread_of(author, network=network).posts.get(), curator_of(network))
    outside = report_on(posts_in(thread_of(), 1)[0])
    moderator = UserFactory.create(is_moderator=True)
    close_report(by=moderator, report=outside, state="resolved", outcome="Fait.")
    later = report_on(posts_in(thread_of(), 1)[0])
    curator = signed_in(curator_of(network))
    assert curator.get("/moderation/").context["rows"] == [inside]
    assert signed_in(moderator).get("/moderation/").context["rows"] == [inside, later]
    assert signed_in(moderator).get("/moderation/?etat=clos").context["rows"] == [outside]
    tabs = signed_in(moderator).get("/moderation/").context["tabs"]
    assert [(tab["count"], tab["current"]) for tab in tabs] == [(2, True), (0, False), (None, False), (None, False)]
    for page in ("", "messages/", "journal/"):
        assert signed_in(author).get(f"/moderation/{page}").status_code == 403


def test_a_report_is_handled_on_its_page() -> None:
    moderator, post = UserFactory.create(is_moderator=True), posts_in(thread_of(), 1)[0]
    report, other = report_on(post), report_on(post)
    here, client = f"/moderation/signalements/{report.pk}/", signed_in(moderator)
    page = client.get(here)
    assert (list(page.context["others"]), page.context["may_sanction"]) == ([other], True)
    for sent in ({"deed": "take"}, {"deed": "note", "text": "Vu."}):
        assert client.post(here, sent).url == here
    refused = client.post(here, {"deed": "close", "state": "resolved", "outcome": ""})
    assert (refused.status_code, refused.context["refusal"]) == (422, "Dites pourquoi en une phrase.")
    assert client.post(here, {"deed": "close", "state": "resolved", "outcome": "Fait."}).url == here
    report.refresh_from_db()
    assert (report.state, report.outcome, report.taken_by) == ("resolved", "Fait.", moderator)
    assert [note.text for note in client.get(here).context["notes"]] == ["Vu."]
    assert [entry.deed for entry in client.get("/moderation/journal/").context["rows"]] == [
        "resolve_report", "take_report",
    ]  # fmt: skip
    assert client.post(here, {"deed": "dance"}).status_code == 200
    assert signed_in(UserFactory.create()).get(here).status_code == 404


def test_held_posts_wait_for_those_who_may_let_them_through() -> None:
    network, newcomer = NetworkFactory.create(is_open=True), UserFactory.create()
    thread = thread_of(curator_of(network), network=network, audience="public")
    held = add_post(by=newcomer, thread=thread, body="https://exemple.test")
    elsewhere = add_post(by=UserFactory.create(), thread=thread_of(), body="https://exemple.test")
    curator = signed_in(curator_of(network))
    assert curator.get("/moderation/messages/").context["rows"] == [held]
    moderator = signed_in(UserFactory.create(is_moderator=True))
    assert moderator.get("/moderation/messages/").context["rows"] == [held, elsewhere]
    curator.post(f"/discussions/{thread.pk}/messages/{held.seq}/faire/release/")
    assert Post.objects.get(pk=held.pk).state == "visible"
    assert moderator.get("/moderation/messages/").context["rows"] == [elsewhere]
    assert [entry.deed for entry in curator.get("/moderation/journal/").context["rows"]] == ["release_post"]
