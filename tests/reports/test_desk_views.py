"""The desk: what waits for an official, by role."""

import pytest
from django.urls import reverse

from campaigns.models import Activity
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory
from tests.factories.volunteers import ShiftFactory

pytestmark = pytest.mark.django_db
DESK = reverse("reports:desk")


def test_desk_of_a_street_shows_shifts_of_its_communities_only(signed_in, community):
    official = MembershipFactory(
        role="street", organization=None, subdistrict=community.subdistrict
    ).user
    near = ShiftFactory(community=community)
    ShiftFactory()

    response = signed_in(official).get(DESK)

    assert list(response.context["next_shifts"]) == [near]
    assert near.get_absolute_url() in response.content.decode()


def test_desk_of_a_unit_leads_to_the_rolls(signed_in, unit_official, organization):
    shift = ShiftFactory(activity__organization=organization)

    page = signed_in(unit_official).get(DESK).content.decode()

    assert reverse("volunteers:shift_roll", args=[shift.pk]) in page


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        pytest.param(Activity.State.DRAFT, "添加班次并发布", id="draft"),
        pytest.param(Activity.State.RETURNED, "修改后重新提交", id="returned"),
    ],
)
def test_desk_of_a_unit_says_what_to_do_next(
    state, deed, signed_in, unit_official, organization
):
    ActivityFactory(organization=organization, state=state)

    assert deed in signed_in(unit_official).get(DESK).content.decode()
