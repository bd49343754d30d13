"""The pages of collections."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from practices.actions.collections import add_item, create_collection
from practices.models import Collection
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.pictures import magic, picture
from tests.factories.sheets import published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def collection(**values: str) -> Collection:
    curator = curator_of(NetworkFactory.create())
    network = curator.networks.get()
    return create_collection(by=curator, network=network, values={"title": "Commencer", **values})


def curator_client(found: Collection) -> Client:
    return signed_in(found.network.members.first())


def test_a_collection_is_opened_by_a_curator() -> None:
    network = NetworkFactory.create()
    here = f"/reseaux/{network.slug}/collections/nouvelle/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    client = signed_in(curator_of(network))
    made = client.post(here, {"title": "Commencer demain", "intro": "*Peu*", "confidentiality": "public"})
    assert made.url == f"/collections/{network.slug}/commencer-demain/fiches/"
    assert Collection.objects.get().intro_html == "<p><em>Peu</em></p>"
    assert "title" in client.post(here, {"title": ""}).context["form"].errors


def test_items_are_added_moved_up_and_taken_out() -> None:
    found = collection()
    curator = found.network.members.get()
    client, here = signed_in(curator), f"{found.get_absolute_url()}fiches/"
    first, second = published_sheet(), published_sheet()
    for sheet in (first, second):
        address = f"https://commons.example{sheet.get_absolute_url()}"
        client.post(here, {"add": "1", "sheet": address, "section": "Un", "note": "Parce **que**"})
    assert [i.sheet for i in client.get(here).context["items"]] == [first, second]
    found.refresh_from_db()
    client.post(here, {"up": second.pk, "revision": found.revision})
    page = Client().get(found.get_absolute_url())
    (part,) = page.context["sections"]
    assert (part["title"], [row["pk"] for row in part["rows"]]) == ("Un", [second.pk, first.pk])
    assert part["rows"][0]["note_html"] == "<p>Parce <strong>que</strong></p>"
    assert client.post(here, {"up": first.pk, "revision": 1}).status_code == 409
    found.refresh_from_db()
    client.post(here, {"up": second.pk, "revision": found.revision})
    found.refresh_from_db()
    client.post(here, {"remove": second.pk, "revision": found.revision})
    client.post(here, {"remove": "rien"})
    assert [i.sheet for i in found.items.all()] == [first]
    unknown = client.post(here, {"add": "1", "sheet": "https://ailleurs.example"})
    assert unknown.context["form"].errors["sheet"] == ["Aucune fiche publiée ne porte cette adresse."]
    assert "sheet" in client.post(here, {"add": "1", "sheet": ""}).context["form"].errors


def test_a_collection_never_shows_a_sheet_closed_to_its_reader() -> None:
    found = collection()
    curator = found.network.members.get()
    hidden = published_sheet(confidentiality="members")
    add_item(by=curator, collection=found, sheet=hidden)
    archived = sheet_in("adopted")
    add_item(by=curator, collection=found, sheet=archived)
    archived.editorial_state = "archived"
    archived.save()
    assert Client().get(found.get_absolute_url()).context["sections"] == []
    (part,) = signed_in(UserFactory.create()).get(found.get_absolute_url()).context["sections"]
    assert [row["pk"] for row in part["rows"]] == [hidden.pk]


def test_a_public_collection_may_be_framed_and_no_other_page() -> None:
    found, closed = collection(), collection(confidentiality="members")
    page = Client().get(f"{found.get_absolute_url()}integrer/")
    assert ("X-Frame-Options" in page, "frame-ancestors *" in page["Content-Security-Policy"]) == (False, True)
    assert Client().get(found.get_absolute_url())["X-Frame-Options"] == "DENY"
    framed = signed_in(UserFactory.create()).get(f"{closed.get_absolute_url()}integrer/")
    assert framed.url == closed.get_absolute_url()
    assert Client().get(f"{closed.get_absolute_url()}integrer/").status_code == 404


def test_words_change_unless_somebody_was_faster() -> None:
    found = collection()
    client, here = curator_client(found), f"{found.get_absolute_url()}modifier/"
    sent = {"title": "Finir", "intro": "", "confidentiality": "members", "revision": str(found.revision)}
    assert client.get(here).context["form"].initial["title"] == "Commencer"
    client.post(here, sent)
    found.refresh_from_db()
    assert (found.title, found.confidentiality) == ("Finir", "members")
    late = client.post(here, sent)
    assert late.context["form"].non_field_errors() == ["Une autre personne a modifié cette collection entre-temps."]
    assert [c.title for c in client.get("/collections/").context["rows"]] == ["Finir"]
    assert Client().get("/collections/").context["rows"] == []


def test_a_cover_needs_words_and_follows_the_collections_readers() -> None:
    found = collection()
    client, here = curator_client(found), f"{found.get_absolute_url()}modifier/"
    facts = {"title": "Commencer", "confidentiality": "public", "revision": found.revision}
    unsaid = client.post(here, facts | {"cover": picture()})
    assert "cover_alt" in unsaid.context["form"].errors
    assert client.post(here, facts | {"cover": picture(), "cover_alt": "Une scène"}).status_code == 302
    cover = f"{found.get_absolute_url()}couverture/"
    served = Client().get(cover)
    assert (served.headers["Content-Type"], magic(served)) == ("image/png", b"\x89PNG")
    assert 'alt="Une scène"' in Client().get(found.get_absolute_url()).content.decode()
    assert (
        client.post(here, facts | {"revision": 2, "confidentiality": "private", "cover_alt": "Une scène"}).status_code
        == 302
    )
    assert (Client().get(cover).status_code, magic(client.get(cover))) == (404, b"\x89PNG")
    assert client.post(here, facts | {"revision": 3, "cover-clear": "on"}).status_code == 302
    assert client.get(cover).status_code == 404
    wrong = SimpleUploadedFile("a.png", b"<svg/>")
    assert client.post(here, facts | {"revision": 4, "cover": wrong, "cover_alt": "x"}).status_code == 200


def test_curators_share_a_collection_with_members() -> None:
    found = collection()
    member, stranger = UserFactory.create(), UserFactory.create()
    join(member, found.network)
    client, here = curator_client(found), f"{found.get_absolute_url()}curation/"
    assert "person" in client.post(here, {"add": "1", "person": stranger.pk}).context["form"].errors
    assert client.post(here, {"add": "1", "person": member.pk}).status_code == 302
    helper = signed_in(member)
    page = helper.get(here)
    assert (list(page.context["curators"]), page.context["may_add"]) == ([member], False)
    assert helper.post(here, {"add": "1", "person": member.pk}).context["form"].errors != {}
    assert helper.get(f"{found.get_absolute_url()}fiches/").status_code == 200
    assert helper.post(here, {"remove": member.pk}).url == found.get_absolute_url()
    assert helper.get(here).status_code == 403
