"""Topics are proposed, voted for once each, and make the agenda."""

import pytest

from commons.errors import Invalid, NotAllowed
from events.actions import make_agenda, propose_topic, vote_topic
from events.queries import topics_of
from tests.factories.events import occurrence_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_most_wanted_topics_make_the_agenda() -> None:
    host, first, second = UserFactory.create(), UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(host, template="debate")
    podcast = propose_topic(by=first, occurrence=occurrence, title="Le podcast du bar")
    billing = propose_topic(by=first, occurrence=occurrence, title="La billetterie solidaire", text="Chez nous…")
    for _again in range(2):
        vote_topic(by=second, topic=billing)
    assert [(topic.title, topic.voices) for topic in topics_of(occurrence)] == [
        ("La billetterie solidaire", 2),
        ("Le podcast du bar", 1),
    ]
    made = make_agenda(by=host, occurrence=occurrence, topics=[])
    assert [step.get("topic") for step in made.agenda] == [None, billing.pk, podcast.pk, None]
    assert [step["title"] for step in made.agenda][::3] == ["Accueil et tour de table", "Décisions et suites"]
    vote_topic(by=second, topic=billing, is_on=False)
    assert topics_of(occurrence)[0].voices == 1


def test_what_is_not_a_topic_of_the_meeting_is_refused() -> None:
    host = UserFactory.create()
    occurrence, other = occurrence_of(host), occurrence_of(host)
    topic = propose_topic(by=host, occurrence=other, title="Ailleurs")
    with pytest.raises(Invalid):
        propose_topic(by=host, occurrence=occurrence, title="  ")
    with pytest.raises(Invalid):
        make_agenda(by=host, occurrence=occurrence, topics=[topic.pk])
    with pytest.raises(NotAllowed):
        make_agenda(by=UserFactory.create(), occurrence=occurrence, topics=[])
