"""Where activities are shown: their page, the home page, the page of a pillar."""

import pytest

from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    EvidenceFactory,
    PastActivityFactory,
)

pytestmark = pytest.mark.django_db
State = Activity.State


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


@pytest.fixture
def office(signed_in, office_official):
    """A client signed in for the civilization office."""
    return signed_in(office_official)


@pytest.fixture
def activity(organization):
    """A draft of the organisation, still to come."""
    return ActivityFactory(organization=organization)


@pytest.mark.parametrize(
    ("state", "is_past", "buttons"),
    [
        pytest.param("draft", False, ["edit", "publish", "cancel"], id="to come"),
        pytest.param("draft", True, ["edit", "submit", "cancel"], id="held"),
        pytest.param("published", False, ["edit", "cancel"], id="published"),
        pytest.param("ended", True, ["edit", "submit"], id="ended"),
        pytest.param("submitted", True, [], id="submitted"),
        pytest.param("returned", True, ["edit", "submit", "cancel"], id="returned"),
        pytest.param("approved", True, [], id="approved"),
        pytest.param("cancelled", False, [], id="cancelled"),
    ],
)
def test_activity_page_offers_what_may_be_done(
    state, is_past, buttons, desk, organization
):
    make = PastActivityFactory if is_past else ActivityFactory
    activity = make(organization=organization, state=state)

    page = desk.get(activity.get_absolute_url()).content.decode()

    moves = ["edit", "publish", "submit", "cancel"]
    base = f"/desk/activities/{activity.pk}"
    assert [move for move in moves if f'"{base}/{move}/"' in page] == buttons


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("is_public", [True, False])
def test_activity_page_is_open_to_all_only_when_it_may(state, is_public, client):
    activity = ActivityFactory(state=state, is_public=is_public)
    is_open = is_public and state in {"published", "ended", "approved"}

    response = client.get(activity.get_absolute_url())

    assert response.status_code == (200 if is_open else 404)


def test_activity_page_shows_its_history_to_officials_alone(client, office):
    activity = PastActivityFactory(state=State.DRAFT)
    activity.move_to(State.SUBMITTED, by=UserFactory(display_name="示例记录员"))
    activity.move_to(State.APPROVED, by=None)

    pages = [
        who.get(activity.get_absolute_url()).content.decode()
        for who in (client, office)
    ]

    assert ["示例记录员" in page for page in pages] == [False, True]


def test_activity_page_never_shows_the_contact_phone(client):
    activity = ActivityFactory(state=State.APPROVED, contact_phone="13800001234")

    assert "13800001234" not in client.get(activity.get_absolute_url()).content.decode()


def test_home_shows_approved_public_activities_alone(client):
    shown = PastActivityFactory(state=State.APPROVED, title="公开的活动")
    PastActivityFactory(state=State.APPROVED, is_public=False, title="不公开的活动")
    PastActivityFactory(state=State.SUBMITTED, title="待审核的活动")

    response = client.get("/")

    assert list(response.context["activities"]) == [shown]
    page = response.content.decode()
    names = ["公开的活动", "不公开的活动", "待审核的活动"]
    assert [name in page for name in names] == [True, False, False]


def test_pillar_page_counts_and_lists_approved_public_activities(client):
    shown = PastActivityFactory(state=State.APPROVED)
    PastActivityFactory(state=State.APPROVED, is_public=False)
    PastActivityFactory(state=State.RETURNED)

    page = client.get(shown.pillar.get_absolute_url()).context["page"]

    assert list(page) == [shown]


@pytest.mark.parametrize("code", ["nothing", "Service", "service-"])
def test_pillar_page_of_an_unknown_code_is_404(code, client):
    assert client.get(f"/pillars/{code}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_activity_page_asks_a_fixed_number_of_queries(
    count, client, django_assert_num_queries
):
    activity = PastActivityFactory(state=State.APPROVED)
    EvidenceFactory.create_batch(count, activity=activity)

    with django_assert_num_queries(7):
        client.get(activity.get_absolute_url())
