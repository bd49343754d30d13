"""Who is told what of sheets: authors of what becomes of theirs, followers of new ones, curators of what waits."""

from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from commons.jobs import huey
from commons.notices.actions import take_stance
from commons.notices.delivering import deliver
from commons.notices.models import Notice
from commons.notices.queries import lines_of
from commons.notices.spreading import spread
from commons.people.models import User
from practices.actions import (
    add_trial,
    decide_proposal,
    decide_sheet,
    decline_invitation,
    mark_due_reviews,
    propose_change,
    rate_sheet,
    submit_sheet,
)
from practices.actions.collections import add_item, create_collection, set_items
from practices.jobs import review_due_sheets
from practices.models import Proposal, Sheet, Trial
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, invitation_of, join_authors, published_sheet, sheet_in

pytestmark = pytest.mark.django_db
TITLE = "Le podcast du bar"


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0


def fresh(sheet: Sheet) -> Sheet:
    """Forget what was told on the sheet's way to where it is."""
    spread()
    Notice.objects.all().delete()
    return sheet


def told() -> dict[int, list[tuple[str, str]]]:
    """Return what each person reads, and where it leads."""
    spread()
    deliver()
    lines: dict[int, list[tuple[str, str]]] = {}
    for person in User.objects.filter(notices__isnull=False).distinct():
        with translation.override(person.language):
            lines[person.pk] = [(line.sentence, line.url) for line in lines_of(person, person.notices.order_by("pk"))]
    return lines


def test_each_author_is_mailed_a_decision_in_their_language_with_the_reason() -> None:
    sheet = fresh(sheet_in("submitted"))
    english = UserFactory.create(language="en")
    moderator = UserFactory.create(is_moderator=True)
    for author in (english, moderator):
        join_authors(sheet, author)
    fresh(sheet)
    decide_sheet(by=moderator, sheet=sheet, state="draft", reason="Dites combien.")
    assert told() == {
        sheet.created_by.pk: [(f"Votre fiche « {TITLE} » est maintenant : Brouillon", sheet.get_absolute_url())],
        english.pk: [(f"Your sheet “{TITLE}” is now: Draft", f"/en/sheets/{sheet.pk}/{sheet.slug}/")],
    }
    assert sorted(message.to[0] for message in mail.outbox) == sorted([sheet.created_by.email, english.email])
    assert ["Dites combien." in str(message.body) for message in mail.outbox] == [True, True]


def test_several_decisions_before_one_reads_are_told_by_the_last() -> None:
    sheet = fresh(sheet_in("submitted"))
    moderator = UserFactory.create(is_moderator=True)
    decide_sheet(by=moderator, sheet=sheet, state="candidate")
    decide_sheet(by=moderator, sheet=sheet, state="adopted")
    assert [line for ((line, _url),) in told().values()] == [f"Votre fiche « {TITLE} » est maintenant : Adoptée"]


def test_who_decides_is_told_of_what_waits_until_it_is_decided() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    author = UserFactory.create()
    join(author, network)
    sheet = draft_sheet(author)
    submit_sheet(by=author, sheet=sheet, network=network)
    assert told() == {curator.pk: [(f"Une fiche attend votre décision : « {TITLE} »", f"/a-decider/{sheet.pk}/")]}
    moderator = UserFactory.create(is_moderator=True)
    other = fresh(draft_sheet(UserFactory.create(), title="Un autre podcast"))
    submit_sheet(by=other.created_by, sheet=other)
    spread()
    assert list(Notice.objects.values_list("user", "kind")) == [(moderator.pk, "to_decide")]
    decide_sheet(by=moderator, sheet=other, state="draft", reason="Déjà écrite.")
    spread()
    deliver()
    assert Notice.objects.get(user=moderator).listed_at is None


def test_who_is_invited_to_write_is_mailed_once_in_their_language_until_they_answer() -> None:
    sheet, friend = draft_sheet(), UserFactory.create(language="en")
    for _time in range(2):
        invitation = invitation_of(sheet, friend)
    words = f"{sheet.created_by.public_name} invites you to write the sheet “{TITLE}” together"
    assert told() == {friend.pk: [(words, "/en/my-sheets/")]}
    assert [(message.to, message.subject) for message in mail.outbox] == [([friend.email], f"[Commons] {words}")]
    decline_invitation(by=friend, invitation=invitation)
    invitation_of(sheet, friend)
    decline_invitation(by=friend, invitation=friend.invitations.get())
    told()
    assert len(mail.outbox) == 1


def test_the_night_job_marks_what_is_due_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = published_sheet()
    monkeypatch.setattr(huey, "immediate", True)
    review_due_sheets()
    sheet.refresh_from_db()
    assert sheet.editorial_state == "adopted"


def test_a_review_is_due() -> None:
    sheet = published_sheet()
    Sheet.objects.filter(pk=sheet.pk).update(review_by="2020-01-01")
    fresh(sheet)
    mark_due_reviews(today=sheet.review_by)
    assert told() == {sheet.created_by.pk: [(f"« {TITLE} » est-elle encore juste ?", sheet.get_absolute_url())]}


