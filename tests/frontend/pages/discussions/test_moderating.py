"""Putting a thread in order, by who may."""

import pytest

from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_each_form_is_one_action() -> None:
    moderator, network = UserFactory.create(is_moderator=True), NetworkFactory.create()
    join(moderator, network)
    thread, other = thread_of(), thread_of(title="Une autre")
    client, here = signed_in(moderator), f"/discussions/{thread.pk}/fil/regler/"
    for sent in (
        {"deed": "facts", "title": "Filmer à deux", "kind": "question", "audience": "members", "tags": "radio, son"},
        {"deed": "pin"},
        {"deed": "slow", "slow_seconds": "30"},
        {"deed": "close"},
    ):
        assert client.post(here, sent).status_code == 302
    thread.refresh_from_db()
    assert (thread.title, thread.kind, thread.audience, sorted(thread.tags.names())) == (
        "Filmer à deux", "question", "members", ["radio", "son"],
    )  # fmt: skip
    assert (thread.is_pinned, thread.slow_seconds, thread.is_closed) == (True, 30, True)
    for deed in ("reopen", "unpin"):
        client.post(here, {"deed": deed})
    client.post(here, {"deed": "facts", "title": "Filmer", "kind": "discussion", "audience": "public"})
    refused = client.post(here, {"deed": "merge", "into": "rien"})
    assert (refused.status_code, "Copiez l’adresse" in refused.context["refusal"]) == (422, True)
    merged = client.post(here, {"deed": "merge", "into": f"x{other.get_absolute_url()}"})
    assert merged["Location"] == other.get_absolute_url()
    thread.refresh_from_db()
    assert "a rejoint" in client.get(thread.get_absolute_url()).content.decode()
    client.post(f"/discussions/{other.pk}/fil/regler/", {"deed": "move", "space": f"network:{network.slug}"})
    other.refresh_from_db()
    assert (other.network, other.audience) == (network, "network")


def test_its_author_sets_what_is_theirs_and_others_nothing() -> None:
    thread = thread_of()
    here = f"/discussions/{thread.pk}/fil/regler/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    own = signed_in(thread.created_by)
    assert own.get(here).context["moderates"] is False
    assert own.post(here, {"deed": "pin"}).status_code == 403
    assert own.post(here, {"deed": "rien"}).status_code == 404
    own.post(here, {"deed": "close"})
    thread.refresh_from_db()
    assert thread.is_closed
