"""The feed over HTTP, and its address on one's own page."""

import logging
import re

import pytest
from django.urls import reverse

from core.models import AuditEntry
from tests.factories.volunteers import SignupFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
RENEW, CLOSE = (reverse(f"volunteers:calendar_{deed}") for deed in ("renew", "close"))
TOKEN = "t" * 43
FEED = reverse("volunteers:calendar_feed", args=[TOKEN])


@pytest.fixture
def volunteer(db):
    return VolunteerFactory(calendar_token=TOKEN)


def test_who_knows_the_address_gets_the_feed_without_a_session(volunteer, client):
    response = client.get(FEED)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not client.cookies


def test_an_unchanged_feed_is_not_sent_again(volunteer, client):
    first = client.get(FEED)
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_time = {"If-Modified-Since": first.headers["Last-Modified"]}

    codes = [client.get(FEED, headers=asked).status_code for asked in (by_tag, by_time)]
    SignupFactory(volunteer=volunteer)

    assert codes == [304, 304]
    assert client.get(FEED, headers=by_tag).status_code == 200


def test_head_says_what_get_would(volunteer, client):
    response = client.head(FEED)

    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["ETag"] == client.get(FEED).headers["ETag"]


@pytest.mark.parametrize("token", ["u" * 43, "t", "None"])
def test_an_address_that_is_none_is_not_found(token, volunteer, client):
    VolunteerFactory()
    url = reverse("volunteers:calendar_feed", args=[token])

    assert client.get(url).status_code == 404


def test_the_feed_of_a_closed_account_is_gone(volunteer, client):
    volunteer.user.is_active = False
    volunteer.user.save()

    assert client.get(FEED).status_code == 404


def test_a_new_address_ends_the_old_one(volunteer, signed_in, client):
    response = signed_in(volunteer.user).post(RENEW, follow=True)

    address = re.search(r"/calendar/[\w-]{43}\.ics", response.text)[0]
    assert client.get(address).status_code == 200
    assert client.get(FEED).status_code == 404
    assert AuditEntry.objects.filter(verb="volunteers.volunteer_calendar_renewed")


def test_switching_it_off_ends_the_address_and_twice_is_once(
    volunteer, signed_in, client
):
    person = signed_in(volunteer.user)

    person.post(CLOSE)
    person.post(CLOSE)

    assert client.get(FEED).status_code == 404
    acts = AuditEntry.objects.filter(verb="volunteers.volunteer_calendar_closed")
    assert acts.count() == 1


def test_the_secret_address_is_masked_in_the_logs(settings):
    filters = settings.LOGGING["filters"]["masks"]
    masks = logging.config.DictConfigurator({}).configure_filter(dict(filters))
    line = logging.LogRecord("x", 20, "", 1, "Not Found: %s", (FEED,), None)

    masks.filter(line)

    assert line.getMessage() == "Not Found: /calendar/***"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_feed_costs_the_same_for_one_and_for_three(
    rows, volunteer, client, django_assert_num_queries
):
    for _number in range(rows):
        SignupFactory(volunteer=volunteer)

    with django_assert_num_queries(6):
        response = client.get(FEED)

    assert response.content.count(b"BEGIN:VEVENT") == rows
