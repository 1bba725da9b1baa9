"""Rows of links and report-ins number what the coverage of them counts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import LeaderLink, Pairing
from communities.queries.leaders import district_coverage
from communities.queries.report_in_coverage import unit_report_in_coverage
from reports.queries import (
    Filters,
    reported_assignments,
    reported_honors,
    reported_leaders,
    reported_member_report_ins,
    reported_pairings,
    reported_unit_report_ins,
)
from tests.factories.communities import (
    MemberReportInFactory,
    OrganizationReportInFactory,
    PairingFactory,
)
from tests.factories.honors import HonorFactory
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)
from tests.factories.tasks import TaskAssignmentFactory

TODAY = date(2026, 6, 15)
ALL = (
    reported_pairings,
    reported_unit_report_ins,
    reported_member_report_ins,
    reported_leaders,
    reported_honors,
    reported_assignments,
)


def received_for(pairing, **values):
    return OrganizationReportInFactory(
        received=True,
        organization=pairing.organization,
        community=pairing.community,
        **values,
    )


@pytest.fixture
def pairings(db):
    """One of each kind: reported in, returned, nothing, ended, ahead, voided."""
    done, returned, bare = PairingFactory.create_batch(3)
    received_for(done)
    OrganizationReportInFactory(
        returned=True, organization=returned.organization, community=returned.community
    )
    ended = PairingFactory(ends_on=TODAY - timedelta(days=1))
    received_for(ended)
    ahead = PairingFactory(starts_on=TODAY + timedelta(days=1))
    received_for(ahead)
    PairingFactory(voided_at=timezone.now())
    return {
        "reported": [done],
        "unreported": [bare, returned],
        "active": [bare, returned, done],
        "ended": [ended],
        "proposed": [ahead],
        "": [ahead, ended, bare, returned, done],
    }


@pytest.mark.parametrize(
    "state", ["", "proposed", "active", "ended", "reported", "unreported"]
)
def test_pairings_of_a_state_are_those_of_today(state, pairings, office_official):
    rows = reported_pairings(office_official, Filters(state=state), today=TODAY)

    assert list(rows) == pairings[state]


def test_pairings_reported_and_not_equal_the_coverage(pairings, office_official):
    coverage = unit_report_in_coverage(TODAY, pairings=Pairing.objects.all())

    counts = [
        reported_pairings(office_official, Filters(state=state), today=TODAY).count()
        for state in ("active", "reported", "unreported")
    ]

    assert counts == [coverage.paired, coverage.received, coverage.missing]


def team(posts, slots, **values):
    """A person in office at as many units, with links of these slots."""
    leader = LeaderFactory(**values)
    for post in LeadingPostFactory.create_batch(posts):
        LeaderTermFactory(post=post, leader=leader)
    for slot in slots:
        LeaderLinkFactory(leader=leader, slot=slot)
    return leader


@pytest.fixture
def leaders(db):
    """Linked twice, holding posts in two units, once, not at all; some out of it."""
    first, second = LeaderLink.Slot
    rows = {
        "linked_twice": [team(2, [first, second])],
        "linked_once": [team(1, [first]), team(1, [second])],
        "missing": [team(1, [])],
    }
    gone = team(0, [first, second])
    LeaderTermFactory(leader=gone, ends_on=TODAY - timedelta(days=1))
    closed = LeadingPostFactory(ends_on=TODAY - timedelta(days=1))
    LeaderTermFactory(post=closed)
    LeaderLinkFactory(
        leader=rows["missing"][0], ends_on=TODAY - timedelta(days=1), slot=first
    )
    return rows


@pytest.mark.parametrize("state", ["linked_twice", "linked_once", "missing"])
def test_leaders_of_a_state_equal_the_coverage(state, leaders, office_official):
    rows = reported_leaders(office_official, Filters(state=state), today=TODAY)

    assert set(rows) == set(leaders[state])
    assert rows.count() == getattr(district_coverage(TODAY), state)


def test_leader_with_posts_in_two_units_is_one_row(leaders, office_official):
    rows = reported_leaders(office_official, Filters(), today=TODAY)

    assert rows.count() == district_coverage(TODAY).leaders == 4


def test_leaders_tell_of_the_last_day_asked_for(leaders, office_official):
    eve = Filters(ends_on=TODAY - timedelta(days=1), state="missing")

    rows = reported_leaders(office_official, eve, today=TODAY)

    coverage = district_coverage(TODAY - timedelta(days=1))
    assert rows.count() == coverage.missing == 1
    assert not set(rows) & set(leaders["missing"])


@pytest.mark.parametrize(
    ("today", "count"),
    [(date(2026, 6, 8), 0), (date(2026, 6, 9), 1)],
    ids=["last day", "day after"],
)
def test_report_in_is_overdue_when_the_working_days_are_over(
    today, count, office_official
):
    OrganizationReportInFactory()  # submitted on Monday, 1 June: due on the 8th
    OrganizationReportInFactory(received=True)

    rows = reported_unit_report_ins(
        office_official, Filters(state="overdue"), today=today
    )

    assert rows.count() == count


@pytest.mark.parametrize("reported", ALL, ids=lambda r: r.__name__)
def test_links_honors_and_tasks_are_empty_without_the_right(reported, unit_official):
    PairingFactory()
    OrganizationReportInFactory()
    MemberReportInFactory(signed=True)
    LeaderTermFactory()
    HonorFactory(state="applied")
    TaskAssignmentFactory()

    assert list(reported(unit_official, Filters())) == []
