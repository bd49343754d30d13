"""The editorial flow, step by step."""

import datetime

import pytest
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from practices.actions import confirm_sheet, decide_sheet, mark_due_reviews, save_sheet, submit_sheet
from practices.actions.editorial import TRANSITIONS
from practices.enums import EditorialState
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db
State = EditorialState


def test_submit_sheet_sends_a_draft_to_a_network() -> None:
    network = NetworkFactory.create()
    author = UserFactory.create()
    join(author, network)
    sheet = submit_sheet(by=author, sheet=draft_sheet(author), network=network)
    assert (sheet.editorial_state, sheet.network) == (State.SUBMITTED, network)
    assert [(d.from_state, d.to_state, d.by) for d in sheet.decisions.all()] == [(State.DRAFT, State.SUBMITTED, author)]


def test_submit_sheet_names_what_is_missing() -> None:
    sheet = draft_sheet(problem="", aim="")
    with pytest.raises(Invalid) as refusal:
        submit_sheet(by=sheet.created_by, sheet=sheet)
    assert (list(refusal.value.fields), refusal.value.code) == (["problem", "aim"], "incomplete")
    assert str(refusal.value.message) == "Il manque encore : Problème de départ, Objectif."


@pytest.mark.parametrize(("confidentiality", "path"), [("private", "confidentiality"), ("network", "network")])
def test_submit_sheet_refuses_what_nobody_could_read(confidentiality: str, path: str) -> None:
    sheet = draft_sheet(confidentiality=confidentiality)
    with pytest.raises(Invalid) as refusal:
        submit_sheet(by=sheet.created_by, sheet=sheet)
    assert list(refusal.value.fields) == [path]


def test_submit_sheet_refuses_a_foreign_network_and_a_second_time() -> None:
    sheet = draft_sheet()
    with pytest.raises(Invalid) as refusal:
        submit_sheet(by=sheet.created_by, sheet=sheet, network=NetworkFactory.create())
    assert list(refusal.value.fields) == ["network"]
    submit_sheet(by=sheet.created_by, sheet=sheet)
    with pytest.raises(Conflict) as conflict:
        submit_sheet(by=sheet.created_by, sheet=sheet)
    assert conflict.value.code == "not_draft"


def test_decide_sheet_publishes_the_text_and_its_facts() -> None:
    sheet = sheet_in(State.SUBMITTED)
    decision = decide_sheet(by=UserFactory.create(is_moderator=True), sheet=sheet, state=State.CANDIDATE)
    sheet.refresh_from_db()
    assert (decision.to_state, sheet.editorial_state, sheet.version.number) == (State.CANDIDATE, State.CANDIDATE, 1)
    assert sheet.version.content == sheet.content
    assert sheet.version.html["what"] == "<p>Nous avons posé <strong>un micro</strong> au bar du théâtre.</p>"
    assert sheet.version.house["name"] == sheet.institution.name
    assert sorted(sheet.facet_values.filter(field__in=["format", "outcome"]).values_list("field", "code")) == [
        ("format", "podcast"), ("outcome", "worked"),
    ]  # fmt: skip
    assert [str(term) for term in sheet.tags.all()] == ["podcast"]


def test_decide_sheet_returns_with_a_reason_and_takes_it_back_better() -> None:
    moderator = UserFactory.create(is_moderator=True)
    sheet = sheet_in(State.SUBMITTED)
    with pytest.raises(Invalid) as refusal:
        decide_sheet(by=moderator, sheet=sheet, state=State.DRAFT, reason="  ")
    assert list(refusal.value.fields) == ["reason"]
    decide_sheet(by=moderator, sheet=sheet, state=State.DRAFT, reason="Dites combien.")
    submit_sheet(by=sheet.created_by, sheet=sheet)
    decide_sheet(by=moderator, sheet=sheet, state=State.ADOPTED)
    steps = [(d.to_state, d.reason) for d in sheet.decisions.order_by("pk")]
    assert steps == [(State.SUBMITTED, ""), (State.DRAFT, "Dites combien."), (State.SUBMITTED, ""), (State.ADOPTED, "")]


def test_decide_sheet_asks_for_the_publication_gate() -> None:
    sheet = draft_sheet(steps=[], if_again="")
    submit_sheet(by=sheet.created_by, sheet=sheet)
    with pytest.raises(Invalid) as refusal:
        decide_sheet(by=UserFactory.create(is_moderator=True), sheet=sheet, state=State.ADOPTED)
    assert list(refusal.value.fields) == ["steps", "if_again"]


def test_decide_sheet_knows_no_other_step() -> None:
    moderator = UserFactory.create(is_moderator=True)
    for state in (State.SUBMITTED, State.CANDIDATE, State.ADOPTED, State.TO_REVIEW, State.ARCHIVED):
        sheet = sheet_in(state)
        for target in set(State) - set(TRANSITIONS[state]):
            with pytest.raises(Conflict) as refusal:
                decide_sheet(by=moderator, sheet=sheet, state=target, reason="Parce que")
            assert refusal.value.code == "no_such_step"


def test_decide_sheet_belongs_to_the_curators_of_its_network() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    author = UserFactory.create()
    join(author, network)
    sheet = sheet_in(State.SUBMITTED, by=author, network=network)
    with pytest.raises(NotFound):
        decide_sheet(by=curator_of(other), sheet=sheet, state=State.ADOPTED)
    with pytest.raises(NotAllowed):
        decide_sheet(by=author, sheet=sheet, state=State.ADOPTED)
    assert decide_sheet(by=curator_of(network), sheet=sheet, state=State.ADOPTED).to_state == State.ADOPTED


def test_decide_sheet_again_publishes_only_a_text_that_changed() -> None:
    moderator = UserFactory.create(is_moderator=True)
    sheet = sheet_in(State.CANDIDATE)
    for values, number in (({}, 1), ({"aim": "Mille écoutes."}, 2)):
        decide_sheet(by=moderator, sheet=sheet, state=State.DRAFT, reason="Encore")
        sheet.refresh_from_db()
        save_sheet(by=sheet.created_by, sheet=sheet, values=values, revision=sheet.revision)
        submit_sheet(by=sheet.created_by, sheet=sheet)
        decide_sheet(by=moderator, sheet=sheet, state=State.CANDIDATE)
        sheet.refresh_from_db()
        assert sheet.version.number == number


def test_mark_due_reviews_moves_only_what_is_due_and_confirm_sheet_brings_it_back() -> None:
    due, later = published_sheet(), published_sheet()
    today = timezone.localdate() + datetime.timedelta(days=366)
    later.review_by = today
    later.save()
    assert (mark_due_reviews(today=today), mark_due_reviews(today=today)) == (1, 0)
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.editorial_state, later.editorial_state) == (State.TO_REVIEW, State.ADOPTED)
    confirmed = confirm_sheet(by=due.created_by, sheet=due)
    assert confirmed.editorial_state == State.ADOPTED
    assert confirmed.review_by == timezone.localdate() + datetime.timedelta(days=365)


def test_confirm_sheet_moves_the_date_of_an_adopted_sheet_and_refuses_a_draft() -> None:
    sheet = published_sheet()
    sheet.review_by = timezone.localdate()
    sheet.save()
    assert confirm_sheet(by=sheet.created_by, sheet=sheet).review_by > timezone.localdate()
    draft = draft_sheet()
    with pytest.raises(Conflict) as refusal:
        confirm_sheet(by=draft.created_by, sheet=draft)
    assert refusal.value.code == "not_published"
