"""The audit trail is only ever added to, and read by those it concerns."""

import pytest

from commons.moderation.actions import note_deed
from commons.moderation.models import AuditEntry
from commons.moderation.queries import audit_visible_to
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_the_trail_is_append_only_and_outlives_the_account() -> None:
    moderator = UserFactory.create(is_moderator=True)
    note_deed(by=moderator, deed="warn", kind="person", object_id=1, label="Camille")
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.update(why="rien")
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.all().delete()
    moderator.delete()
    entry = AuditEntry.objects.get()
    assert (entry.by, str(entry), entry.deed_label) == (None, "warn person 1", "Avertissement")


def test_curators_read_their_networks_moderators_all() -> None:
    network, moderator = NetworkFactory.create(), UserFactory.create(is_moderator=True)
    curator = curator_of(network)
    for place in (network, NetworkFactory.create(), None):
        note_deed(by=moderator, deed="burn", kind="post", object_id=1, label="x", network=place)
    assert [entry.network for entry in audit_visible_to(curator)] == [network]
    assert (audit_visible_to(moderator).count(), audit_visible_to(UserFactory.create()).count()) == (3, 0)
    assert audit_visible_to(curator)[0].deed_label == "burn"
