"""Who is told what of threads: who is named, who follows, whose answer is accepted; once for one post."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from commons.notices.actions import take_stance
from commons.notices.delivering import deliver
from commons.notices.models import Notice
from commons.notices.queries import lines_of, unread_count
from commons.notices.spreading import spread
from commons.people.models import User
from forum.actions import (
    accept_answer,
    add_post,
    change_post,
    delete_post,
    follow_thread,
    mark_read,
    release_post,
    restore_post,
)
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0


def told(person: User) -> list[tuple[str, str]]:
    spread()
    deliver()
    return [(line.sentence, line.url) for line in lines_of(person, person.notices.order_by("pk"))]


def test_who_is_named_is_told_so_once_even_when_they_follow() -> None:
    asker, writer = UserFactory.create(), UserFactory.create(public_name="Lise R.")
    thread = thread_of(asker)
    add_post(by=writer, thread=thread, body=f"Qu’en dis-tu, @{asker.handle} ?")
    words = "Lise R. vous mentionne dans « Filmer sans équipe »"
    assert told(asker) == [(words, f"{thread.get_absolute_url()}?autour=2#m2")]
    assert (Notice.objects.get(user=asker).count, len(mail.outbox)) == (1, 1)
    assert "Qu’en dis-tu" in str(mail.outbox[0].body)


def test_who_muted_the_thread_is_not_told_even_when_named() -> None:
    asker, thread = UserFactory.create(), thread_of()
    follow_thread(by=asker, thread=thread, level="muted")
    add_post(by=UserFactory.create(), thread=thread, body=f"Et toi, @{asker.handle} ?")
    assert told(asker) == []


def test_an_accepted_answer_is_told_to_who_wrote_it() -> None:
    thread = thread_of(kind="question")
    helper = UserFactory.create()
    post = add_post(by=helper, thread=thread, body="Avec un pied.")
    accept_answer(by=thread.created_by, thread=thread, post=post)
    words = "Votre réponse a été retenue dans « Filmer sans équipe »"
    assert told(helper) == [(words, f"{thread.get_absolute_url()}?autour=2#m2")]


def test_followers_of_a_term_learn_of_a_new_thread() -> None:
    follower = UserFactory.create()
    (term,) = published_sheet(tags=["radio"]).tags.all()
    take_stance(by=follower, subject=f"term:{term.pk}", level="followed")
    spread()
    Notice.objects.all().delete()
    second = thread_of(title="Une autre", tags=["radio"])
    words = "Nouvelle discussion dans ce que vous suivez : « Une autre »"
    assert told(follower) == [(words, second.get_absolute_url())]


def test_several_messages_are_counted_and_reading_the_thread_reads_the_notice() -> None:
    asker, writer = UserFactory.create(), UserFactory.create()
    thread = thread_of(asker)
    for body in ("Un", "Deux"):
        add_post(by=writer, thread=thread, body=body)
    assert [words for words, _url in told(asker)] == ["2 nouveaux messages dans « Filmer sans équipe »"]
    thread.refresh_from_db()
    mark_read(by=asker, thread=thread, seq=thread.last_seq - 1)
    assert unread_count(asker) == 1
    mark_read(by=asker, thread=thread, seq=thread.last_seq)
    assert unread_count(asker) == 0


def test_what_is_gone_is_told_to_nobody() -> None:
    thread = thread_of(kind="question")
    helper = UserFactory.create()
    post = add_post(by=helper, thread=thread, body=f"Avec un pied, @{thread.created_by.handle}.")
    accept_answer(by=thread.created_by, thread=thread, post=post)
    thread.delete()
    spread()
    assert Notice.objects.count() == 0


def test_the_author_learns_what_moderators_do_to_their_post() -> None:
    newcomer = UserFactory.create(date_joined=timezone.now())
    moderator, thread = UserFactory.create(is_moderator=True), thread_of()
    post = add_post(by=newcomer, thread=thread, body="Voyez https://ailleurs.example/")
    place = [post.get_absolute_url()]
    said = []
    for deed in (None, release_post, delete_post, restore_post):
        if deed is not None:
            deed(by=moderator, post=post)
        (line,) = told(newcomer)
        said.append(line)
    change_post(by=moderator, post=post, body="Voyez ailleurs.", revision=1)
    assert [*said, *told(newcomer)] == [
        (words, *place)
        for words in (
            "Votre message dans « Filmer sans équipe » attend d’être relu par la modération",
            "Votre message dans « Filmer sans équipe » a été relu : il paraît",
            "La modération a supprimé votre message dans « Filmer sans équipe »",
            "La modération a rétabli votre message dans « Filmer sans équipe »",
            "La modération a modifié votre message dans « Filmer sans équipe »",
        )
    ]
    own = [message for message in mail.outbox if message.to == [newcomer.email]]
    assert ["Voyez" in message.body for message in own] == [True] * 5


def test_ones_own_changes_are_no_moderation() -> None:
    author = UserFactory.create()
    post = add_post(by=author, thread=thread_of(), body="Oui.")
    change_post(by=author, post=post, body="Non.", revision=1)
    delete_post(by=author, post=post)
    assert told(author) == []


def test_a_held_post_is_told_to_who_may_let_it_through_until_somebody_does() -> None:
    network = NetworkFactory.create()
    curator, moderator, reader = curator_of(network), UserFactory.create(is_moderator=True), UserFactory.create()
    thread = thread_of(curator, network=network, audience="public")
    post = add_post(by=UserFactory.create(), thread=thread, body="Voyez https://promo.example/")
    words = "Un message attend d’être relu dans « Filmer sans équipe »"
    assert told(curator) == told(moderator) == [(words, "/moderation/messages/")]
    assert (told(reader), "promo.example" in str(mail.outbox[0].body)) == ([], True)
    release_post(by=moderator, post=post)
    assert told(moderator) == []
