"""The files of a sheet are for whoever may read it, and for nobody else."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from practices.exchange.exporting import markdown_of
from practices.models import Collection, CollectionItem
from tests.factories.files import illustrated_sheet
from tests.factories.people import NetworkFactory, UserFactory
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db
FORMATS = ("md", "csv", "jsonld")


@pytest.mark.parametrize(
    ("form", "kind"), [("md", "text/markdown"), ("csv", "text/csv"), ("jsonld", "application/ld+json")]
)
def test_a_sheet_is_given_as_a_file(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, form: str, kind: str
) -> None:
    sheet = published_sheet()
    with django_assert_num_queries(1):
        answer = client.get(reverse("sheet_export", args=[sheet.pk, form]))
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="le-podcast-du-bar.{form}"'
    assert "Le podcast du bar" in answer.content.decode()
    again = client.get(answer.request["PATH_INFO"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_markdown_is_what_the_command_writes(client: Client) -> None:
    sheet = published_sheet()
    assert client.get(reverse("sheet_export", args=[sheet.pk, "md"])).content.decode() == markdown_of(sheet)


@pytest.mark.parametrize("form", [*FORMATS, "pdf", "zip", "exe"])
def test_what_one_may_not_read_is_not_found(client: Client, form: str) -> None:
    hidden = [
        draft_sheet(),
        *(sheet_in(state) for state in ("submitted", "archived")),
        *(published_sheet(confidentiality=c) for c in ("members", "chatham")),
    ]
    assert {client.get(reverse("sheet_export", args=[sheet.pk, form])).status_code for sheet in hidden} == {404}


def test_members_take_away_what_is_for_members(client: Client) -> None:
    sheet = published_sheet(confidentiality="members")
    client.force_login(UserFactory.create())
    answer = client.get(reverse("sheet_export", args=[sheet.pk, "jsonld"]))
    assert json.loads(answer.content)["identifier"] == sheet.pk
    assert "private" in answer.headers["Cache-Control"]


def test_the_archive_holds_what_the_current_version_shows(client: Client, tmp_path: Path) -> None:
    sheet = illustrated_sheet()
    page = client.get(sheet.get_absolute_url()).content.decode()
    address = reverse("sheet_export", args=[sheet.pk, "zip"])
    assert f'href="{address}"' in page
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/zip"
    body = answer.getvalue()
    with ZipFile(BytesIO(body)) as archive:
        archive.extractall(tmp_path / "archive")
    call_command("export_sheets", str(tmp_path / "command"))
    archived, written = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "archive", tmp_path / "command")
    )
    assert archived == written
    assert client.get(address).getvalue() == body


@pytest.fixture
def collection() -> Collection:
    network = NetworkFactory.create(slug="reseau")
    collection = Collection.objects.create(network=network, slug="choix", title="Choix")
    titles = [("Deux guides", "public"), ("Cachée ici", "members"), ("Un guide", "public")]
    for position, (title, confidentiality) in enumerate(titles):
        sheet = published_sheet(title=title, confidentiality=confidentiality)
        CollectionItem.objects.create(collection=collection, sheet=sheet, position=position)
    return collection


@pytest.mark.usefixtures("collection")
def test_a_collection_is_given_in_its_order_less_what_is_hidden(client: Client) -> None:
    answer = client.get(reverse("collection_export", args=["reseau", "choix", "jsonld"]))
    names = [item["item"]["name"] for item in json.loads(answer.content)["itemListElement"]]
    assert names == ["Deux guides", "Un guide"]
    table = client.get(reverse("collection_export", args=["reseau", "choix", "csv"])).content.decode()
    assert [line.split(",")[2] for line in table.splitlines() if "http" in line] == names
    assert client.get(reverse("collection_export", args=["reseau", "choix", "pdf"])).status_code == 404
    Collection.objects.update(confidentiality="members")
    assert client.get(reverse("collection_export", args=["reseau", "choix", "csv"])).status_code == 404


@pytest.mark.usefixtures("collection")
def test_a_collection_is_taken_away_as_markdown_less_what_is_hidden(client: Client) -> None:
    illustrated = illustrated_sheet()
    CollectionItem.objects.create(collection=Collection.objects.get(), sheet=illustrated, position=9)
    page = client.get(reverse("collection", args=["reseau", "choix"])).content.decode()
    address = reverse("collection_export", args=["reseau", "choix", "zip"])
    assert f'href="{address}"' in page
    with ZipFile(BytesIO(client.get(address).getvalue())) as archive:
        names = archive.namelist()
        whole = archive.read(f"{illustrated.slug}-{illustrated.pk}.md").decode()
    assert [name.rsplit("-", 1)[0] for name in names if name.endswith(".md")] == [
        "deux-guides", "un-guide", illustrated.slug,
    ]  # fmt: skip
    assert len(names) > 3
    assert "Cachée ici" not in whole


def test_the_page_of_a_sheet_bears_its_structured_data(client: Client) -> None:
    sheet = published_sheet(title="Le </script> du bar")
    page = client.get(sheet.get_absolute_url()).content.decode()
    _before, _mark, after = page.partition('<script type="application/ld+json">')
    assert json.loads(after.partition("</script>")[0])["name"] == "Le </script> du bar"
