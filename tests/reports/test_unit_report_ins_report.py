"""The report of units' report-ins: cells, masks, filters, what waits too long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from communities.models import OrganizationReportIn
from communities.queries.report_in_rows import answer_due
from reports.exports import UNIT_REPORT_INS
from reports.queries import Filters, reported_unit_report_ins
from tests.factories.communities import MembershipFactory, OrganizationReportInFactory
from tests.reports.cells import cells_of, numbers

State = OrganizationReportIn.State
PERSON = ["leader_name", "contact_name", "contact_phone"]


def test_unit_report_in_cells_follow_the_columns(office_official):
    row = OrganizationReportInFactory(
        received=True, organization__name="局机关支部", organization__unit_name="示例局"
    )

    [cells] = cells_of(UNIT_REPORT_INS, office_official)

    assert cells == [
        row.number,
        "示例局",
        "局机关支部",
        row.community.subdistrict.name,
        row.community.name,
        date(2026, 1, 1),
        date(2026, 12, 31),
        20,
        "已签收",
        row.submitted_at,
        date(2026, 6, 8),
        row.answered_at,
    ]


def test_unit_report_in_persons_are_masked_unless_told_otherwise(office_official):
    OrganizationReportInFactory(
        leader_name="林某示", contact_name="陈某示", contact_phone="+8613800135678"
    )

    [masked] = cells_of(UNIT_REPORT_INS, office_official, keys=PERSON)
    [whole] = cells_of(UNIT_REPORT_INS, office_official, keys=PERSON, is_masked=False)

    assert masked == ["林**", "陈**", "138****5678"]
    assert whole == ["林某示", "陈某示", "+8613800135678"]


def test_unit_report_ins_of_each_state_leave_out_drafts(office_official):
    OrganizationReportInFactory(draft=True)
    OrganizationReportInFactory(draft=True, state=State.ENDED)
    rows = {
        State.SUBMITTED: OrganizationReportInFactory(),
        State.RECEIVED: OrganizationReportInFactory(received=True),
        State.RETURNED: OrganizationReportInFactory(returned=True),
        State.ENDED: OrganizationReportInFactory(received=True, state=State.ENDED),
    }

    found = {
        state: numbers(UNIT_REPORT_INS, office_official, Filters(state=state))
        for state in ("", *rows)
    }

    every = {row.pk for row in rows.values()}
    assert found == {"": every} | {state: {row.pk} for state, row in rows.items()}


def test_unit_report_ins_overdue_are_those_their_own_page_calls_so(office_official):
    days = [date(2026, 6, 1) + timedelta(days=n) for n in range(30)]
    rows = [
        OrganizationReportInFactory(
            submitted_at=datetime(day.year, day.month, day.day, 15, 59, tzinfo=UTC)
        )
        for day in days
    ]
    today = date(2026, 6, 24)

    overdue = reported_unit_report_ins(
        office_official, Filters(state="overdue"), today=today
    )

    late = {row.pk for row in rows if answer_due(row, today=today).is_overdue}
    assert {row.pk for row in overdue} == late
    assert 0 < len(late) < len(rows)


def test_unit_report_ins_by_each_filter_hold_the_one_that_fits(office_official):
    wanted = OrganizationReportInFactory(
        submitted_at=datetime(2026, 2, 28, 16, 30, tzinfo=UTC)
    )
    OrganizationReportInFactory(submitted_at=datetime(2026, 2, 28, 15, 30, tzinfo=UTC))
    OrganizationReportInFactory(submitted_at=datetime(2026, 3, 1, 16, tzinfo=UTC))
    filters = [
        Filters(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 1)),
        Filters(organization=wanted.organization),
        Filters(organization_text=wanted.organization.name),
        Filters(street=wanted.community.subdistrict),
        Filters(community=wanted.community),
    ]

    kept = [numbers(UNIT_REPORT_INS, office_official, each) for each in filters]

    assert kept == [{wanted.pk}] * len(filters)


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_export_all_unit_report_ins(role, db):
    row = OrganizationReportInFactory(submitted_at=timezone.now())
    user = MembershipFactory(role=role).user

    assert numbers(UNIT_REPORT_INS, user, Filters()) == {row.pk}
