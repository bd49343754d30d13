"""What is written in a trial or a proposal is kept until it is sent: no browser, no server loses it."""

from typing import Any

import pytest

from practices.actions import add_trial, publish_version, save_sheet
from practices.models import Draft, Proposal, Trial
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
SAVES_ITSELF = {"X-Autosave": "1"}
BEGUN = {"changed": "Au foyer.", "if_again": "Plus tôt.", "adaptation": "adapted", "csrfmiddlewaretoken": "x"}


def test_a_trial_comes_back_as_it_was_left_and_goes_once_sent() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    other = add_trial(by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="mixed", recommend=5)
    client, here = signed_in(user), f"/fiches/{sheet.pk}/essayer/"
    kept = client.post(here, BEGUN | {"parent": other.pk}, headers=SAVES_ITSELF)
    assert (kept.status_code, Trial.objects.filter(by=user).count()) == (204, 0)
    page = client.get(here)
    shown = page.content.decode()
    assert ("Au foyer." in shown, "Plus tôt." in shown, "Vous aviez commencé" in shown) == (True, True, True)
    assert (page.context["parent"], page.context["form"].initial["adaptation"]) == (other, "adapted")
    assert "Au foyer." not in signed_in(UserFactory.create()).get(here).content.decode()
    client.post(here, BEGUN | {"outcome": "worked", "recommend": "9"})
    assert (Trial.objects.filter(by=user).count(), Draft.objects.count()) == (1, 0)


def test_a_refused_trial_is_kept_and_can_be_begun_anew() -> None:
    sheet = published_sheet()
    client, here = signed_in(UserFactory.create()), f"/fiches/{sheet.pk}/essayer/"
    client.post(here, BEGUN | {"changed": ""})
    assert "Plus tôt." in client.get(here).content.decode()
    assert client.post(here, {"forget": "1"}).url == here
    assert "Plus tôt." not in client.get(here).content.decode()
    client.post(here, {"changed": " "}, headers=SAVES_ITSELF)
    assert Draft.objects.count() == 0


def test_a_correction_is_kept_apart_from_the_trial() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    trial = add_trial(by=user, sheet=sheet, adaptation="same", outcome="mixed", recommend=5)
    client, here = signed_in(user), f"/essais/{trial.pk}/"
    client.post(here, BEGUN, headers=SAVES_ITSELF)
    assert "Au foyer." in client.get(here).content.decode()
    assert "Au foyer." not in client.get(f"/fiches/{sheet.pk}/essayer/").content.decode()
    assert client.post(here, {"forget": "1"}).url == here
    client.post(here, BEGUN, headers=SAVES_ITSELF)
    client.post(here, BEGUN | {"outcome": "worked", "recommend": "9"})
    trial.refresh_from_db()
    assert (trial.changed, Draft.objects.count()) == ("Au foyer.", 0)


def test_a_proposal_is_kept_and_never_takes_back_what_the_authors_changed_meanwhile() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    client, here = signed_in(user), f"/fiches/{sheet.pk}/ameliorer/"
    whole = _form(client.get(here)) | {"aim": "Mille.", "title": "x" * 101, "version": "1", "reason": "Haut"}
    assert client.post(here, whole, headers=SAVES_ITSELF).status_code == 204
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"problem": "Neuf."}, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=saved, reason="Neuf")
    page = client.get(here)
    assert (page.context["reason"], page.context["is_kept"]) == ("Haut", True)
    values = {one.name: one.value for one in page.context["inputs"]}
    assert (values["aim"], values["problem"], values["title"]) == ("Mille.", "Neuf.", "x" * 101)
    client.post(here, whole | {"title": sheet.title})  # sent from the form that was open all the while
    assert (Proposal.objects.get().content, Draft.objects.count()) == ({"aim": "Mille."}, 0)


def test_a_proposal_can_be_begun_anew() -> None:
    sheet = published_sheet()
    client, here = signed_in(UserFactory.create()), f"/fiches/{sheet.pk}/ameliorer/"
    client.post(here, _form(client.get(here)) | {"aim": "Mille.", "reason": ""})  # refused: no reason
    assert client.get(here).context["is_kept"]
    assert client.post(here, {"forget": "1"}).url == here
    assert not client.get(here).context["is_kept"]


def _form(page: Any) -> dict[str, Any]:
    """Return what the browser sends of an untouched form."""
    sent: dict[str, Any] = {}
    stack = list(page.context["inputs"])
    while stack:
        one = stack.pop()
        stack += [*one.parts, *one.rows]
        if one.widget not in ("record", "rows"):
            sent[one.name] = [o.value for o in one.options if o.is_chosen] if one.options else one.value
    return sent
