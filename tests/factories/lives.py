"""Makes a person who has left something everywhere, through the actions, and who is quoted, credited and waited for."""

import datetime
import json
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commons.bus import publish
from commons.moderation.actions import add_note, impose_sanction, take_report
from commons.notices.actions import choose, set_rhythm, take_stance
from commons.notices.delivering import deliver
from commons.notices.spreading import spread
from commons.people.actions import ask_export, build_export, change_profile, create_token
from commons.people.models import Network, User
from commons.search.models import SavedSearch
from events.actions import add_block, answer, freeze_minutes, propose_topic, save_block, submit_minutes
from events.actions.questions import ask_question
from events.actions.queue import raise_hand
from events.models import Occurrence, Room
from forum.actions import add_poll, add_post, change_post, draft_sheet, follow_thread, react, save_draft, vote
from forum.models import Post, Thread
from practices.actions import (
    accept_invitation,
    add_trial,
    invite_author,
    propose_change,
    publish_version,
    rate_sheet,
    save_sheet,
    support_sheet,
)
from practices.actions.drafts import save_draft as keep_form
from practices.actions.uploads import add_upload
from practices.models import Sheet
from practices.signals import SearchFoundNew
from tests.factories.events import occurrence_of
from tests.factories.files import FILES
from tests.factories.forum import thread_of
from tests.factories.moderation import report_on
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet as draft_of
from tests.factories.sheets import published_sheet

NAME, ADDRESS, OTHER_NAME = "Zéphyrine Quintefeuille", "zephyrine.quintefeuille@maison.example", "Zéphy Quinteux"
JOB, HELP = "Régisseuse des marées hautes", "Je sais accorder les vielles à roue"
STRINGS = (NAME, ADDRESS, OTHER_NAME, JOB, HELP, "Quintefeuille", "zephyrine", "Quinteux")


@dataclass(frozen=True)
class Life:
    """A person, and some of what they made: alone, or with others."""

    person: User
    friend: User
    network: Network
    shared: Sheet
    lonely: Sheet
    thread: Thread
    answered: Post
    unanswered: Post
    coming: Occurrence
    past: Occurrence


def whole_life() -> Life:
    """Return somebody whose name and address stand wherever our software may write them."""
    person = UserFactory.create(public_name=NAME, email=ADDRESS, job=JOB, help_text=HELP)
    friend, network = UserFactory.create(public_name="Camille D."), NetworkFactory.create()
    join(person, network)
    join(friend, network)
    _sign_in(person)
    shared, lonely = _sheets(person, friend)
    thread, answered, unanswered = _talk(person, friend)
    coming, past = _meetings(person, friend)
    _notify(person, friend)
    _moderate(person, Post.objects.get(thread=thread, author=friend))
    ask = ask_export(by=person)
    build_export(export_id=ask.pk)
    return Life(person, friend, network, shared, lonely, thread, answered, unanswered, coming, past)


