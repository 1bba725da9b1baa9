"""The report of honours: cells, families masked, states, filters."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Honor
from reports.exports import HONORS
from reports.queries import Filters
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.honors import FamilyHonorFactory, HonorFactory
from tests.reports.cells import cells_of, numbers

State = Honor.State
APPLIED_AT = datetime(2026, 4, 30, 16, 30, tzinfo=UTC)  # 1 May in Beijing


@pytest.fixture
def awarded(db):
    """A post's, awarded."""
    return HonorFactory(
        awarded=True,
        holder="示例服务岗",
        applied_at=APPLIED_AT,
        organization=OrganizationFactory(name="局机关支部", unit_name="示例局"),
    )


@pytest.fixture
def family(db):
    """A family's, applied for."""
    return FamilyHonorFactory(
        applied=True, holder="林某示家庭", applied_at=datetime(2026, 4, 1, tzinfo=UTC)
    )


def test_honor_cells_follow_the_columns(awarded, office_official):
    [cells] = cells_of(HONORS, office_official)

    assert cells == [
        awarded.pk,
        "党员先锋岗",
        "示例服务岗",
        "",
        "局机关支部",
        "示例局",
        None,
        None,
        "已命名",
        APPLIED_AT,
        date(2026, 5, 13),
        awarded.number,
        date(2026, 5, 14),
        date(2027, 5, 14),
        None,
    ]


def test_honor_of_a_family_is_masked_unless_told_otherwise(family, office_official):
    keys = ["kind", "public_holder", "family", "community_id.name"]

    [masked] = cells_of(HONORS, office_official, keys=keys)
    [whole] = cells_of(HONORS, office_official, keys=keys, is_masked=False)

    assert masked == ["文明家庭", "", "林****", family.community.name]
    assert whole == ["文明家庭", "", "林某示家庭", family.community.name]


def test_honors_of_each_state_leave_out_drafts(office_official):
    HonorFactory()
    HonorFactory(state=State.WITHDRAWN)
    days = {"awarded_on": date(2026, 5, 14), "check_due_on": date(2027, 5, 14)}
    states = [state for state in State if state != State.DRAFT]
    rows = {
        state: HonorFactory(state=state, applied_at=APPLIED_AT, **days)
        for state in states
    }

    found = {
        state: numbers(HONORS, office_official, Filters(state=state))
        for state in ("", *states)
    }

    every = {row.pk for row in rows.values()}
    assert found == {"": every} | {state: {row.pk} for state, row in rows.items()}


def test_honors_by_each_filter_hold_the_one_that_fits(awarded, family, office_official):
    day = date(2026, 5, 1)
    filters = {
        Filters(starts_on=day, ends_on=day): awarded,
        Filters(organization=awarded.organization): awarded,
        Filters(organization_text="示例局"): awarded,
        Filters(street=family.community.subdistrict): family,
        Filters(community=family.community): family,
    }

    kept = [numbers(HONORS, office_official, each) for each in filters]

    assert kept == [{row.pk} for row in filters.values()]


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_export_all_honors(role, awarded, family):
    user = MembershipFactory(role=role).user

    assert numbers(HONORS, user, Filters()) == {awarded.pk, family.pk}
