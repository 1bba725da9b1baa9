"""Reports of the past show the names of then, or count under those of today."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Activity
from communities.actions.history import keep_version
from communities.models import Community, CommunityVersion, Organization
from reports.boundaries import Boundary
from reports.exports import ACTIVITIES, SIGNUPS
from reports.queries import Filters
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    SubdistrictFactory,
)
from tests.factories.volunteers import ShiftFactory, SignupFactory

# 00:30 on 3 May in Beijing; in UTC it is still 2 May.
HELD_AT = datetime(2026, 5, 2, 16, 30, tzinfo=UTC)


def rename(row, name, *, on, **changes):
    for field, value in {"name": name, **changes}.items():
        setattr(row, field, value)
    row.save()
    keep_version(row, on=on)


def named(report, user, boundary=""):
    """The cells of the report's only row that name organisation and community."""
    rows = report.rows(user, Filters())
    [cells] = report.cells(rows, boundary)
    pairs = zip(report.columns, cells, strict=True)
    places = (Organization, Community)
    return [
        cell for column, cell in pairs if column.named and column.named[0] in places
    ]


@pytest.fixture
def activity(db):
    """Held on 3 May; on 1 June unit and community got other names."""
    organization = OrganizationFactory(name="旧支部", unit_name="旧局")
    community = CommunityFactory(
        name="旧村", subdistrict=SubdistrictFactory(name="旧街道")
    )
    activity = ActivityFactory(
        organization=organization,
        community=community,
        starts_at=HELD_AT,
        state=Activity.State.APPROVED,
    )
    june = date(2026, 6, 1)
    rename(organization, "新支部", on=june, unit_name="新局")
    new_street = SubdistrictFactory(name="新街道")
    rename(community, "新社区", on=june, subdistrict=new_street)
    return activity


def test_report_shows_the_names_of_the_day(activity, office_official):
    shown = named(ACTIVITIES, office_official)

    assert shown == ["旧支部", "旧局", "旧街道", "旧村"]


def test_report_names_each_row_of_a_part_by_its_own_day(activity, office_official):
    ActivityFactory(
        organization=activity.organization,
        community=activity.community,
        starts_at=datetime(2026, 6, 1, 1, tzinfo=UTC),
        state=Activity.State.APPROVED,
    )
    ActivityFactory(
        community=CommunityFactory(name="不变社区"),
        starts_at=HELD_AT,
        state=Activity.State.APPROVED,
    )

    cells = list(ACTIVITIES.cells(ACTIVITIES.rows(office_official, Filters())))

    place = [column.key for column in ACTIVITIES.columns].index("community_id.name")
    assert [row[place] for row in cells] == ["不变社区", "新社区", "旧村"]


def test_report_shows_the_names_of_today_when_asked(activity, office_official):
    shown = named(ACTIVITIES, office_official, Boundary.NOW)

    assert shown == ["新支部", "新局", "新街道", "新社区"]


def test_report_cuts_days_at_midnight_in_beijing(activity, office_official):
    rename(activity.community, "当日社区", on=date(2026, 6, 2))
    CommunityVersion.objects.filter(name="旧村").update(ends_on=date(2026, 5, 2))
    CommunityVersion.objects.filter(name="新社区").update(starts_on=date(2026, 5, 3))

    assert named(ACTIVITIES, office_official)[-1] == "新社区"


def test_report_of_today_follows_successors(activity, office_official):
    heir, last = CommunityFactory(name="接续社区"), CommunityFactory(name="最后社区")
    activity.community.successor = heir
    activity.community.save()
    heir.successor = last
    heir.save()

    assert named(ACTIVITIES, office_official, Boundary.NOW)[-1] == "最后社区"
    assert named(ACTIVITIES, office_official)[-1] == "旧村"


def test_signups_show_the_names_of_the_shifts_day(activity, office_official):
    shift = ShiftFactory(activity=activity, starts_at=HELD_AT)
    SignupFactory(shift=shift)

    assert named(SIGNUPS, office_official)[0] == "旧支部"


def test_activity_without_community_has_empty_cells(office_official):
    ActivityFactory(community=None, state=Activity.State.APPROVED)

    assert named(ACTIVITIES, office_official)[2:] == [None, None]
    assert named(ACTIVITIES, office_official, Boundary.NOW)[2:] == [None, None]


def test_export_page_takes_the_boundary(activity, client, office_official):
    client.force_login(office_official)

    then = client.get("/reports/activities/")
    now = client.get("/reports/activities/?boundary=now")

    assert "旧支部" in then.content.decode()
    assert "新支部" in now.content.decode()
    assert "旧支部" not in now.content.decode()
