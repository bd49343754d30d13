"""The page of what was decided about a person."""

import pytest

from commons.moderation.models import Sanction
from tests.factories.forum import posts_in, thread_of
from tests.factories.moderation import in_days, report_on
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_moderator_silences_then_lifts() -> None:
    moderator, post = UserFactory.create(is_moderator=True), posts_in(thread_of(), 1)[0]
    report, client = report_on(post), signed_in(moderator)
    person = post.author
    here = f"/moderation/personnes/{person.pk}/"
    assert client.get(person.get_absolute_url()).context["sees_sanctions"] is True
    assert list(client.get(here).context["reports"]) == [report]
    lacking = client.post(here, {"kind": "silence", "reason": "Du calme."})
    assert lacking.context["form"].errors == {"until": ["Un silence a une fin : donnez sa date."]}
    sent = {"kind": "silence", "reason": "Du calme.", "until": in_days(2).strftime("%Y-%m-%dT%H:%M")}
    assert client.post(f"{here}?signalement={report.pk}", sent).url == here
    sanction = Sanction.objects.get()
    assert (sanction.user, sanction.by, sanction.report, sanction.is_active) == (person, moderator, report, True)
    refused = client.post(here, {"lift": sanction.pk, "why": ""})
    assert refused.context["refusal"] == "Dites pourquoi en une phrase."
    assert client.post(here, {"lift": sanction.pk, "why": "Excuses faites."}).url == here
    sanction.refresh_from_db()
    assert (sanction.is_active, sanction.lifted_by) == (False, moderator)


def test_members_find_no_such_page() -> None:
    person = UserFactory.create()
    client = signed_in(UserFactory.create())
    assert client.get(f"/moderation/personnes/{person.pk}/").status_code == 404
    assert client.get(person.get_absolute_url()).context["sees_sanctions"] is False
