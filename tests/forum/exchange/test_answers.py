"""An answer by mail is a post of who was told, once; what is not is told to them, and to nobody else."""

from email.message import EmailMessage
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from commons.notices.models import Notice
from forum.actions import close_thread
from forum.exchange.answers import receive_mail
from forum.exchange.letters import read_letter
from forum.models import Post, Thread
from tests.factories.forum import thread_of
from tests.factories.mails import address_for, mail_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db
QUOTE = "\n\nLe lun. 23 nov. 2026 à 14:02, Commons a écrit :\n> Qui a déjà filmé seul ?\n"


def received(message: EmailMessage) -> str | None:
    post = receive_mail(message.as_bytes())
    return post.body if post else None


def refusals() -> list[tuple[list[str], str]]:
    """Return to whom a refusal was told, and why."""
    return [(message.to, message.body.split("\n")[3]) for message in mail.outbox]


@pytest.fixture
def thread() -> Thread:
    return thread_of()


def test_an_answer_is_a_post_once(thread: Thread) -> None:
    person = UserFactory.create()
    message = mail_of(person, address_for(person, thread), f"Oui, **moi**.{QUOTE}")
    first, again = receive_mail(message.as_bytes()), receive_mail(message.as_bytes())
    assert first is not None
    assert (first, first.body, first.author, first.thread) == (again, "Oui, **moi**.", person, thread)
    other = mail_of(person, address_for(person, thread), "Encore.", Message_ID="<2@client.example>")
    assert received(other) == "Encore."
    assert (thread.posts.count(), mail.outbox) == (3, [])


def test_the_same_bytes_without_an_identifier_are_one_post(thread: Thread) -> None:
    person = UserFactory.create()
    message = mail_of(person, address_for(person, thread), Message_ID="")
    assert receive_mail(message.as_bytes()) == receive_mail(message.as_bytes()) != None  # noqa: E711 - the three are compared


def test_each_of_ones_verified_addresses_speaks(thread: Thread) -> None:
    person = UserFactory.create()
    EmailAddress.objects.create(user=person, email="Ada@ailleurs.example", verified=True)
    EmailAddress.objects.create(user=person, email="autre@ailleurs.example", verified=False)
    to = address_for(person, thread)
    assert received(mail_of(person, to, From="ada@AILLEURS.example")) == "Oui, **moi**."
    assert received(mail_of(person, to, From="autre@ailleurs.example", Message_ID="<3@x>")) is None
    assert refusals() == [([person.email], "Ce message est parti d’une autre adresse que celle de votre compte.")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<liste.example>"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@serveur.example"},
        {"From": "reply+1-x@reponses.example"},
    ],
)
def test_programs_are_not_answered(thread: Thread, headers: dict[str, str]) -> None:
    person = UserFactory.create()
    assert received(mail_of(person, address_for(person, thread), **headers)) is None
    assert (thread.posts.count(), mail.outbox) == (1, [])


def test_a_bounce_is_dropped(thread: Thread) -> None:
    person = UserFactory.create()
    message = mail_of(person, address_for(person, thread))
    message.make_mixed()
    message.replace_header("Content-Type", "multipart/report; report-type=delivery-status")
    assert (received(message), mail.outbox) == (None, [])


def test_what_comes_to_no_address_of_ours_is_dropped(thread: Thread) -> None:
    person = UserFactory.create()
    to = address_for(person, thread)
    forged = to.replace("reply+", "reply+9")
    for message in (mail_of(person, "bonjour@reponses.example"), mail_of(person, forged)):
        assert received(message) is None
    assert received(mail_of(person, forged, Cc="x@y.example", Delivered_To=to)) == "Oui, **moi**."
    person.is_active = False
    person.save()
    assert received(mail_of(person, to, Message_ID="<4@x>")) is None
    Notice.objects.update(subject="sheet:X")
    assert (received(mail_of(person, to, Message_ID="<5@x>")), mail.outbox) == (None, [])


def test_a_refusal_is_told_once_in_the_persons_language_with_their_words(thread: Thread) -> None:
    person = UserFactory.create(language="en")
    to = address_for(person, thread)
    close_thread(by=thread.created_by, thread=thread)
    message = mail_of(person, to, f"Trop tard ?{QUOTE}")
    assert (received(message), received(message)) == (None, None)
    (told,) = mail.outbox
    assert (told.to, told.subject) == ([person.email], "[Commons] Your answer was not published")
    assert (told.extra_headers["Auto-Submitted"], told.extra_headers["In-Reply-To"]) == (
        "auto-replied", "<1@client.example>",
    )  # fmt: skip
    assert told.body.rstrip().endswith("\n\nTrop tard ?")
    assert read_letter(told.message().as_bytes()).is_automatic


def test_a_thread_that_closed_to_the_person_is_not_answered() -> None:
    network = NetworkFactory.create()
    member, person = UserFactory.create(), UserFactory.create()
    join(member, network)
    thread = thread_of(member, network=network)
    assert received(mail_of(person, address_for(person, thread), Message_ID="")) is None
    assert refusals() == [([person.email], "Cette discussion ne vous est plus ouverte.")]


def test_an_answer_that_says_nothing_is_refused(thread: Thread) -> None:
    person = UserFactory.create()
    assert received(mail_of(person, address_for(person, thread), QUOTE)) is None
    assert refusals() == [([person.email], "Écrivez un message.")]


def test_a_heavy_mail_is_refused_without_being_read(thread: Thread, settings: Any) -> None:
    settings.MAIL_LIMIT = 1_000_000
    person = UserFactory.create()
    message = mail_of(person, address_for(person, thread), "x" * 1_000_001)
    for eol in (b"\n", b"\r\n"):
        mail.outbox.clear()
        message.replace_header("Message-ID", f"<{len(eol)}@x>")
        assert receive_mail(message.as_bytes().replace(b"\n", eol)) is None
        assert refusals() == [([person.email], "Ce message dépasse 1 Mo.")]
    assert receive_mail(b"x" * 1_000_001) is None


def test_files_stay_behind_with_a_word(thread: Thread) -> None:
    person = UserFactory.create()
    message = mail_of(person, address_for(person, thread), "Voici le plan.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    said = "Voici le plan.\n\n*1 pièce jointe au message n’a pas été reprise.*"
    assert received(message) == said
    assert Post.objects.get(body=said).html.count("<em>") == 1


def test_html_and_old_encodings_are_read(thread: Thread) -> None:
    person = UserFactory.create()
    to = address_for(person, thread)
    html = mail_of(person, to, Message_ID="<6@x>")
    html.set_content("<p>Bonjour,</p><p>C’est été.</p><blockquote>Qui ?</blockquote>", subtype="html")
    assert received(html) == "Bonjour,\n\nC’est été."
    flowed = mail_of(person, to, Message_ID="<7@x>").as_bytes()
    flowed = flowed.replace(b'charset="utf-8"', b'charset="inconnu-8"; format=flowed')
    start = flowed.index(b"\n\n") + 2
    body = b"Une ligne \nqui suit.\n> quoi \n-- \nAda \n01\n"
    post = receive_mail(flowed[:start] + body)
    assert post is not None
    assert post.body == "Une ligne qui suit."
    empty = mail_of(person, to, Message_ID="<8@x>")
    empty.set_content(b"GIF", maintype="image", subtype="gif")
    assert received(empty) is None
