"""Files of sheets: taken by what they are, served to who may read the sheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from practices.actions import publish_version, save_sheet
from practices.actions.uploads import add_upload
from practices.models import Sheet, Upload
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def picture(name: str = "affiche.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, format="PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="text/html")


def test_a_file_is_sent_named_among_the_media_served_and_removed() -> None:
    sheet = draft_sheet()
    client, here = signed_in(sheet.created_by), f"/ecrire/{sheet.pk}/fichiers/"
    client.post(here, {"file": picture(), "alt": "Une affiche rouge", "credit": "La maison", "licence": "CC-BY-4.0"})
    upload = Upload.objects.get()
    sheet.refresh_from_db()
    assert sheet.content["media"] == [
        {"upload": upload.pk, "alt": "Une affiche rouge", "licence": "CC-BY-4.0", "credit": "La maison"}
    ]
    served = client.get(upload.get_absolute_url())
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served["Content-Disposition"] == 'inline; filename="affiche.png"'
    assert served["Cache-Control"] == "private, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(b"".join(served.streaming_content))).size == (8, 6)
    for stranger in (Client(), signed_in(UserFactory.create())):
        assert stranger.get(upload.get_absolute_url()).status_code == 404
    client.post(here, {"remove": upload.pk})
    sheet.refresh_from_db()
    assert (Upload.objects.count(), "media" in sheet.content) == (0, False)


def test_a_file_of_another_kind_is_refused_in_words() -> None:
    sheet = draft_sheet()
    page = signed_in(sheet.created_by).post(
        f"/ecrire/{sheet.pk}/fichiers/",
        {"file": SimpleUploadedFile("a.png", b"<svg onload=alert(1)>"), "alt": "x", "licence": "CC-BY-4.0"},
    )
    assert page.context["form"].errors["file"][0].startswith("Envoyez une image JPEG")


def test_a_document_is_handed_over_never_shown_in_our_name() -> None:
    sheet = draft_sheet()
    polyglot = SimpleUploadedFile("a.html", b"%PDF-1.7 <script>alert(1)</script>", content_type="text/html")
    client = signed_in(sheet.created_by)
    client.post(f"/ecrire/{sheet.pk}/fichiers/", {"file": polyglot, "alt": "Le dossier", "licence": "CC-BY-4.0"})
    served = client.get(Upload.objects.get().get_absolute_url())
    served.close()
    assert (served["Content-Type"], served["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="a.pdf"',
    )


def test_a_file_is_offered_among_the_media_of_the_form() -> None:
    sheet = draft_sheet()
    client = signed_in(sheet.created_by)
    client.post(
        f"/ecrire/{sheet.pk}/fichiers/", {"file": picture(), "alt": "Une affiche rouge", "licence": "CC-BY-4.0"}
    )
    page = client.get(f"/ecrire/{sheet.pk}/sharing/").content.decode()
    assert page.count(f'<option value="{Upload.objects.get().pk}"') == 3


def published(sheet: Sheet, media: list[Upload], **values: str) -> None:
    """Publish these files and no others."""
    rows = [{"upload": upload.pk, "alt": "Le bar", "licence": "CC-BY-4.0"} for upload in media]
    assert sheet.created_by is not None
    sheet.refresh_from_db()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"media": rows, **values}, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=sheet, reason="Images")


def status_for(client: Client, upload: Upload) -> int:
    answer = client.get(upload.get_absolute_url())
    if answer.streaming:
        b"".join(answer.streaming_content)  # or the file would stay open
    return answer.status_code


def test_a_file_is_served_to_whom_a_version_that_shows_it_is_open() -> None:
    sheet = published_sheet(confidentiality="members")
    author, member, visitor = signed_in(sheet.created_by), signed_in(UserFactory.create()), Client()
    old, new, waiting = (
        add_upload(by=sheet.created_by, sheet=sheet, file=picture(f"{name}.png")) for name in ("a", "b", "c")
    )
    published(sheet, [old])
    published(sheet, [new], confidentiality="public")
    answers = {
        upload.name: [status_for(client, upload) for client in (author, member, visitor)]
        for upload in (old, new, waiting)
    }
    assert answers == {"a.png": [200, 200, 404], "b.png": [200, 200, 200], "c.png": [200, 404, 404]}


def test_a_file_named_in_a_text_is_served() -> None:
    sheet = published_sheet()
    upload = add_upload(by=sheet.created_by, sheet=sheet, file=picture())
    published(sheet, [], what=f"![Le bar]({upload.get_absolute_url()})")
    assert status_for(Client(), upload) == 200
