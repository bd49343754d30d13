"""Pictures: drawn anew, set and taken out of a row."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from commons.errors import Invalid
from commons.pictures import read_picture, set_picture
from tests.factories.people import NetworkFactory
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db


def test_a_picture_is_drawn_anew_within_its_longest_side() -> None:
    read = read_picture(picture(900, 300).read(), longest=300)
    assert (read.content_type, read.ending, read.width, read.height) == ("image/png", "png", 300, 100)
    assert Image.open(io.BytesIO(read.data)).size == (300, 100)


def test_what_is_no_picture_is_refused() -> None:
    for data in (b"", b"<svg onload='alert(1)'/>", b"GIF89a" + b"\x00" * 40):
        with pytest.raises(Invalid):
            read_picture(data)


def test_a_picture_is_set_changed_and_taken_out(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    network = NetworkFactory.create()
    set_picture(network.logo, picture(), longest=400)
    first, storage = network.logo.name, network.logo.storage
    assert storage.exists(first)
    set_picture(network.logo, None, longest=400)
    with django_capture_on_commit_callbacks(execute=True):
        set_picture(network.logo, picture(), longest=400)
    assert (network.logo.name != first, storage.exists(first)) == (True, False)
    second = network.logo.name
    with django_capture_on_commit_callbacks(execute=True):
        set_picture(network.logo, chosen=False, longest=400)
    assert (network.logo.name, storage.exists(second)) == ("", False)
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(Invalid):
        set_picture(network.logo, SimpleUploadedFile("a.png", b"x" * 11), longest=400)
