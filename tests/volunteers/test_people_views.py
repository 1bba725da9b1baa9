"""Pages on which a unit asks for people, and those that show it."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity
from tests.factories.campaigns import CampaignFactory
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.volunteers import ShiftFactory
from tests.factories.whistles import DeliveredResponseFactory, HandlingResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def campaign():
    return CampaignFactory()


@pytest.fixture
def response(organization):
    return HandlingResponseFactory(
        organization=organization,
        whistle__title="示例居民家漏水",
        whistle__text="示例居民在家",
        whistle__place="示例小区3栋",
        whistle__needs_people=6,
    )


@pytest.fixture
def unit(signed_in, unit_official):
    return signed_in(unit_official)


@pytest.fixture
def shift(response):
    """The shift people were asked to."""
    return ShiftFactory(
        activity__state="published",
        activity__organization=response.organization,
        activity__community=response.whistle.community,
        activity__whistle_response=response,
    )


def url(response):
    return reverse("volunteers:whistle_people", args=[response.pk])


def filled_in(page):
    """What the browser posts when nothing was changed."""
    form = page.context["form"]
    return {bound.name: bound.value() for bound in form}


def test_one_click_opens_the_shift(response, unit):
    data = filled_in(unit.get(url(response)))

    answer = unit.post(url(response), data)

    assert (answer.status_code, answer.url) == (302, response.get_absolute_url())
    activity = Activity.objects.get(whistle_response=response)
    assert activity.shifts.get().capacity == 6


def test_what_is_filled_in_comes_from_place_and_category_alone(response, unit):
    page = unit.get(url(response))

    community = response.whistle.community
    data = filled_in(page)
    assert data["title"] == f"响应{community}吹哨：环境卫生"
    assert data["place"] == community.official_name


@pytest.mark.parametrize(
    ("urgency", "now", "starts"),
    [
        ("normal", "2026-11-23 10:20+08:00", "11-24 09:00"),
        ("emergency", "2026-11-23 10:20+08:00", "11-23 13:00"),
        ("emergency", "2026-11-23 18:20+08:00", "11-24 09:00"),
    ],
    ids=["usually tomorrow", "emergency today", "not at night"],
)
def test_time_that_is_filled_in(urgency, now, starts, response, unit_official, client):
    response.whistle.urgency = urgency
    response.whistle.save()

    with time_machine.travel(now, tick=False):
        client.force_login(unit_official)
        page = client.get(url(response))

    at = timezone.localtime(page.context["form"].initial["starts_at"])
    assert f"{at:%m-%d %H:%M}" == starts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "联系13800009999"),
        ("place", "示例小区，13800009999"),
        ("starts_at", "2020-01-01T09:00"),
        ("people", "0"),
    ],
)
def test_form_refuses_what_is_not_fit(name, value, response, unit):
    data = filled_in(unit.get(url(response))) | {name: value}

    answer = unit.post(url(response), data)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    assert not Activity.objects.exists()


def test_refusal_of_the_action_stands_on_the_form(response, unit, campaign):
    campaign.state = "planned"
    campaign.save()

    answer = unit.post(url(response), filled_in(unit.get(url(response))))

    assert (answer.status_code, "没有进行中的行动" in answer.text) == (422, True)


def test_fragment_shows_places_and_roll_to_the_unit(response, shift, unit):
    page = unit.get(url(response), headers={"HX-Request": "true"})

    roll = reverse("volunteers:shift_roll", args=[shift.pk])
    assert "<html" not in page.text
    assert (shift.get_absolute_url() in page.text, roll in page.text) == (True, True)


def test_community_sees_the_shift_but_no_roll(response, shift, signed_in):
    member = MembershipFactory(role="community", community=response.whistle.community)

    page = signed_in(member.user).get(url(response))

    assert shift.get_absolute_url() in page.text
    assert reverse("volunteers:shift_roll", args=[shift.pk]) not in page.text


def test_after_delivery_there_is_no_button(organization, unit):
    page = unit.get(url(DeliveredResponseFactory(organization=organization)))

    assert ('<form class="form' in page.text, "接单后、交付前" in page.text) == (
        False,
        True,
    )


def test_public_pages_name_the_reason_without_the_whistle(response, shift, client):
    pages = [client.get(row.get_absolute_url()) for row in (shift, shift.activity)]

    for page in pages:
        assert "响应社区吹哨" in page.text
        assert response.whistle.get_absolute_url() not in page.text
        assert response.whistle.title not in page.text


def test_activity_page_leads_those_who_may_open_it_to_the_whistle(
    response, shift, signed_in
):
    places = [response.whistle.community, CommunityFactory()]
    people = [MembershipFactory(role="community", community=at).user for at in places]

    pages = [signed_in(user).get(shift.activity.get_absolute_url()) for user in people]

    link = response.whistle.get_absolute_url()
    assert [link in page.text for page in pages] == [True, False]
