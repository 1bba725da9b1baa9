"""The list asks whether anything moved: 304 without rows, or what is new."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, VolunteerFactory
from volunteers.actions import cancel_signup, sign_up

pytestmark = pytest.mark.django_db
LIST = reverse("volunteers:shift_list")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def shift(clock):
    return ShiftFactory(starts_at=NOW + timedelta(days=5))


def rows(client, version="", **query):
    headers = {"HX-Request": "true", "If-None-Match": version}
    return client.get(LIST, query, headers=headers)


def test_rows_asked_again_are_a_304_of_one_query(
    shift, signed_in, django_assert_num_queries
):
    client = signed_in(UserFactory())
    version = rows(client)["ETag"]

    with django_assert_num_queries(1):
        response = rows(client, version)

    assert (response.status_code, response.content) == (304, b"")


def test_rows_ask_again_with_the_version_they_show(shift, client):
    response = rows(client)

    sent = json.loads(response.context["headers"])
    assert sent == {"If-None-Match": response["ETag"]}
    page = response.content.decode()
    assert 'hx-get="/shifts/" hx-trigger="every 60s, renew"' in page


def test_rows_are_new_after_a_deed(shift, signed_in):
    person = VolunteerFactory()
    client = signed_in(person.user)
    before = rows(client)["ETag"]

    signup = sign_up(shift=shift, volunteer=person, now=NOW)
    after = rows(client, before)
    cancel_signup(signup=signup, by=person.user, now=NOW)
    last = rows(client, after["ETag"])

    assert [answer.status_code for answer in (after, last)] == [200, 200]
    assert [answer.context["shifts"][0].taken for answer in (after, last)] == ["1", "0"]


def test_rows_are_new_when_the_clock_has_gone_on(shift, client, clock):
    version = rows(client)["ETag"]
    clock.move_to(NOW + timedelta(minutes=5), tick=False)

    assert rows(client, version).status_code == 200


def test_rows_of_another_filter_or_person_are_others(shift, signed_in):
    one, other = signed_in(UserFactory()), signed_in(UserFactory())
    version = rows(one)["ETag"]

    assert rows(one, version, places="on").status_code == 200
    assert rows(other, version).status_code == 200


def test_page_of_who_never_signed_in_is_asked_again_for_nothing(shift, client):
    first = client.get(LIST)

    again = client.get(LIST, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, first["Cache-Control"]) == (304, "no-cache")
    assert {"Cookie", "HX-Request"} <= set(again["Vary"].split(", "))


def test_page_of_a_person_is_kept_by_nobody(shift, client, signed_in):
    version = client.get(LIST)["ETag"]

    response = signed_in(UserFactory()).get(LIST, headers={"If-None-Match": version})

    assert (response.status_code, "ETag" in response) == (200, False)
    assert response["Cache-Control"] == "no-store, private"
