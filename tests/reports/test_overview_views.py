"""The page of the overview: what it says, whom it serves, how it refuses."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.actions.campaigns import freeze_campaign
from tests.communities.trees import branch
from tests.factories.campaigns import CampaignFactory
from tests.factories.communities import OrganizationFactory, PairingFactory
from tests.factories.hours import PastShiftFactory, RecordFactory, days_ago
from tests.reports.ledgers import activity
from tests.reports.overview_world import small_campaign

pytestmark = pytest.mark.django_db
URL = "/overview/"
ROWS = "/overview/rows/"


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def key_figures(response):
    """What each section says above its chart."""
    return {
        section.key: [figure.text for figure in section.figures]
        for section in response.context["sections"]
    }


def test_overview_counts_what_was_entered(office):
    small_campaign()

    assert key_figures(office.get(URL)) == {
        "coverage": ["3", "2", "2", "1"],
        "pairings": ["3", "2", "2", "2", "2"],
        "report-ins": ["3", "1", "2", "2", "1"],
        "leaders": ["3", "1", "1", "1"],
        "whistles": ["1", "2", "1", "1"],
        "overdue": ["1", "2", "1", "1", "1"],
        "hours": ["8.0", "2", "4", "4"],
    }


def test_overview_of_a_street_counts_what_is_there(office):
    world = small_campaign()

    found = key_figures(office.get(URL, {"street": world.streets[1].pk}))

    assert found["pairings"] == ["1", "1", "1", "1"]  # no units without a pairing
    assert found["report-ins"] == ["1", "0", "1", "1", "1"]
    assert found["whistles"] == ["0", "1", "0", "0"]
    assert found["hours"] == ["4.0", "1", "2", "2"]


def test_overview_gives_hours_to_the_street_of_the_shift(office):
    small_campaign()

    *_others, hours = office.get(URL).context["sections"]

    _months, streets = (part.table for part in hours.parts)
    assert {row.label: [each.text for each in row.figures] for row in streets.rows} == {
        "东街道": ["4.0", "1", "2", "2"],
        "西街道": ["4.0", "1", "2", "2"],
    }


def test_overview_of_a_branch_counts_its_records(office):
    world = small_campaign()

    found = key_figures(office.get(URL, {"organization": world.units[1].pk}))

    assert found["coverage"] == ["1", "1", "0", "1"]
    assert found["pairings"] == ["1", "1", "0", "1", "3"]
    assert found["hours"] == ["0.0", "0", "0", "0"]


def test_overview_of_a_month_counts_what_began_in_it(office):
    small_campaign()
    month = f"{days_ago(45):%Y-%m}"

    found = key_figures(office.get(URL, {"first": month, "last": month}))

    assert found["hours"][1] == "1"
    assert found["pairings"][0] == "3"  # as of today, whatever the months


def test_overview_takes_as_many_queries_for_more_rows(office):
    world = small_campaign()
    office.get(URL)
    with CaptureQueriesContext(connection) as before:
        office.get(URL)
    for unit in world.units:
        PairingFactory(organization=unit, starts_on=date(2026, 1, 1))
        activity(unit, timezone.localdate() - timedelta(days=3))
        shift = PastShiftFactory(activity__campaign=world.campaign, state="settled")
        RecordFactory(shift=shift)
    OrganizationFactory.create_batch(3)

    with CaptureQueriesContext(connection) as after:
        office.get(URL)

    assert len(after) == len(before) <= 40


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("campaign", "0"),
        ("first", "1999-01"),
        ("last", "x"),
        ("street", "0"),
        ("organization", "a"),
    ],
)
def test_overview_refuses_a_wrong_filter_at_its_field(name, value, office):
    CampaignFactory()

    response = office.get(URL, {name: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]


def test_overview_refuses_months_in_the_wrong_order(office):
    start = timezone.localdate() - timedelta(days=70)
    CampaignFactory(starts_on=start)

    response = office.get(
        URL, {"first": f"{timezone.localdate():%Y-%m}", "last": f"{start:%Y-%m}"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["last"]


def test_overview_without_a_campaign_shows_the_links(office):
    PairingFactory()

    response = office.get(URL)

    assert response.status_code == 200
    assert key_figures(response)["pairings"][0] == "1"
    assert "coverage" not in key_figures(response)


def test_overview_of_a_frozen_campaign_keeps_its_coverage(office):
    world = small_campaign()
    before = key_figures(office.get(URL))["coverage"][:3]
    world.campaign.state = "closing"
    world.campaign.save()
    today = timezone.localdate()
    freeze_campaign(campaign=world.campaign, today=today, by=None, reason="示例")

    activity(world.units[2], timezone.localdate() - timedelta(days=3), in_addendum=True)

    response = office.get(URL, {"campaign": world.campaign.pk})
    assert key_figures(response)["coverage"][:3] == before


def test_overview_of_a_branch_that_came_after_the_freeze_is_empty(office):
    world = small_campaign()
    world.campaign.state = "closing"
    world.campaign.save()
    today = timezone.localdate()
    freeze_campaign(campaign=world.campaign, today=today, by=None, reason="示例")
    new = branch(world.root)

    response = office.get(URL, {"campaign": world.campaign.pk, "organization": new.pk})

    assert key_figures(response)["coverage"] == ["0", "0", "1", "0"]


def test_overview_keeps_its_filters_in_every_link(office):
    world = small_campaign()
    unit, street = world.root, world.streets[0]

    text = office.get(URL, {"organization": unit.pk, "street": street.pk}).text

    links = re.findall(r'<a class="stat" href="([^"]+)"', text)
    assert len(links) > 20
    assert all(f"organization={unit.pk}" in link for link in links)
    assert all("/progress" in link or f"street={street.pk}" in link for link in links)


def test_overview_names_no_person(office):
    small_campaign()

    page = office.get(URL).text.partition("<main")[2]

    assert "示例党支部" in page  # in the filter
    assert "示例领导" not in page
    assert "示例人员" not in page


def test_list_of_units_without_work_names_them(office):
    world = small_campaign()

    response = office.get(ROWS, {"list": "units_uncovered", "pillar": "service"})

    names = [row.title for row in response.context["page"]]
    assert names == [world.root.unit_name, world.units[2].unit_name]


def test_list_of_late_reviews_opens_the_activity(office):
    small_campaign()

    [row] = office.get(ROWS, {"list": "reviews_late"}).context["page"]

    assert office.get(row.url).status_code == 200


@pytest.mark.parametrize("page", ["progress", "whistles"])
def test_pages_of_one_concern_lead_to_the_overview_who_may_see_it(
    page, office, signed_in, unit_official
):
    CampaignFactory()

    links = [
        f'href="{URL}"' in client.get(f"{URL}{page}/").text.partition("<main")[2]
        for client in (office, signed_in(unit_official))
    ]

    assert links == [True, False]
