"""One click stops the mails of a kind without a session (RFC 8058); looking at the page changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from commons.notices.models import Choice, Rhythm
from commons.notices.stopping import stop_token
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_post_without_a_session_stops_it_and_a_get_changes_nothing() -> None:
    person = UserFactory.create()
    url = reverse("notices_stop", args=[stop_token(person.pk, "reply")])
    client = Client(enforce_csrf_checks=True)
    page = client.get(url)
    client.head(url)
    assert "Arrêter ces e-mails" in page.content.decode()
    assert (Choice.objects.count(), page.cookies) == (0, {})
    answer = client.post(url, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert "vous ne recevrez plus d’e-mail" in answer.content.decode()
    assert list(Choice.objects.values_list("user", "kind", "in_app", "mail")) == [(person.pk, "reply", True, "")]


def test_the_digest_stops_the_same_way() -> None:
    person = UserFactory.create()
    url = reverse("notices_stop", args=[stop_token(person.pk, "digest")])
    assert "Le résumé à lire" in Client().get(url).content.decode()
    Client().post(url)
    assert list(Rhythm.objects.values_list("user", "digest")) == [(person.pk, "never")]


@pytest.mark.parametrize("token", ["x", "1.reply:x", stop_token(1, "unheard")], ids=["short", "unsigned", "of no kind"])
def test_a_wrong_token_leads_nowhere(token: str) -> None:
    url = reverse("notices_stop", args=[token])
    assert (Client().get(url).status_code, Client().post(url).status_code) == (404, 404)
    assert Choice.objects.count() == 0
