"""Photos are shown to the public once the office has approved them, not before."""

import pytest
from django.urls import reverse

from campaigns.models import Activity
from core.uploads import save_private
from tests.factories.campaigns import ActivityFactory, EvidenceFactory

pytestmark = pytest.mark.django_db

State = Activity.State
UNSEEN_BY_THE_OFFICE = [State.PUBLISHED, State.ENDED]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo_of(state, organization, *, is_public=True):
    activity = ActivityFactory(
        state=state, organization=organization, is_public=is_public
    )
    file = save_private(b"pixels", "evidence", "jpg")
    return EvidenceFactory(activity=activity, file__path=file, people="张三等五人")


def status_of(client, photo):
    response = client.get(photo.url)
    assert b"".join(response)  # reading to the end closes the file
    return response.status_code


@pytest.mark.parametrize("state", UNSEEN_BY_THE_OFFICE)
def test_photo_before_review_is_not_public(client, organization, state):
    photo = photo_of(state, organization)

    assert status_of(client, photo) == 404


@pytest.mark.parametrize("state", UNSEEN_BY_THE_OFFICE)
def test_page_before_review_shows_the_public_no_photo(client, organization, state):
    photo = photo_of(state, organization)

    response = client.get(photo.activity.get_absolute_url())

    assert response.status_code == 200
    assert list(response.context["photos"]) == []
    assert photo.caption not in response.content.decode()


def test_photo_before_review_is_shown_to_its_recorder(
    signed_in, unit_official, organization
):
    photo = photo_of(State.ENDED, organization)
    recorder = signed_in(unit_official)

    assert status_of(recorder, photo) == 200
    page = recorder.get(photo.activity.get_absolute_url())
    assert list(page.context["photos"]) == [photo]


def test_approved_photo_is_public(client, organization):
    photo = photo_of(State.APPROVED, organization)

    assert status_of(client, photo) == 200


def test_approved_photo_of_a_hidden_activity_is_not_public(client, organization):
    photo = photo_of(State.APPROVED, organization, is_public=False)

    assert status_of(client, photo) == 404


def test_front_page_shows_the_first_approved_photo(client, organization):
    photo = photo_of(State.APPROVED, organization)

    page = client.get(reverse("home")).content.decode()

    assert photo.url in page
