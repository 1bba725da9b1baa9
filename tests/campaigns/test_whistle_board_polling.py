"""The board asks whether anything moved: 304 without rendering, or what is new."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from campaigns.actions.whistles import create_whistle, update_whistle
from communities.actions import end_membership
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleEntryFactory,
    WhistleFactory,
)

pytestmark = pytest.mark.django_db
BOARD = reverse("campaigns:whistle_board")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def official(clock, community):
    return MembershipFactory(role="community", community=community).user


@pytest.fixture
def client(signed_in, official):
    return signed_in(official)


def poll(client, version=""):
    return client.get(BOARD, headers={"HX-Request": "true", "If-None-Match": version})


def version_of(client):
    return json.loads(client.get(BOARD).context["headers"])["If-None-Match"]


@pytest.mark.parametrize(
    ("role", "queries"),
    # Session, person, roles, log; a community's drafts besides.
    [("office", 4), ("community", 5)],
)
def test_poll_when_nothing_moved_is_a_304_of_few_queries(
    role, queries, clock, signed_in, official, django_assert_num_queries
):
    people = {"office": MembershipFactory(role="office").user, "community": official}
    client = signed_in(people[role])
    WhistleEntryFactory()
    version = version_of(client)

    with django_assert_num_queries(queries):
        response = poll(client, version)

    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "no-store, private"


def test_poll_by_the_headers_of_the_region_is_sent_as_htmx_sends_them(client):
    page = client.get(BOARD).content.decode()

    version = version_of(client).replace('"', "\\&quot;")
    assert f'hx-headers="{{&quot;If-None-Match&quot;: &quot;{version}&quot;}}"' in page


def test_poll_after_an_entry_of_any_whistle_renews_the_region_alone(client):
    version = version_of(client)
    WhistleEntryFactory()

    response = poll(client, version)

    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<div id="board"')


def test_poll_after_an_entry_committed_late_under_a_lower_number_renews(client):
    WhistleEntryFactory(pk=100)
    version = version_of(client)
    WhistleEntryFactory(pk=99)

    assert poll(client, version).status_code == 200


@pytest.mark.parametrize("number", [1_000_000, 1_000_009, 1_000_042])
def test_poll_renews_once_in_five_minutes_whoever_asks(
    number, clock, signed_in, community
):
    """Each person's tick falls at another second of them."""
    user = UserFactory(pk=number)
    MembershipFactory(role="community", community=community, user=user)
    client = signed_in(user)
    version = version_of(client)

    answers = []
    for seconds in range(10, 301, 10):
        clock.move_to(NOW + timedelta(seconds=seconds), tick=False)
        response = poll(client, version)
        answers.append(response.status_code)
        if response.status_code == 200:
            version = json.loads(response.context["headers"])["If-None-Match"]

    assert sorted(answers) == [200] + [304] * 29


def test_poll_with_the_version_of_another_user_renews(client, signed_in, community):
    other = MembershipFactory(role="community", community=community).user

    assert poll(client, version_of(signed_in(other))).status_code == 200


def test_poll_after_a_draft_of_the_community_was_begun_renews(
    client, community, official
):
    version = version_of(client)
    create_whistle(whistle=WhistleFactory.build(community=community), by=official)

    assert poll(client, version).status_code == 200


def test_poll_after_a_draft_of_the_community_was_changed_renews(
    client, community, official
):
    draft = WhistleFactory(community=community)
    version = version_of(client)
    update_whistle(whistle=draft, values={"title": "改过的事由"}, by=official)

    assert poll(client, version).status_code == 200


def test_poll_after_a_draft_elsewhere_is_a_304(client, official):
    version = version_of(client)
    elsewhere = WhistleFactory.build(community=CommunityFactory())
    create_whistle(whistle=elsewhere, by=official)

    assert poll(client, version).status_code == 304


def test_poll_after_the_right_ended_is_refused(client, official, office_official):
    version = version_of(client)
    end_membership(membership=official.memberships.get(), by=office_official)

    assert poll(client, version).status_code == 403


def test_poll_after_another_role_was_given_renews(client, official):
    version = version_of(client)
    MembershipFactory(role="office", user=official)

    assert poll(client, version).status_code == 200


def test_poll_of_anything_by_a_stranger_is_refused(signed_in, stranger):
    assert poll(signed_in(stranger), "*").status_code == 403


def test_poll_after_signing_out_leads_the_page_to_sign_in(client):
    version = version_of(client)
    client.logout()

    response = poll(client, version)

    assert response.status_code == 401
    assert response["HX-Redirect"].startswith(reverse("account_login"))


def test_page_opened_anew_is_never_a_304(client):
    response = client.get(BOARD, headers={"If-None-Match": version_of(client)})

    assert response.status_code == 200


@pytest.mark.parametrize("count", [0, 1])
def test_whatever_may_have_the_focus_is_found_again_by_its_id(count, clock, signed_in):
    client = signed_in(MembershipFactory(role="office").user)
    IssuedWhistleFactory.create_batch(count)

    reached = re.findall(r"<(?:a|button|summary)\b[^>]*>", poll(client).text)

    assert reached
    assert all(" id=" in tag for tag in reached)
