"""Opening a thread: what is known already, drafts, spaces."""

import pytest
from django.test import Client

from forum.models import Draft, Thread
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
HERE = "/discussions/ouvrir/"
SENT = {"title": "Filmer seul", "kind": "question", "body": "Qui **filme** seul ?", "space": "", "audience": ""}


def test_a_thread_is_opened_in_its_space_with_its_tags() -> None:
    network, writer = NetworkFactory.create(), UserFactory.create()
    join(writer, network)
    sent = SENT | {"space": f"network:{network.slug}", "tags": ["Radio", "", "captation"], "client_id": "a"}
    for _ in range(2):
        signed_in(writer).post(HERE, sent)
    thread = Thread.objects.get()
    assert (thread.title, thread.kind) == ("Filmer seul", "question")
    assert (thread.network, thread.audience) == (network, "network")
    assert sorted(thread.tags.names()) == ["Radio", "captation"]
    assert Client().get(HERE)["Location"].startswith("/compte/login/")


def test_a_space_that_is_not_ones_own_is_refused() -> None:
    network = NetworkFactory.create()
    page = signed_in(UserFactory.create()).post(HERE, SENT | {"space": f"network:{network.slug}"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["space"])
    assert Draft.objects.get().body == SENT["body"]


def test_a_thread_about_a_sheet_starts_from_the_sheet() -> None:
    sheet, client = published_sheet(), signed_in(UserFactory.create())
    page = client.get(f"{HERE}?space=sheet:{sheet.pk}")
    assert page.context["form"]["space"].value() == f"sheet:{sheet.pk}"
    client.post(HERE, SENT | {"space": f"sheet:{sheet.pk}"})
    assert Thread.objects.get().sheet == sheet


def test_drafts_previews_and_checks_open_nothing() -> None:
    client = signed_in(UserFactory.create())
    assert client.post(HERE, SENT, headers={"X-Autosave": "1"}).status_code == 204
    form = client.get(HERE).context["form"]
    assert (form["title"].value(), form["body"].value()) == (SENT["title"], SENT["body"])
    shown = client.post(HERE, SENT | {"preview": "1"}).content.decode()
    assert "<strong>filme</strong>" in shown
    checked = client.post(HERE, SENT | {"check": "1", "body": ""})
    assert (checked.status_code, checked.context["form"].errors, Thread.objects.count()) == (200, {}, 0)
    assert client.post(HERE, SENT | {"title": "", "body": ""}).status_code == 422
