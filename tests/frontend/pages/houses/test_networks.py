"""The pages of networks."""

import pytest
from django.test import Client

from commons.people.enums import MemberRole
from commons.people.models import Membership
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.pictures import magic, picture
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def test_networks_are_listed_with_their_number_of_members() -> None:
    network = NetworkFactory.create()
    join(UserFactory.create(), network)
    Membership.objects.create(user=UserFactory.create(), network=network)
    (row,) = Client().get("/reseaux/").context["rows"]
    assert (row, row.member_count) == (network, 1)


def test_a_network_shows_members_to_members_and_sheets_to_whom_they_are_open() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    membership = join(member, network)
    secret = published_sheet(member, network=network, confidentiality="network")
    outside, inside = Client().get(network.get_absolute_url()), signed_in(member).get(network.get_absolute_url())
    assert (outside.context["sheets"], outside.context["members"]) == ([], [])
    assert [row["pk"] for row in inside.context["sheets"]] == [secret.pk]
    assert list(inside.context["members"]) == [membership]
    assert (secret.title in outside.content.decode(), secret.title in inside.content.decode()) == (False, True)


def test_joining_asking_and_leaving() -> None:
    free, closed, user = NetworkFactory.create(is_open=True), NetworkFactory.create(), UserFactory.create()
    client = signed_in(user)
    client.post(f"/reseaux/{free.slug}/adhesion/", {"join": "1"})
    client.post(f"/reseaux/{closed.slug}/adhesion/", {"join": "1"})
    assert sorted(user.memberships.values_list("network", "state")) == [(free.pk, "active"), (closed.pk, "requested")]
    assert client.get(closed.get_absolute_url()).context["own"].state == "requested"
    client.post(f"/reseaux/{free.slug}/adhesion/", {"leave": "1"})
    assert list(user.memberships.values_list("network", flat=True)) == [closed.pk]


def test_curators_let_in_give_roles_and_take_out() -> None:
    network = NetworkFactory.create()
    curator, asking = curator_of(network), UserFactory.create()
    request = Membership.objects.create(user=asking, network=network)
    client, here = signed_in(curator), f"/reseaux/{network.slug}/membres/"
    assert signed_in(asking).get(here).status_code == 403
    assert list(client.get(here).context["requests"]) == [request]
    client.post(here, {"membership": request.pk, "what": "accept"})
    client.post(here, {"membership": request.pk, "what": "role", "role": MemberRole.FACILITATOR})
    request.refresh_from_db()
    assert (request.state, request.role) == ("active", MemberRole.FACILITATOR)
    client.post(here, {"membership": request.pk, "what": "remove"})
    assert list(network.memberships.values_list("user", flat=True)) == [curator.pk]
    last = network.memberships.get()
    assert client.post(here, {"membership": last.pk, "what": "role", "role": "member"}).status_code == 409


def test_curators_change_the_introduction() -> None:
    network = NetworkFactory.create()
    client, here = signed_in(curator_of(network)), f"/reseaux/{network.slug}/modifier/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    client.post(here, {"name": "Les Cintres", "about": "Du **bois**.", "summary": "", "website": ""})
    network.refresh_from_db()
    assert (network.name, network.about_html) == ("Les Cintres", "<p>Du <strong>bois</strong>.</p>")
    assert client.post(here, {"name": ""}).context["form"].errors["name"] == ["Ce champ est obligatoire."]


def test_a_logo_is_sent_shown_and_taken_away() -> None:
    network = NetworkFactory.create()
    client, here = signed_in(curator_of(network)), f"/reseaux/{network.slug}/modifier/"
    assert Client().get(f"/reseaux/{network.slug}/logo/").status_code == 404
    facts = {"name": network.name, "summary": "", "about": "", "website": ""}
    assert client.post(here, facts | {"logo": picture(900, 900)}).status_code == 302
    served = Client().get(f"/reseaux/{network.slug}/logo/")
    assert (served.headers["Content-Type"], magic(served)) == ("image/png", b"\x89PNG")
    assert f"/reseaux/{network.slug}/logo/" in Client().get(network.get_absolute_url()).content.decode()
    assert client.post(here, facts).status_code == 302
    assert magic(Client().get(f"/reseaux/{network.slug}/logo/")) == b"\x89PNG"
    assert client.post(here, facts | {"logo-clear": "on"}).status_code == 302
    assert Client().get(f"/reseaux/{network.slug}/logo/").status_code == 404
