"""Sanctions: told with their reason, written on the account, over by themselves or lifted."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotAllowed
from commons.moderation.actions import impose_sanction, lift_sanction
from commons.moderation.models import AuditEntry
from commons.moderation.queries import sanctions_of
from commons.notices.queries import lines_of
from commons.notices.spreading import spread
from commons.people.models import FOR_GOOD, User
from tests.factories.moderation import in_days, silence, suspend
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def told(person: User) -> list[str]:
    """Return the notices that the worker makes of what was done."""
    spread()
    return [line.sentence for line in lines_of(person, person.notices.order_by("pk"))]


def test_a_warning_bars_nothing_and_is_told() -> None:
    person, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    sanction = impose_sanction(by=moderator, person=person, kind="warning", reason="Restez courtois.")
    assert (fresh(person).is_silenced, fresh(person).barred_words, sanction.is_active) == (False, "", False)
    assert told(person) == ["Décision de la modération à votre égard : Avertissement"]
    assert list(AuditEntry.objects.values_list("by", "deed", "object_id", "why")) == [
        (moderator.pk, "warn", str(person.pk), "Restez courtois.")
    ]


def test_a_silence_ends_by_itself() -> None:
    person = UserFactory.create()
    sanction = silence(person)
    assert (person.is_silenced, fresh(person).is_silenced, fresh(person).is_suspended) == (True, True, False)
    assert fresh(person).barred_words.startswith("Vous lisez sans écrire jusqu’au")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        assert (fresh(person).is_silenced, sanction.is_active) == (False, False)


def test_a_suspension_may_have_no_end_and_is_lifted_with_a_word() -> None:
    person, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    suspend(person, 2)
    assert fresh(person).barred_words.startswith("Votre compte est suspendu jusqu’au")
    endless = suspend(person)
    assert fresh(person).suspended_until == FOR_GOOD
    assert fresh(person).barred_words.startswith("Votre compte est suspendu. ")
    lifted = lift_sanction(by=moderator, sanction=endless, reason="Erreur de personne.")
    assert (lifted.is_active, lifted.lifted_by, fresh(person).is_suspended) == (False, moderator, True)
    assert fresh(person).suspended_until == sanctions_of(person)[1].until
    assert told(person)[-1] == "Une mesure à votre égard est levée : Suspension sans date de fin"
    with pytest.raises(Conflict):
        lift_sanction(by=moderator, sanction=endless, reason="Encore")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "exile"}, "kind"),
        ({"reason": "  "}, "reason"),
        ({"until": None}, "until"),
        ({"until": in_days(-1)}, "until"),
    ],
)
def test_a_sanction_that_cannot_be_told_is_refused(values: dict[str, object], field: str) -> None:
    facts = {"kind": "silence", "reason": "Du calme.", "until": in_days(1)} | values
    with pytest.raises(Invalid) as refused:
        impose_sanction(by=UserFactory.create(is_moderator=True), person=UserFactory.create(), **facts)
    assert list(refused.value.fields) == [field]


def test_who_may_sanction_whom() -> None:
    roles = [{}, {"is_moderator": True}, {"is_administrator": True}]
    member, moderator, administrator = (UserFactory.create(**role) for role in roles)
    others = [UserFactory.create(**role) for role in roles]
    allowed = {
        "member": [member.has_perm("moderation.sanction_person", person) for person in others],
        "moderator": [moderator.has_perm("moderation.sanction_person", person) for person in others],
        "administrator": [administrator.has_perm("moderation.sanction_person", person) for person in others],
        "oneself": [user.has_perm("moderation.sanction_person", user) for user in (member, moderator, administrator)],
    }
    assert allowed == {
        "member": [False, False, False],
        "moderator": [True, False, False],
        "administrator": [True, True, False],
        "oneself": [False, False, False],
    }
    with pytest.raises(NotAllowed):
        impose_sanction(by=member, person=others[0], kind="warning", reason="Non")
