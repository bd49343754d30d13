"""Owns the world of the access matrix: things that are hidden from somebody, and one person of each role."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commons.moderation.actions.reports import add_report
from commons.notices.models import Notice
from commons.notices.stopping import stop_token
from commons.people.actions import ask_export, build_export, create_token
from commons.people.calendars import calendar_key
from commons.people.enums import MemberRole
from commons.people.models import Network, User
from commons.search.actions import note_wanted_text, save_search
from commons.search.models import WantedText
from events.actions import add_block, ask_question, open_poll, propose_topic, raise_hand
from events.enums import Visibility
from forum.actions import add_poll, add_post
from practices.actions import add_trial, propose_change
from practices.actions.authors import invite_author
from practices.actions.collections import create_collection
from practices.actions.uploads import add_upload
from practices.enums import EditorialState
from tests.factories.events import occurrence_of, open_room_now
from tests.factories.files import FILES
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.search import fresh_index
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

ROLES = (
    "visitor", "member", "author", "colleague", "facilitator", "curator", "stranger", "moderator", "administrator",
)  # fmt: skip
"""Nobody; a person of no network; who wrote what the rows name; three roles of one closed network; the curator of
another network; a moderator; an administrator. The author was of the closed network once, and left."""


def people() -> tuple[dict[str, User | None], Network]:
    """Return one person for each role, and the closed network of three of them."""
    network = NetworkFactory.create(slug="clos")
    found: dict[str, User | None] = dict.fromkeys(ROLES)
    for role in ("member", "author", "colleague", "facilitator", "moderator", "administrator"):
        found[role] = UserFactory.create(
            is_moderator=role == "moderator", is_administrator=role == "administrator", email=f"{role}@maison.example"
        )
    join(found["colleague"], network)
    join(found["facilitator"], network, MemberRole.FACILITATOR)
    found["curator"] = curator_of(network)
    found["stranger"] = curator_of(NetworkFactory.create(slug="ailleurs"))
    return found, network


def things(who: dict[str, Any], network: Network) -> dict[str, str]:
    """Return what the rows name between braces: identifiers and addresses of what was made for them."""
    author, colleague = who["author"], who["colleague"]
    membership = join(author, network)
    found = _things(author, colleague, who, network)
    fresh_index()
    membership.delete()
    author.__dict__.pop("_member_roles", None)
    return found


def _things(author: User, colleague: User, who: dict[str, Any], network: Network) -> dict[str, str]:
    return {
        **_sheets(author, who["member"], network),
        **_threads(author, colleague, network),
        **_workshops(colleague, who["facilitator"], network),
        **_room(colleague, who["facilitator"], network),
        **_own(author, network),
        "network": network.slug,
        "house": author.institution.slug,
        "person": str(author.pk),
        "colleague": str(colleague.pk),
        "membership": str(colleague.memberships.get().pk),
    }


def _sheets(author: User, member: User, network: Network) -> dict[str, str]:
    adopted = EditorialState.ADOPTED
    draft, public = draft_sheet(author), published_sheet(author)
    upload = add_upload(by=author, sheet=draft, file=SimpleUploadedFile("scène.png", FILES["scène.png"]))
    trial = add_trial(by=member, sheet=public, adaptation="same", outcome="worked", recommend=8)
    proposal = propose_change(by=member, sheet=public, values={"title": "Un autre titre"}, reason="Plus clair")
    invitation = invite_author(by=author, sheet=draft, user=member)
    opened = create_collection(by=_holder(network, MemberRole.CURATOR), network=network, values={"title": "Ouverte"})
    shut = create_collection(
        by=_holder(network, MemberRole.CURATOR),
        network=network,
        values={"title": "Fermée", "confidentiality": "network"},
    )
    return {
        "draft": draft.pk,
        "submitted": sheet_in(EditorialState.SUBMITTED, by=author, network=network).pk,
        "closed": sheet_in(adopted, by=author, network=network, confidentiality="network").pk,
        "archived": sheet_in(EditorialState.ARCHIVED, by=author, network=network).pk,
        "public": public.pk,
        "need": published_sheet(author, kind="need").pk,
        "upload": upload.pk,
        "trial": str(trial.pk),
        "proposal": str(proposal.pk),
        "invitation": str(invitation.pk),
        "open_collection": str(opened.pk),
        "open_slug": opened.slug,
        "shut_collection": str(shut.pk),
        "shut_slug": shut.slug,
    }


def _holder(network: Network, role: str) -> User:
    return User.objects.get(memberships__network=network, memberships__role=role)


def _threads(author: User, colleague: User, network: Network) -> dict[str, str]:
    public, shut = thread_of(author), thread_of(colleague, network=network, audience="network")
    other = thread_of(author, title="Une autre discussion")
    reply, hidden = add_post(by=author, thread=public, body="Oui."), add_post(by=colleague, thread=shut, body="Non.")
    report = add_report(
        by=_holder(network, MemberRole.FACILITATOR),
        kind="post",
        object_id=str(shut.posts.get(seq=1).pk),
        reason="other",
        text="Vu",
    )
    add_poll(by=author, post=public.posts.get(seq=1), question="Qui ?", options=["Moi", "Toi"])
    return {
        "thread": public.pk,
        "shut_thread": shut.pk,
        "other_thread": other.pk,
        "post": str(reply.pk),
        "first_post": str(public.posts.get(seq=1).pk),
        "shut_post": str(hidden.pk),
        "report": str(report.pk),
    }


def _workshops(colleague: User, facilitator: User, network: Network) -> dict[str, str]:
    public = occurrence_of(facilitator, network=network)
    shut = occurrence_of(facilitator, network=network, visibility=Visibility.NETWORK)
    topic = propose_topic(by=colleague, occurrence=shut, title="Filmer")
    block, _is_new = add_block(by=colleague, occurrence=shut, text="À retenir", values={"kind": "practice"})
    return {
        "series": public.series_id,
        "shut_series": shut.series_id,
        "meeting": str(public.pk),
        "shut_meeting": str(shut.pk),
        "shut_start": shut.recurrence_id,
        "shut_topic": str(topic.pk),
        "shut_block": str(block.pk),
    }


def _room(colleague: User, facilitator: User, network: Network) -> dict[str, str]:
    shut = open_room_now(facilitator, network=network, visibility=Visibility.NETWORK)
    hand = raise_hand(by=colleague, occurrence=shut)
    question, _is_new = ask_question(by=colleague, occurrence=shut, text="Et le son ?")
    poll = open_poll(by=facilitator, occurrence=shut, question="Qui ?", options=["Moi", "Toi"])
    return {"room": str(shut.pk), "hand": str(hand.pk), "question": str(question.pk), "poll": str(poll.pk)}


def _own(author: User, network: Network) -> dict[str, str]:
    token, _key = create_token(by=author, name="À moi", scope="read")
    saved = save_search(by=author, name="À moi", text="podcast", filters={})
    notice = Notice.objects.create(user=author, subject=f"network:{network.pk}", kind="reply", listed_at=timezone.now())
    export = ask_export(by=author)
    build_export(export_id=export.pk)
    for _time in range(3):
        note_wanted_text(text="une fiche qui manque")
    return {
        "token": str(token.pk),
        "saved": str(saved.pk),
        "wanted": str(WantedText.objects.get().pk),
        "calendar": calendar_key(author),
        "notice": str(notice.pk),
        "network_pk": str(network.pk),
        "export": str(export.pk),
        "stop": stop_token(author.pk, "reply"),
    }
