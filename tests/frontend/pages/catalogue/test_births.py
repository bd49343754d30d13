"""A sheet says where it was born, to who may see that place and to nobody else."""

from typing import Any

import pytest
from django.test import Client

from commons.people.models import User
from events.actions import add_block, draft_from_block
from forum.actions import draft_sheet
from practices.actions import decide_sheet, save_sheet, submit_sheet
from practices.models import Sheet
from tests.factories.events import occurrence_of
from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import PUBLISHABLE

pytestmark = pytest.mark.django_db
WHOLE = {code: value for code, value in PUBLISHABLE.items() if code != "what"}


def _published(sheet: Sheet, by: User, **values: Any) -> Sheet:
    saved = save_sheet(by=by, sheet=sheet, values=WHOLE | values, revision=sheet.revision)
    submit_sheet(by=by, sheet=saved)
    decide_sheet(by=UserFactory.create(is_moderator=True), sheet=saved, state="adopted")
    saved.refresh_from_db()
    return saved


def _said(client: Client, sheet: Sheet) -> tuple[bool, bool]:
    page = client.get(sheet.get_absolute_url()).content.decode().replace("\xa0", " ")
    return "Née d’un" in page, "Voir la source" in page


def test_a_sheet_born_in_a_discussion_leads_back_to_it() -> None:
    author = UserFactory.create()
    thread = thread_of(author, title="Filmer seul")
    sheet = _published(draft_sheet(by=author, thread=thread, posts=list(thread.posts.all())), author)
    page = Client().get(sheet.get_absolute_url()).content.decode().replace("\xa0", " ")
    link = f'Née d’une discussion : <a href="{thread.get_absolute_url()}">Filmer seul</a>'
    assert (link in page, "Voir la source" in page) == (True, False)


def test_a_discussion_of_members_is_not_named_to_visitors() -> None:
    author = UserFactory.create()
    thread = thread_of(author, title="Entre nous", audience="members")
    drafted = draft_sheet(by=author, thread=thread, posts=list(thread.posts.all()))
    sheet = _published(drafted, author, confidentiality="public", based_on={"changed": "Le lieu."})
    assert _said(Client(), sheet) == (False, False)
    assert _said(signed_in(UserFactory.create()), sheet) == (True, False)


def test_a_discussion_closed_later_leaves_the_page_that_was_kept() -> None:
    author = UserFactory.create()
    thread = thread_of(author)
    sheet = _published(draft_sheet(by=author, thread=thread, posts=list(thread.posts.all())), author)
    visitor = Client()
    assert _said(visitor, sheet) == (True, False)
    thread.audience = "members"
    thread.save()
    assert _said(visitor, sheet)[0] is False


def test_a_sheet_born_in_a_workshop_leads_back_to_it() -> None:
    host = UserFactory.create()
    meeting = occurrence_of(host)
    block, _is_new = add_block(by=host, occurrence=meeting, text="Un micro au bar.", values={"kind": "practice"})
    sheet = _published(draft_from_block(by=host, block=block), host)
    page = Client().get(sheet.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert f'Née d’un atelier : <a href="{meeting.get_absolute_url()}">' in page