def _sign_in(person: User) -> None:
    client = signed_in(person)
    EmailAddress.objects.create(user=person, email=ADDRESS, verified=True, primary=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": ADDRESS})
    UserSession.objects.create(
        user=person, session_key=client.session.session_key or "", ip="192.0.2.7", user_agent="x"
    )
    create_token(by=person, name=f"Script de {NAME}", scope="read")
    SavedSearch.objects.create(user=person, name="Mes vielles", text=NAME)
    change_profile(by=person, person=person, values={"shows_presence": False})


def _sheets(person: User, friend: User) -> tuple[Sheet, Sheet]:
    shared = published_sheet(person, title="Marées racontées", tags=["marée"])
    accept_invitation(by=friend, invitation=invite_author(by=person, sheet=shared, user=friend))
    upload = add_upload(
        by=person, sheet=shared, file=SimpleUploadedFile("quintefeuille-plan.pdf", FILES["dossier.pdf"])
    )
    media = [{"upload": upload.pk, "alt": "Plan", "licence": "CC-BY-4.0", "credit": f"© {NAME}"}]
    authors = [{"name": NAME}, {"name": OTHER_NAME}, {"name": "Camille D."}]
    values = {"what": f"Écrit par {NAME}, joignable à {ADDRESS}.", "media": media, "authors": authors}
    save_sheet(by=person, sheet=shared, values=values, revision=Sheet.objects.get(pk=shared.pk).revision)
    publish_version(by=person, sheet=shared, reason=f"Relu par {NAME}")
    add_upload(by=person, sheet=shared, file=SimpleUploadedFile("jamais-montre.pdf", FILES["dossier.pdf"] + b"2"))
    lonely = published_sheet(person, title="Cordes de pluie")
    draft_of(person, title=f"Brouillon de {NAME}")
    others = published_sheet(friend, title="Tambours")
    add_trial(by=person, sheet=others, adaptation="adapted", outcome="worked", recommend=9, changed=f"Par {NAME}.")
    rate_sheet(by=person, sheet=others, useful=5, clear=4, transferable=3)
    propose_change(by=person, sheet=others, values={"summary": f"Avec {NAME}."}, reason=f"{NAME} corrige")
    keep_form(by=person, sheet=others, form="trial", text=f"Par {NAME}")
    keep_form(by=friend, sheet=shared, form="proposal", text=json.dumps({"summary": f"Selon {NAME}"}))
    need = published_sheet(friend, kind="need", title="Une salle")
    support_sheet(by=person, sheet=need)
    return shared, lonely


def _talk(person: User, friend: User) -> tuple[Thread, Post, Post]:
    thread = thread_of(person, title=f"Question de {NAME}", body=f"Écrivez à {ADDRESS}.")
    answered = add_post(by=person, thread=thread, body="Une réponse attendue.")
    quote = f"> **{NAME}**\n>\n> Une réponse attendue.\n\nMerci {OTHER_NAME} ! Et @{person.handle}."
    reply = add_post(by=friend, thread=thread, body=quote, parent=answered)
    unanswered = add_post(by=person, thread=thread, body=f"Bien à vous, {NAME}")
    change_post(by=person, post=unanswered, body=f"Cordialement, {NAME}", revision=1)
    change_post(by=friend, post=reply, body=f"{quote} Encore.", revision=1)
    add_poll(by=friend, post=reply, question="Quand ?", options=["Lundi", "Mardi"])
    vote(by=person, poll=reply.poll, options=[0])
    react(by=person, post=reply, kind="thanks")
    follow_thread(by=person, thread=thread, level="watching")
    save_draft(by=person, thread=thread, body=f"Signé {NAME}")
    save_draft(by=friend, thread=thread, body=f"> **{NAME}**\n")
    draft_sheet(by=friend, thread=thread, posts=[answered, reply])
    thread_of(person, title="Monologue", body="Personne ne répond.")
    return thread, answered, unanswered


def _meetings(person: User, friend: User) -> tuple[Occurrence, Occurrence]:
    coming = occurrence_of(friend, seats_online=1, rrule="")
    answer(by=person, occurrence=coming)
    answer(by=friend, occurrence=coming)
    propose_topic(by=person, occurrence=coming, title="Les marées", text=f"Demandez à {NAME}")
    Room.objects.create(occurrence=coming, opened_at=timezone.now())
    ask_question(by=person, occurrence=coming, text=f"{NAME} demande : quand ?")
    raise_hand(by=person, occurrence=coming)
    past = occurrence_of(person, rrule="", title="Veillée")
    block, _new = add_block(by=person, occurrence=past, text=f"{NAME} propose une marée.", values={"kind": "tip"})
    add_block(by=friend, occurrence=past, text="À faire.", values={"kind": "action", "owner": person.pk})
    save_block(by=person, block=block, revision=1, text=f"{NAME} propose deux marées.")
    submit_minutes(by=person, occurrence=past)
    freeze_minutes(now=timezone.now() + datetime.timedelta(days=8))
    opened = occurrence_of(person, rrule="", title="Atelier en cours")
    add_block(by=person, occurrence=opened, text=f"Un mot de {NAME}.", values={"kind": "tip"})
    return coming, past


def _notify(person: User, friend: User) -> None:
    publish(SearchFoundNew(SavedSearch.objects.get(user=person).pk, 1))
    spread()
    deliver()
    take_stance(by=friend, subject=f"person:{person.pk}", level="muted")
    take_stance(by=person, subject=f"person:{friend.pk}", level="followed")
    choose(by=person, choices={"reply": (True, "weekly")})
    set_rhythm(by=person, quiet_from=datetime.time(20), quiet_until=datetime.time(8), digest="daily")


def _moderate(person: User, post: Post) -> None:
    moderator = UserFactory.create(is_moderator=True)
    report = report_on(post, person, text=f"Signé {NAME}")
    take_report(by=moderator, report=report)
    add_note(by=moderator, report=report, text=f"{NAME} insiste.")
    impose_sanction(by=moderator, person=person, kind="warning", reason=f"{NAME}, doucement.")
    person.refresh_from_db()