def test_trials_ratings_and_proposals_are_told_to_authors() -> None:
    sheet = fresh(published_sheet())
    reader = UserFactory.create(institution=InstitutionFactory.create(name="Le Quai"), public_name="Lise R.")
    facts = {"adaptation": "adapted", "changed": "Deux voix seulement.", "outcome": "worked", "recommend": 8}
    add_trial(by=reader, sheet=sheet, **facts)
    trial = Trial.objects.get()
    url = f"{sheet.get_absolute_url()}#essai-{trial.pk}"
    assert told() == {sheet.created_by.pk: [(f"Le Quai a essayé « {TITLE} »", url)]}
    assert "A fonctionné\n\nDeux voix seulement." in str(mail.outbox[0].body)
    add_trial(by=UserFactory.create(), sheet=sheet, **facts)
    assert told()[sheet.created_by.pk][0][0] == f"2 nouveaux essais de « {TITLE} »"
    fresh(sheet)
    rate_sheet(by=reader, sheet=sheet, useful=5, clear=4, transferable=3)
    assert told()[sheet.created_by.pk] == [(f"1 nouvelle note sur « {TITLE} »", sheet.get_absolute_url())]
    fresh(sheet)
    propose_change(by=reader, sheet=sheet, values={"title": "Le podcast du hall"}, reason="Le bar a fermé.")
    proposal = Proposal.objects.get()
    page = f"/fiches/{sheet.pk}/propositions/{proposal.pk}/"
    assert told()[sheet.created_by.pk] == [(f"Lise R. propose un changement à « {TITLE} »", page)]
    fresh(sheet)
    decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=False, word="Il a rouvert.")
    assert told() == {reader.pk: [(f"Votre proposition pour « {TITLE} » : Déclinée", page)]}
    assert "Il a rouvert." in str(mail.outbox[-1].body)


def test_words_stand_when_what_they_were_about_is_gone() -> None:
    sheet = fresh(published_sheet())
    author = sheet.created_by
    for kind in ("decision", "trial", "proposal_decided", "proposal"):
        Notice.objects.update_or_create(
            user=author, subject=f"sheet:{sheet.pk}", defaults={"kind": kind, "detail": "0"}
        )
        ((line, _url),) = told()[author.pk]
        assert TITLE in line


def test_followers_of_a_keyword_or_network_learn_of_a_new_sheet_once() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    author, follower, stranger = UserFactory.create(), UserFactory.create(), UserFactory.create()
    join(author, network)
    take_stance(by=follower, subject=f"network:{network.pk}", level="followed")
    take_stance(by=author, subject=f"network:{network.pk}", level="followed")
    take_stance(by=stranger, subject=f"network:{other.pk}", level="followed")
    sheet = draft_sheet(author)
    submit_sheet(by=author, sheet=sheet, network=network)
    decide_sheet(by=UserFactory.create(is_moderator=True), sheet=sheet, state="adopted")
    sheet.refresh_from_db()
    words = f"Nouvelle fiche dans ce que vous suivez : « {TITLE} »"
    assert told() == {
        author.pk: [(f"Votre fiche « {TITLE} » est maintenant : Adoptée", sheet.get_absolute_url())],
        follower.pk: [(words, sheet.get_absolute_url())],
    }
    (term,) = sheet.tags.all()
    take_stance(by=stranger, subject=f"term:{term.pk}", level="followed")
    fresh(sheet)
    tagged = published_sheet(title="Un second podcast")
    assert [line for line, _url in told()[stranger.pk]] == [
        "Nouvelle fiche dans ce que vous suivez : « Un second podcast »"
    ]
    assert tagged.version.number == 1


def test_followers_of_a_collection_learn_of_new_sheets_in_it() -> None:
    network, follower = NetworkFactory.create(), UserFactory.create()
    curator = curator_of(network)
    collection = create_collection(by=curator, network=network, values={"title": "Commencer"})
    take_stance(by=follower, subject=f"collection:{collection.pk}", level="followed")
    sheet = fresh(published_sheet())
    add_item(by=curator, collection=collection, sheet=sheet)
    words = [("De nouvelles fiches dans la collection « Commencer »", collection.get_absolute_url())]
    assert told() == {follower.pk: words}
    fresh(sheet)
    add_item(by=curator, collection=collection, sheet=sheet, note="Encore.")
    collection.refresh_from_db()
    set_items(by=curator, collection=collection, items=[{"sheet": sheet.pk}], revision=collection.revision)
    assert told() == {}
    other = fresh(published_sheet(title="Un second podcast"))
    collection.refresh_from_db()
    set_items(by=curator, collection=collection, items=[{"sheet": other.pk}], revision=collection.revision)
    assert told() == {follower.pk: words}


def test_facts_of_what_is_gone_are_told_to_nobody() -> None:
    sheet = published_sheet()
    reader = UserFactory.create()
    network = NetworkFactory.create()
    collection = create_collection(by=curator_of(network), network=network, values={"title": "Commencer"})
    add_item(by=curator_of(network), collection=collection, sheet=sheet)
    add_trial(by=reader, sheet=sheet, adaptation="same", outcome="worked", recommend=8)
    rate_sheet(by=reader, sheet=sheet, useful=5, clear=4, transferable=3)
    proposal = propose_change(by=reader, sheet=sheet, values={"title": "Le podcast du hall"}, reason="Fermé.")
    decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=False)
    collection.delete()
    sheet.delete()
    assert spread() > 0
    assert Notice.objects.count() == 0
