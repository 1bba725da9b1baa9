"""The report of members' report-ins: cells, names that never come out, filters."""

from datetime import UTC, date, datetime

import pytest

from communities.models import MemberReportIn
from reports.exports import MEMBER_REPORT_INS
from reports.queries import Filters
from tests.factories.communities import (
    MemberReportInFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.reports.cells import all_keys, cells_of, numbers

State = MemberReportIn.State


@pytest.fixture
def signed(db):
    """Signed on 1 January 2026."""
    return MemberReportInFactory(
        signed=True,
        user__display_name="陈某示",
        user__phone="+8613800135678",
        skills="示例特长",
        organization=OrganizationFactory(unit_name="示例局"),
        submitted_at=datetime(2025, 12, 30, 2, tzinfo=UTC),
        answered_at=datetime(2026, 1, 1, 2, tzinfo=UTC),
    )


def test_member_report_in_cells_follow_the_columns(signed, office_official):
    [cells] = cells_of(MEMBER_REPORT_INS, office_official)

    assert cells == [
        signed.pk,
        signed.community.subdistrict.name,
        signed.community.name,
        "示例局",
        "陈**",
        "已报到",
        signed.submitted_at,
        signed.answered_at,
        date(2026, 1, 1),
        None,
    ]


def test_member_names_stay_masked_in_an_unmasked_export(signed, office_official):
    keys = all_keys(MEMBER_REPORT_INS)

    [cells] = cells_of(MEMBER_REPORT_INS, office_official, keys=keys, is_masked=False)

    assert "陈**" in cells
    assert not {"陈某示", "+8613800135678", "示例特长"} & set(map(str, cells))


def test_member_report_ins_leave_out_those_taken_back_unsigned(office_official):
    MemberReportInFactory(state=State.ENDED)
    rows = {
        State.SUBMITTED: MemberReportInFactory(),
        State.ACTIVE: MemberReportInFactory(signed=True),
        State.RETURNED: MemberReportInFactory(state=State.RETURNED),
        State.TRANSFERRED: MemberReportInFactory(signed=True, state=State.TRANSFERRED),
        State.ENDED: MemberReportInFactory(signed=True, state=State.ENDED),
    }

    found = {
        state: numbers(MEMBER_REPORT_INS, office_official, Filters(state=state))
        for state in ("", *rows)
    }

    every = {row.pk for row in rows.values()}
    assert found == {"": every} | {state: {row.pk} for state, row in rows.items()}


def test_member_report_ins_by_each_filter_hold_the_one_that_fits(
    signed, office_official
):
    MemberReportInFactory(submitted_at=datetime(2025, 12, 31, 2, tzinfo=UTC))
    MemberReportInFactory(submitted_at=datetime(2025, 12, 29, 15, tzinfo=UTC))
    day = date(2025, 12, 30)
    filters = [
        Filters(starts_on=day, ends_on=day),
        Filters(organization=signed.organization),
        Filters(organization_text="示例局"),
        Filters(street=signed.community.subdistrict),
        Filters(community=signed.community),
    ]

    kept = [numbers(MEMBER_REPORT_INS, office_official, each) for each in filters]

    assert kept == [{signed.pk}] * len(filters)


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_export_all_member_report_ins(role, signed):
    user = MembershipFactory(role=role).user

    assert numbers(MEMBER_REPORT_INS, user, Filters()) == {signed.pk}
