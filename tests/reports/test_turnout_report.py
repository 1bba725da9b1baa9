"""The report of turnout: shifts that are over, persons as counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.dates import day_starts_at
from core.working_days import _LIBRARY_YEARS
from reports.exports import TURNOUT
from reports.queries import Filters, reported_shifts
from tests.factories.campaigns import CampaignFactory
from tests.factories.communities import CommunityFactory
from tests.factories.hours import AttendanceFactory, PastShiftFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from tests.reports.cells import all_keys, cells_of, numbers
from volunteers.queries.hours_desk import to_be_settled_before, with_due

pytestmark = pytest.mark.django_db


def settled_shift(**values):
    """Three heads came of four, three did not, one was excused, one had cancelled."""
    shift = PastShiftFactory(state="settled", taken=8, **values)
    AttendanceFactory(signup__shift=shift, signup__state="attended", signup__heads=2)
    AttendanceFactory(
        signup__shift=shift, signup__state="attended", signup__heads=2, heads=2
    )
    SignupFactory(shift=shift, state="no_show", heads=3)
    SignupFactory(shift=shift, state="excused")
    SignupFactory(shift=shift, state="cancelled", heads=5)
    return shift


def test_turnout_cells_follow_the_columns_and_count_heads(office_official):
    shift = settled_shift()
    activity = shift.activity

    [cells] = cells_of(TURNOUT, office_official, keys=all_keys(TURNOUT))

    assert cells == [
        shift.pk,
        activity.title,
        shift.title,
        activity.organization.name,
        shift.community.subdistrict.name,
        shift.community.name,
        shift.starts_at,
        shift.ends_at,
        50,
        8,
        3,
        "已结算",
        shift.state_changed_at,
        activity.campaign.title,
        activity.pillar.title,
        activity.organization.unit_name,
    ]


def test_turnout_has_shifts_that_are_over_by_what_became_of_them(office_official):
    settled = PastShiftFactory(state="settled", taken=1)
    waiting = PastShiftFactory(taken=1)
    empty = PastShiftFactory()
    cancelled = ShiftFactory(state="cancelled")
    ShiftFactory()
    PastShiftFactory(activity__state="draft")

    found = {
        state: numbers(TURNOUT, office_official, Filters(state=state))
        for state, _label in TURNOUT.states
    }

    assert found == {
        "settled": {settled.pk},
        "unsettled": {waiting.pk},
        "nobody": {empty.pk},
        "cancelled": {cancelled.pk},
        "overdue": set(),
    }
    everything = {settled.pk, waiting.pk, empty.pk, cancelled.pk}
    assert numbers(TURNOUT, office_official, Filters()) == everything


def test_turnout_overdue_is_what_the_desk_calls_overdue(office_official):
    now = timezone.make_aware(timezone.datetime(2026, 10, 23, 12))
    shifts = [
        PastShiftFactory(
            taken=1, starts_at=now - timedelta(days=days, hours=3), ends_at=ended
        )
        for days in range(10, 27)
        for ended in [now - timedelta(days=days)]
    ]
    overdue = with_due(shifts, today=date(2026, 10, 23))

    rows = reported_shifts(office_official, Filters(state="overdue"), now=now)

    told = {shift.pk for shift in overdue if shift.is_overdue}
    assert {row.pk for row in rows} == told
    assert 0 < len(told) < len(shifts)


def test_turnout_overdue_leaves_out_what_ended_in_a_year_without_calendar(
    office_official, settings
):
    settings.HOLIDAYS_FILE = ""
    year = max(_LIBRARY_YEARS) + 1
    ends = [day_starts_at(date(*day)) for day in [(year - 1, 11, 2), (year, 2, 2)]]
    shifts = [
        PastShiftFactory(taken=1, starts_at=end - timedelta(hours=3), ends_at=end)
        for end in ends
    ]
    now = day_starts_at(date(year, 6, 1))

    rows = reported_shifts(office_official, Filters(state="overdue"), now=now)

    known, unknown = with_due(shifts, today=date(year, 6, 1))
    assert (known.is_overdue, unknown.is_overdue) == (True, False)
    assert list(rows) == [known]


def test_to_be_settled_before_knows_the_week_off():
    # From 1 to 7 October is off, the 10th is worked: 28 September was due on the 16th.
    assert to_be_settled_before(date(2026, 10, 19)) == day_starts_at(date(2026, 9, 29))


def test_turnout_goes_by_campaign_and_place(office_official):
    street = CommunityFactory().subdistrict
    campaign = CampaignFactory(title="另一行动")
    wanted = PastShiftFactory(
        activity__campaign=campaign, community=CommunityFactory(subdistrict=street)
    )
    PastShiftFactory(activity__campaign=campaign)
    PastShiftFactory(community=CommunityFactory(subdistrict=street))

    filters = Filters(campaign=campaign, street=street)

    assert numbers(TURNOUT, office_official, filters) == {wanted.pk}


def test_turnout_is_empty_without_the_right(unit_official):
    PastShiftFactory()

    assert numbers(TURNOUT, unit_official, Filters()) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_turnout_is_read_by_one_query_whatever_the_rows(count, office_official):
    for _ in range(count):
        settled_shift()
    rows = TURNOUT.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(TURNOUT.cells(rows))

    assert len(cells) == count
    assert sum('FROM "volunteers_shift"' in query["sql"] for query in queries) == 1
    assert not any('FROM "accounts_user"' in query["sql"] for query in queries)
