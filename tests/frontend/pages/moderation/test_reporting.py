"""Reporting without a script, and reading what became of it."""

import pytest

from commons.moderation.actions import close_report
from commons.moderation.models import Report
from tests.factories.forum import posts_in, thread_of
from tests.factories.moderation import report_on, silence
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_a_post_is_reported_from_its_own_page() -> None:
    post, reader = posts_in(thread_of(), 1)[0], UserFactory.create()
    client = signed_in(reader)
    url = client.get(f"/discussions/{post.thread_id}/messages/2/").context["report_url"]
    assert url == f"/signaler/?kind=post&id={post.pk}"
    assert client.get(url).context["thing"].excerpt == "Message numéro 0"
    sent = client.post(url, {"reason": "spam", "text": "Une publicité"})
    assert (sent.status_code, sent.url) == (302, "/signalements-et-mesures/")
    report = Report.objects.get()
    assert (report.by, report.about, report.reason, report.text) == (reader, post.author, "spam", "Une publicité")
    assert signed_in(post.author).get(f"/discussions/{post.thread_id}/messages/2/").context["report_url"] == ""


def test_a_refusal_stays_beside_the_form_and_the_hidden_is_not_found() -> None:
    post, network = posts_in(thread_of(), 1)[0], NetworkFactory.create()
    url = f"/signaler/?kind=post&id={post.pk}"
    own = signed_in(post.author).post(url, {"reason": "spam"})
    assert own.status_code == 422
    assert own.context["form"].non_field_errors() == ["C’est le vôtre : modifiez-le ou supprimez-le."]
    assert signed_in(UserFactory.create()).post(url, {"reason": "boredom"}).status_code == 422
    hidden = thread_of(curator_of(network), network=network).posts.get()
    assert signed_in(UserFactory.create()).get(f"/signaler/?kind=post&id={hidden.pk}").status_code == 404


def test_ones_own_page_tells_what_became_of_reports_and_the_reasons_of_sanctions() -> None:
    person, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    report = report_on(posts_in(thread_of(), 1)[0], person)
    close_report(by=moderator, report=report, state="rejected", outcome="Un désaccord, pas une insulte.")
    silence(person)
    page = signed_in(person).get("/signalements-et-mesures/")
    assert [row.outcome for row in page.context["rows"]] == ["Un désaccord, pas une insulte."]
    assert [sanction.reason for sanction in page.context["sanctions"]] == ["Du calme."]
    banner = signed_in(person).get("/fiches/").content.decode()
    assert person.barred_words.split(". ")[0] in banner
    assert "sans écrire jusqu" not in signed_in(moderator).get("/fiches/").content.decode()
