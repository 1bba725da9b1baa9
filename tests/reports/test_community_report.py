"""What took place in communities, by the boundary of the day and of today."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.models import Activity
from communities.actions.changes import plan_change
from communities.models import RegisterChange
from reports.exports import COMMUNITIES
from reports.queries import Filters
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    SubdistrictFactory,
)

pytestmark = pytest.mark.django_db
# 00:30 on 1 June in Beijing; in UTC it is still 31 May.
JUNE = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
MAY = JUNE - timedelta(hours=1)
FIRST = date(2026, 6, 1)
Kind = RegisterChange.Kind


def held(community, moment, people, state=Activity.State.APPROVED):
    return ActivityFactory(
        community=community,
        starts_at=moment,
        ends_at=moment + timedelta(hours=2),
        participant_count=people,
        state=state,
    )


def table(user, boundary="", **filters):
    rows = COMMUNITIES.rows(user, Filters(**filters))
    cells = list(COMMUNITIES.cells(rows, boundary))
    assert COMMUNITIES.count(rows, boundary) == len(cells)
    return cells


@pytest.fixture
def district():
    """On 1 June: a village becomes a community, another is merged into a third."""
    north, south = SubdistrictFactory(name="北街"), SubdistrictFactory(name="南街")
    village = CommunityFactory(
        name="甲村", code="350699000001", kind="village", subdistrict=north
    )
    merged = CommunityFactory(name="乙社区", code="350699000002", subdistrict=south)
    heir = CommunityFactory(name="丙社区", code="350699000003", subdistrict=south)
    held(village, MAY, 10)
    held(village, MAY, 20, Activity.State.SUBMITTED)
    held(merged, MAY, 5)
    held(heir, MAY, None)
    held(village, MAY, 99, Activity.State.DRAFT)
    held(None, MAY, 3)
    plan_change(
        target=village,
        kind=Kind.CONVERT,
        effective_on=FIRST,
        details={
            "name": "甲社区",
            "official_name": "甲社区居委会",
            "code": "350699000009",
        },
        by=None,
    )
    plan_change(
        target=merged,
        kind=Kind.MERGE,
        effective_on=FIRST,
        details={"successor": heir.pk},
        by=None,
    )
    held(village, JUNE, 7)
    held(heir, JUNE, 8)


def test_figures_of_then_stand_under_the_names_of_then(district, office_official):
    assert table(office_official) == [
        ["", "未限定社区", 1, 1, 3],
        ["北街", "甲村", 2, 1, 30],
        ["南街", "乙社区", 1, 1, 5],
        ["南街", "丙社区", 2, 2, 8],
        ["北街", "甲社区", 1, 1, 7],
    ]


def test_figures_of_now_stand_under_the_communities_of_today(district, office_official):
    assert table(office_official, "now") == [
        ["", "未限定社区", 1, 1, 3],
        ["南街", "丙社区", 3, 3, 13],
        ["北街", "甲社区", 3, 2, 37],
    ]


def test_sums_are_the_same_by_either_boundary(district, office_official):
    sums = [
        [
            sum(row[place] for row in table(office_official, boundary))
            for place in (2, 4)
        ]
        for boundary in ("", "now")
    ]

    assert sums == [[7, 53], [7, 53]]


def test_period_is_cut_at_midnight_in_beijing(district, office_official):
    assert table(office_official, starts_on=FIRST) == [
        ["南街", "丙社区", 1, 1, 8],
        ["北街", "甲社区", 1, 1, 7],
    ]


def test_reader_without_the_right_sees_nothing(district):
    assert table(UserFactory()) == []


@pytest.mark.parametrize("query", ["", "?boundary=now"])
def test_page_and_file_agree(query, district, office_official, client):
    client.force_login(office_official)

    page = client.get(f"/reports/communities/{query}")
    file = client.get(f"/reports/communities/export.csv{query}")

    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert page.context["count"] == len(lines) - 1
    shown = [[text for _column, text in row] for row in page.context["rows"]]
    assert [",".join(row) for row in shown] == lines[1:]
