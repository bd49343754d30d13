"""A meeting is found by its topics and minutes, by its readers only; a hidden one by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from events.actions import add_block, change_series, propose_topic
from events.search import occurrence_document
from tests.factories.events import occurrence_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.search import found_by, fresh_index

pytestmark = pytest.mark.django_db


def test_a_meeting_is_found_by_what_was_said_in_it() -> None:
    host, network = UserFactory.create(), NetworkFactory.create()
    member = UserFactory.create()
    join(member, network)
    curator = curator_of(network)
    fresh_index()
    shown = occurrence_of(host, rrule="", title="Le mardi des publics")
    hidden = occurrence_of(curator, rrule="", title="Entre nous", network=network, visibility="network")
    for occurrence, person in ((shown, host), (hidden, member)):
        add_block(by=person, occurrence=occurrence, text="Un **trépied** suffit.", values={"kind": "tip"})
    propose_topic(by=host, occurrence=shown, title="La billetterie solidaire")
    both = {("occurrence", str(shown.pk)), ("occurrence", str(hidden.pk))}
    assert set(found_by(AnonymousUser(), "trépied")) == {("occurrence", str(shown.pk))}
    assert set(found_by(member, "trépied")) == both
    assert found_by(UserFactory.create(), "billetterie solidaire") == [("occurrence", str(shown.pk))]
    change_series(by=host, series=shown.series, values={"title": "Rencontre des régisseuses"})
    assert found_by(AnonymousUser(), "régisseuses") == [("occurrence", str(shown.pk))]


def test_audiences_are_those_of_the_readers() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    hidden = occurrence_of(curator, rrule="", network=network, visibility="network")
    assert occurrence_document(hidden).audiences == (f"network:{network.pk}", f"person:{curator.pk}", "moderators")
    assert occurrence_document(occurrence_of(rrule="", visibility="members")).audiences == ("members",)
