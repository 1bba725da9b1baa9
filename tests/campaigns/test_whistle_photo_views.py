"""Photos of whistles: who sees them."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from core.uploads import save_private
from tests.factories.communities import MembershipFactory
from tests.factories.whistles import (
    WhistleFactory,
    WhistlePhotoFactory,
    WhistleResponseFactory,
)
from tests.files import picture

pytestmark = pytest.mark.django_db
CONTENT, SMALL = picture(color="red"), picture(color="blue", size=(8, 6))


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


def photo_of(whistle):
    return WhistlePhotoFactory(
        whistle=whistle,
        path=save_private(CONTENT, "whistles", "jpg"),
        small_path=save_private(SMALL, "whistles", "jpg"),
    )


def url_of(photo, name="whistle_photo"):
    return reverse(f"campaigns:{name}", args=[photo.pk])


def official(role, **scope):
    return MembershipFactory(role=role, **scope).user


def body(response):
    """The whole answer; taking it also closes the file."""
    return b"".join(response)


def status(client, photo):
    response = client.get(url_of(photo))
    body(response)
    return response.status_code


@pytest.mark.parametrize(
    ("name", "content"),
    [("whistle_photo", CONTENT), ("whistle_photo_small", SMALL)],
)
def test_photo_is_shown_to_a_unit_that_was_asked_and_kept_nowhere(
    name, content, signed_in
):
    response = WhistleResponseFactory()
    photo = photo_of(response.whistle)
    client = signed_in(official("unit", organization=response.organization))

    answer = client.get(url_of(photo, name))

    assert (answer.status_code, body(answer)) == (200, content)
    names = ["Content-Type", "X-Content-Type-Options", "Cache-Control"]
    assert [answer[header] for header in names] == [
        "image/jpeg",
        "nosniff",
        "private, no-store",
    ]


def test_photo_the_reader_holds_already_is_not_sent_again(signed_in, office_official):
    photo = photo_of(WhistleResponseFactory().whistle)
    client = signed_in(office_official)
    first = client.get(url_of(photo))
    body(first)

    again = client.get(url_of(photo), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_photo_of_a_draft_is_404_to_all_but_its_community(signed_in, office_official):
    whistle = WhistleFactory()
    photo = photo_of(whistle)
    people = [
        office_official,
        official("street", subdistrict=whistle.community.subdistrict),
        official("community", community=whistle.community),
    ]

    found = [status(signed_in(person), photo) for person in people]

    assert found == [404, 404, 200]


def test_photo_is_404_to_a_unit_that_was_not_asked(signed_in, unit_official, client):
    photo = photo_of(WhistleResponseFactory().whistle)

    found = [status(signed_in(unit_official), photo), status(client, photo)]

    assert found == [404, 302]


def test_photo_whose_file_is_gone_is_404(signed_in, office_official):
    photo = photo_of(WhistleResponseFactory().whistle)
    default_storage.delete(photo.path)

    assert signed_in(office_official).get(url_of(photo)).status_code == 404
