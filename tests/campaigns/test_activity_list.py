"""An official's list of activities, and what narrows it."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity, Pillar
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import (
    ActivityFactory,
    InitiativeFactory,
    PillarFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("campaigns:activity_list")
State = Activity.State


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


@pytest.fixture
def activity(organization):
    """A draft of the organisation, still to come."""
    return ActivityFactory(organization=organization)


def listed(response):
    return [activity.title for activity in response.context["page"]]


def test_activity_list_shows_ones_own_organizations_alone(desk, organization):
    ActivityFactory(organization=organization, title="自己的")
    ActivityFactory(title="别家的", state=State.APPROVED)

    assert listed(desk.get(LIST)) == ["自己的"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param({"state": "returned"}, ["退回的清扫"], id="state"),
        pytest.param({"q": "清扫"}, ["退回的清扫", "清扫"], id="name"),
        pytest.param({"q": "清扫", "state": "draft"}, ["清扫"], id="both"),
        pytest.param({"q": "100%"}, [], id="percent"),
        pytest.param({"page": "9" * 30}, ["退回的清扫", "清扫"], id="far page"),
        pytest.param({"state": "nothing"}, [], id="unknown state"),
        pytest.param({"pillar": "service"}, ["退回的清扫", "清扫"], id="pillar"),
        pytest.param({"pillar": "family"}, ["清扫"], id="second pillar"),
        pytest.param({"pillar": "duty"}, [], id="other pillar"),
        pytest.param({"month": "2026-05"}, ["退回的清扫"], id="month"),
        pytest.param({"month": "2026-04"}, ["清扫"], id="month before"),
        pytest.param({"month": "2026-13"}, [], id="no month"),
    ],
)
def test_activity_list_is_narrowed(query, titles, desk, organization):
    values = {"organization": organization}
    midnight = timezone.make_aware(datetime(2026, 5, 1))  # in Beijing
    ActivityFactory(
        **values,
        title="清扫",
        starts_at=midnight - timedelta(minutes=1),
        second_pillar=PillarFactory(code=Pillar.Code.FAMILY),
    )
    ActivityFactory(**values, title="退回的清扫", state="returned", starts_at=midnight)
    PillarFactory(code=Pillar.Code.DUTY)

    assert listed(desk.get(LIST, query)) == titles


def test_activity_list_is_narrowed_to_an_initiative(desk, organization):
    wanted = ActivityFactory(organization=organization)
    other = InitiativeFactory(title="别的举措")
    ActivityFactory(organization=organization, initiative=other)

    response = desk.get(LIST, {"initiative": wanted.initiative_id})

    assert list(response.context["page"]) == [wanted]


def test_activity_list_says_which_are_joint(desk, organization):
    own = ActivityFactory(organization=organization, title="自己的")
    ActivityPartnerFactory(activity=own, state="invited")
    joined = ActivityPartnerFactory(organization=organization, state="confirmed")
    asked = ActivityPartnerFactory(organization=organization)

    page = desk.get(LIST).context["page"]

    assert {row: row.is_joint for row in page} == {own: False, joined.activity: True}
    assert asked.activity not in list(page)


@pytest.mark.parametrize("count", [1, 3])
def test_activity_list_asks_a_fixed_number_of_queries(
    count, desk, organization, django_assert_num_queries
):
    ActivityFactory.create_batch(count, organization=organization)

    with django_assert_num_queries(13):
        desk.get(LIST)


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "还没有记录过活动"), ("?q=没有", "没有符合条件的活动")],
    ids=["nothing yet", "nothing like it"],
)
def test_empty_activity_list_says_why_it_is_empty(query, words, desk):
    assert words in desk.get(LIST + query).content.decode()
