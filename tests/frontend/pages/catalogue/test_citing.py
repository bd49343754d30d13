"""How a text is cited."""

import pytest
from django.conf import settings

from frontend.pages.catalogue.citing import citation_of
from frontend.pages.catalogue.reading import text_of, text_shown
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_a_version_is_cited_with_its_authors_and_its_permanent_address() -> None:
    sheet = published_sheet(
        UserFactory.create(public_name="Nour B."), title="Le bar & l’eau_vive", licence="etalab-2.0"
    )
    assert sheet.version is not None
    citation = citation_of(text_of(sheet.version))
    assert citation is not None
    address = f"{settings.SITE_URL}/fiches/{sheet.pk}/versions/1/"
    year = sheet.version.created_at.year
    assert citation.words == f"Nour B. ({year}). Le bar & l’eau_vive (version 1). Commons. {address}"
    assert r"title = {Le bar \& l’eau\_vive}," in citation.bibtex
    assert f"url = {{{address}}}," in citation.bibtex
    assert (citation.address, citation.licence_url[:22]) == (address, "https://spdx.org/licen")


def test_what_names_nobody_is_cited_by_its_house_or_by_the_commons() -> None:
    sheet = published_sheet(confidentiality="chatham")
    assert sheet.version is not None
    citation = citation_of(text_of(sheet.version))
    assert citation is not None
    assert citation.words.startswith("Commons (")


def test_a_draft_is_not_cited() -> None:
    assert citation_of(text_shown(draft_sheet())) is None
