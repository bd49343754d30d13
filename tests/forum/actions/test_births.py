"""From posts of a thread to a draft sheet, with credit and the way back."""

import pytest

from commons.errors import Invalid, NotFound
from forum.actions import add_post, draft_sheet
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_posts_become_a_draft_with_provenance_and_credit() -> None:
    asker, teller = UserFactory.create(public_name="Ana"), UserFactory.create(public_name="Bo")
    silent = UserFactory.create(public_name="Cy", is_credited=False)
    thread = thread_of(asker, kind="question", body="Comment filmer seule ?")
    posts = [
        thread.posts.get(),
        add_post(by=teller, thread=thread, body="Un trépied."),
        add_post(by=silent, thread=thread, body="Deux micros."),
    ]
    sheet = draft_sheet(by=teller, thread=thread, posts=posts)
    content = sheet.content
    assert (content["problem"], content["what"]) == ("Comment filmer seule ?", "Un trépied.\n\n— Bo\n\nDeux micros.")
    assert [author["name"] for author in content["authors"]] == ["Bo", "Ana"]
    assert content["based_on"]["url"].endswith(thread.get_absolute_url())
    birth = thread.births.get()
    assert (birth.sheet, list(birth.posts.order_by("seq"))) == (sheet, posts)


def test_a_long_talk_is_cut_visibly_and_a_need_tells_its_problem() -> None:
    author = UserFactory.create()
    thread = thread_of(author, body="x" * 5_000)
    sheet = draft_sheet(by=author, thread=thread, posts=list(thread.posts.all()), kind="need", title="Filmer")
    assert (len(sheet.content["problem"]), sheet.content["problem"][-1]) == (798, "…")


def test_the_draft_of_a_closed_thread_is_no_wider() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    thread = thread_of(member, network=network)
    sheet = draft_sheet(by=member, thread=thread, posts=list(thread.posts.all()))
    assert sheet.content["confidentiality"] == "network"
    with pytest.raises(NotFound):
        draft_sheet(by=UserFactory.create(), thread=thread, posts=list(thread.posts.all()))


def test_other_threads_posts_are_not_taken() -> None:
    author, thread = UserFactory.create(), thread_of()
    with pytest.raises(Invalid):
        draft_sheet(by=author, thread=thread, posts=posts_in(thread_of(), 1))
