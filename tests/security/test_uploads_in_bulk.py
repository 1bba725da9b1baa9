"""What one request may carry, and odd uploads."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.middleware import MAX_BODY_BYTES
from tests.files import noisy_jpeg

pytestmark = pytest.mark.django_db


def post_declaring(client, length):
    """A post whose declared length counts: nothing of it is read when refused."""
    return client.post(
        reverse("account_login"),
        data=b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(length),
    )


def test_body_above_the_limit_is_refused_unread(client):
    response = post_declaring(client, MAX_BODY_BYTES + 1)

    assert response.status_code == 413


def test_body_of_nine_large_photos_is_taken(client):
    assert MAX_BODY_BYTES > 9 * 10 * 1024 * 1024
    assert post_declaring(client, MAX_BODY_BYTES).status_code != 413


def test_photo_sent_with_the_tick_that_clears_is_no_crash(signed_in, unit_official):
    photo = SimpleUploadedFile("a.jpg", noisy_jpeg((40, 30)))

    response = signed_in(unit_official).post(
        reverse("campaigns:activity_create"), {"photos": photo, "photos-clear": "on"}
    )

    assert response.status_code == 422
