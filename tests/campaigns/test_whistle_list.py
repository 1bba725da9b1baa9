"""The list of all whistles: what is in it, narrowed, sorted, page by page."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from campaigns.models import Whistle, WhistleCategory
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.whistles import (
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("campaigns:whistle_list")
BEIJING = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=BEIJING)
HOUR = timedelta(hours=1)
State = Whistle.State


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def blower(signed_in, community):
    return signed_in(MembershipFactory(role="community", community=community).user)


def titles(response):
    return [row.whistle.title for row in response.context["page"]]


def test_list_of_a_community_shows_its_own_and_its_drafts_first(blower, community):
    old = IssuedWhistleFactory(community=community, issued_at=NOW - 48 * HOUR)
    new = IssuedWhistleFactory(community=community, issued_at=NOW - HOUR)
    draft = WhistleFactory(community=community)
    IssuedWhistleFactory(), WhistleFactory()

    assert titles(blower.get(LIST)) == [draft.title, new.title, old.title]


@pytest.fixture
def wanted(organization):
    """One that every filter below finds, among three that each miss something."""
    community = CommunityFactory(name="要找的社区")
    whistle = IssuedWhistleFactory(
        title="要找的吹哨",
        number="示哨〔2026〕7001号",
        community=community,
        category=WhistleCategory.objects.get(title="设施维修"),
        urgency="urgent",
        state=State.HANDLING,
        issued_at=datetime(2026, 10, 1, 0, 0, tzinfo=BEIJING),
    )
    HandlingResponseFactory(
        whistle=whistle,
        organization__name="要找的支部",
        clock_minutes=60,
        due_at=NOW - HOUR,
    )
    before = datetime(2026, 9, 30, 23, 59, tzinfo=BEIJING)
    after = datetime(2026, 11, 1, 0, 0, tzinfo=BEIJING)
    IssuedWhistleFactory(issued_at=before)
    IssuedWhistleFactory(issued_at=after, due_at=NOW + HOUR)
    closed = IssuedWhistleFactory(state=State.CLOSED, ended_at=NOW, issued_at=after)
    WhistleResponseFactory(whistle=closed, organization=organization, due_at=NOW - HOUR)
    return whistle


@pytest.mark.parametrize(
    "query",
    [
        "text=要找",
        "text=7001",
        "street={whistle.community.subdistrict_id}",
        "community={whistle.community_id}",
        "category={whistle.category_id}",
        "urgency=urgent",
        "state=handling",
        "unit=要找的支",
        "month=2026-10",
        "is_overdue=on",
    ],
)
def test_list_is_narrowed(query, office, wanted):
    response = office.get(f"{LIST}?{query.format(whistle=wanted)}")

    assert titles(response) == ["要找的吹哨"]


def test_list_of_what_waits_is_the_group_of_ones_own_board(blower, community):
    IssuedWhistleFactory(community=community)
    returned = IssuedWhistleFactory(community=community, state=State.RETURNED)

    response = blower.get(f"{LIST}?waiting=returned")

    assert titles(response) == [returned.title]


def test_list_of_what_waits_for_others_is_refused_by_the_form(blower, community):
    IssuedWhistleFactory(community=community)

    response = blower.get(f"{LIST}?waiting=dispatch")

    assert list(response.context["form"].errors) == ["waiting"]


def test_list_by_time_left_counts_the_clock_of_the_units(office):
    second = IssuedWhistleFactory(due_at=NOW + 2 * HOUR)
    third = HandlingResponseFactory(due_at=NOW + 3 * HOUR).whistle
    first = HandlingResponseFactory(due_at=NOW + HOUR).whistle
    timeless = IssuedWhistleFactory(state=State.RETURNED)

    response = office.get(f"{LIST}?sort=due")

    expected = [whistle.title for whistle in (first, second, third, timeless)]
    assert titles(response) == expected


def test_list_page_keeps_the_filters(office):
    IssuedWhistleFactory.create_batch(26, urgency="emergency")

    response = office.get(f"{LIST}?urgency=emergency&page=99")

    assert len(titles(response)) == 1
    assert "?urgency=emergency&amp;page=1" in response.content.decode()


def test_list_for_htmx_is_the_rows_alone(office):
    IssuedWhistleFactory()

    page = office.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<table" in page
    assert "<html" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(office, count, django_assert_num_queries):
    for _each in range(count):
        HandlingResponseFactory()

    with django_assert_num_queries(10):
        office.get(LIST)


def test_list_without_anything_says_what_to_do_next(blower):
    page = blower.get(LIST).content.decode()

    assert "还没有吹过哨" in page
    assert reverse("campaigns:whistle_create") in page
