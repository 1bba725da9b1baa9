"""What is read of members' report-ins: figures by day, one's own, the desk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.actions.history import keep_version
from communities.models import MemberReportIn, Organization
from communities.queries.member_report_ins import (
    desk_member_report_ins,
    member_report_in_counts,
    member_report_ins_in_scope,
    member_report_ins_of_community,
    own_report_ins,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)

pytestmark = pytest.mark.django_db

State = MemberReportIn.State
MAY = date(2026, 5, 3)
# Community, state, first day, last day of each report-in.
TABLE = """
A active      2026-01-01 -
A active      2026-05-03 -
A transferred 2026-02-01 2026-05-02
A ended       2026-02-01 2026-05-03
B active      2026-05-04 -
B ended       2026-03-01 2026-03-01
B submitted   -          -
B ended       -          -
C transferred 2026-04-30 2026-06-01
"""


def day_of(text):
    return None if text == "-" else date.fromisoformat(text)


@pytest.fixture
def table(db):
    communities = {name: CommunityFactory(name=name) for name in "ABCD"}
    for line in TABLE.strip().splitlines():
        name, state, first, last = line.split()
        MemberReportInFactory(
            community=communities[name],
            state=state,
            starts_on=day_of(first),
            ends_on=day_of(last),
        )
    return communities


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), {}),
        (date(2026, 3, 1), {"A": 3, "B": 1}),
        (date(2026, 5, 2), {"A": 3, "C": 1}),
        (MAY, {"A": 3, "C": 1}),
        (date(2026, 5, 4), {"A": 2, "B": 1, "C": 1}),
        (date(2026, 6, 2), {"A": 2, "B": 1}),
    ],
    ids=str,
)
def test_counts_equal_the_hand_made_table(day, expected, table):
    counts = member_report_in_counts(day)

    assert counts == {table[name].pk: number for name, number in expected.items()}


def test_communitys_page_gets_a_number_and_no_persons(table):
    shown = member_report_ins_of_community(table["A"], user=UserFactory(), day=MAY)

    assert shown == {"count": 3, "can_sign": False}


def test_scope_is_the_own_community_without_what_was_withdrawn_unsigned(table):
    official = MembershipFactory(role="community", community=table["B"]).user

    rows = member_report_ins_in_scope(official)

    assert sorted((row.community.name, row.state) for row in rows) == [
        ("B", "active"),
        ("B", "ended"),
        ("B", "submitted"),
    ]


@pytest.mark.parametrize("role", ["office", "committee", "auditor", "unit", "street"])
def test_no_other_role_has_persons_in_scope(role, table):
    scope = {
        "unit": {"organization": OrganizationFactory()},
        "street": {"subdistrict": table["A"].subdistrict},
    }
    user = MembershipFactory(role=role, **scope.get(role, {})).user

    assert list(member_report_ins_in_scope(user)) == []
    assert desk_member_report_ins(user, today=MAY) is None


def test_desk_lists_who_waits_longest_first(community):
    now = timezone.now()
    late = MemberReportInFactory(community=community, submitted_at=now)
    early = MemberReportInFactory(
        community=community, submitted_at=now - timedelta(days=1)
    )
    MemberReportInFactory(community=community, signed=True)
    MemberReportInFactory()
    official = MembershipFactory(role="community", community=community).user

    desk = desk_member_report_ins(official, today=MAY)

    assert desk == {"waiting": [early, late], "count": 2, "active_count": 1}


def test_home_and_the_units_pairing_both_show(community):
    committee = OrganizationFactory(
        kind=Organization.Kind.COMMITTEE, unit_name="示例局"
    )
    branch = OrganizationFactory(parent=committee, unit_name="示例局")
    paired = PairingFactory(organization=committee)
    report_in = MemberReportInFactory(
        community=community, organization=branch, signed=True
    )

    own = own_report_ins(report_in.user, day=MAY)

    assert (own.home, own.pairings) == (report_in, [paired])
    assert paired.community != community


def test_pairings_of_the_unit_above_do_not_show(community):
    branch = OrganizationFactory()
    PairingFactory(organization=branch.parent)
    report_in = MemberReportInFactory(
        community=community, organization=branch, signed=True
    )

    assert own_report_ins(report_in.user, day=MAY).pairings == []


def test_pairings_show_on_their_days_only(community):
    branch = OrganizationFactory()
    PairingFactory(organization=branch, ends_on=MAY - timedelta(days=1))
    PairingFactory(organization=branch, starts_on=MAY + timedelta(days=1))
    report_in = MemberReportInFactory(
        community=community, organization=branch, signed=True
    )

    assert own_report_ins(report_in.user, day=MAY).pairings == []


def test_past_one_shows_the_communitys_name_of_its_day(community, stranger):
    before = community.name
    MemberReportInFactory(
        user=stranger,
        community=community,
        state=State.ENDED,
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 2, 5),
    )
    community.name = "改名社区"
    community.save()
    keep_version(community, on=date(2026, 3, 1))

    [past] = own_report_ins(stranger, day=MAY).past

    assert past.community_name == before


def test_person_without_any_has_nothing_to_show(stranger):
    own = own_report_ins(stranger, day=MAY)

    assert (own.home, own.waiting, own.pairings, own.past) == (None, None, [], [])
