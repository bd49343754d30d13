"""Leaving: asked with a proof, cancelled in time, done by the worker, at once for who chose so."""

import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from commons.errors import Conflict, Invalid, TooMany
from commons.people import jobs
from commons.people.actions import ask_erasure, cancel_erasure, erase_due, erase_person, send_code
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.models import Erasure, ErasureRequest, User
from tests.factories.pages import signed_in
from tests.factories.people import PASSWORD, NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_an_erasure_waits_fourteen_days(django_capture_on_commit_callbacks: Any) -> None:
    person = UserFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        request = ask_erasure(by=person, mode="anonymise", proof=PASSWORD, names=["Ada  B.", "Ada B.", " "])
    assert (request.names, request.due_at - request.asked_at) == (["Ada B."], 14 * DAY)
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert "/profil/quitter/" in mail.outbox[0].body
    assert erase_due(now=request.due_at - DAY) == 0
    assert erase_due(now=request.due_at) == 1
    assert not User.objects.filter(pk=person.pk).exists()
    assert [(row.cause, row.mode) for row in Erasure.objects.all()] == [(ErasureCause.ASKED, ErasureMode.ANONYMISE)]
    assert str(Erasure.objects.get()).startswith("anonymise 20")


def test_an_erasure_is_cancelled_in_time() -> None:
    person = UserFactory.create()
    request = ask_erasure(by=person, mode="remove", proof=PASSWORD)
    assert str(request) == f"remove {request.due_at:%Y-%m-%d}"
    cancel_erasure(by=person)
    cancel_erasure(by=person)
    assert erase_due(now=timezone.now() + 15 * DAY) == 0


def test_an_erasure_at_once_closes_the_account_and_wakes_the_worker(django_capture_on_commit_callbacks: Any) -> None:
    person = UserFactory.create()
    signed_in(person)
    with django_capture_on_commit_callbacks(execute=True):
        ask_erasure(by=person, mode="remove", proof=PASSWORD, is_immediate=True)
    person.refresh_from_db()
    assert (person.is_active, mail.outbox) == (False, [])
    jobs.erase_now.call_local()
    assert (User.objects.filter(pk=person.pk).count(), Session.objects.count()) == (0, 0)
    jobs.erase_now.call_local()


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"mode": "vanish"}, "mode"), ({"names": ["Al"]}, "names"), ({"names": [f"Nom {n}" for n in range(11)]}, "names")],
)
def test_an_erasure_that_cannot_be_read_is_refused(asked: dict[str, Any], field: str) -> None:
    person = UserFactory.create()
    with pytest.raises(Invalid) as refused:
        ask_erasure(by=person, **({"mode": "remove", "proof": PASSWORD} | asked))
    assert list(refused.value.fields) == [field]


def test_a_proof_is_guessed_five_times_at_most() -> None:
    person = UserFactory.create()
    for _guess in range(5):
        with pytest.raises(Invalid):
            ask_erasure(by=person, mode="remove", proof="faux")
    with pytest.raises(TooMany):
        ask_erasure(by=person, mode="remove", proof=PASSWORD)
    cache.delete(f"proof-guesses:{person.pk}")  # as the cache does after a quarter of an hour
    assert ask_erasure(by=person, mode="remove", proof=PASSWORD).user == person


def test_who_has_no_password_proves_by_a_mailed_code() -> None:
    person = UserFactory.create(language="en")
    person.set_unusable_password()
    person.save()
    with pytest.raises(Invalid):
        ask_erasure(by=person, mode="remove", proof="")
    send_code(by=person)
    code = next(line for line in mail.outbox[0].body.splitlines() if line.isdigit())
    ask_erasure(by=person, mode="remove", proof=f" {code[:4]} {code[4:]}")
    with pytest.raises(Invalid):
        ask_erasure(by=person, mode="remove", proof=code)  # it served once
    send_code(by=person)
    send_code(by=person)
    with pytest.raises(TooMany):
        send_code(by=person)


def test_the_last_administrator_stays() -> None:
    person = UserFactory.create(is_administrator=True)
    with pytest.raises(Conflict):
        ask_erasure(by=person, mode="remove", proof=PASSWORD)
    with pytest.raises(CommandError):
        call_command("erase", person.email)
    UserFactory.create(is_administrator=True)
    assert ask_erasure(by=person, mode="remove", proof=PASSWORD).user == person


def test_the_command_names_whom_it_does_not_know() -> None:
    with pytest.raises(CommandError, match="no account is"):
        call_command("erase", "personne@nulle.part")


def test_the_last_curator_may_leave() -> None:
    network = NetworkFactory.create()
    person = curator_of(network)
    other = signed_in(UserFactory.create())
    erase_person(person=person, mode=ErasureMode.ANONYMISE, cause=ErasureCause.ADMINISTRATOR)
    assert (network.memberships.count(), ErasureRequest.objects.count(), Session.objects.count()) == (0, 0, 1)
    assert other.get("/profil/").status_code == 200
