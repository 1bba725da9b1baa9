"""What becomes of report-ins when units or communities merge or split."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Notification
from communities.actions.handovers import handovers_for
from communities.actions.handovers.pairings import PairingHandover
from communities.actions.handovers.report_ins import ReportInHandover
from communities.models import OrganizationReportIn
from communities.queries.report_in_coverage import received_on
from communities.queries.report_ins import unit_report_in_coverage
from core.models import AuditEntry
from tests.communities.report_ins import official_in, paired
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
State = OrganizationReportIn.State


def move(node, to, **values):
    return ReportInHandover().move(node, to, on=ON, by=None, **values)


def test_handover_is_known_for_both_kinds_of_nodes():
    for node in (OrganizationFactory(), CommunityFactory()):
        assert "report_ins" in {known.name for known in handovers_for(node)}


def test_received_one_goes_on_under_a_fresh_number():
    old = OrganizationReportInFactory(received=True)
    number, to = old.number, OrganizationFactory()

    assert move(old.organization, to) == 1

    old.refresh_from_db()
    new = OrganizationReportIn.objects.get(organization=to)
    assert (old.state, old.ends_on, old.number) == (
        State.ENDED,
        date(2026, 6, 30),
        number,
    )
    assert (new.state, new.starts_on, new.ends_on) == (
        State.RECEIVED,
        ON,
        date(2026, 12, 31),
    )
    assert new.number == "芗报〔2026〕0001号"
    assert (new.answered_at, new.answered_by) == (old.answered_at, old.answered_by)
    assert (new.community, new.offers) == (old.community, old.offers)
    line = AuditEntry.objects.get(
        verb="communities.organization_report_in_created", target_id=new.pk
    )
    assert line.data["continues"] == number


@pytest.mark.parametrize("traits", [{}, {"returned": True}], ids=["waits", "returned"])
def test_unfinished_one_goes_on_in_its_state(traits):
    old = OrganizationReportInFactory(**traits)
    state = old.state
    to = OrganizationFactory()

    move(old.organization, to)

    new = OrganizationReportIn.objects.get(organization=to)
    assert (new.state, new.return_reason) == (state, old.return_reason)
    assert new.number != old.number


def test_draft_goes_on_without_a_number():
    old = OrganizationReportInFactory(draft=True)
    to = OrganizationFactory()

    move(old.organization, to)

    new = OrganizationReportIn.objects.get(organization=to)
    assert (new.state, new.number) == (State.DRAFT, None)


def test_successor_with_its_own_keeps_it_and_the_old_one_ends():
    old = OrganizationReportInFactory(received=True)
    own = OrganizationReportInFactory(community=old.community, draft=True)

    move(old.organization, own.organization)

    old.refresh_from_db()
    assert old.state == State.ENDED
    assert list(OrganizationReportIn.objects.filter(organization=own.organization)) == [
        own
    ]


def test_ended_and_past_ones_stay_where_they_are():
    unit = OrganizationFactory()
    OrganizationReportInFactory(organization=unit, state="ended")
    OrganizationReportInFactory(
        organization=unit,
        received=True,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )

    assert move(unit, OrganizationFactory()) == 0


def test_split_moves_only_the_named_ones():
    unit, to = OrganizationFactory(), OrganizationFactory()
    going = OrganizationReportInFactory(organization=unit)
    staying = OrganizationReportInFactory(organization=unit)

    move(unit, to, keys={str(going.pk)})

    staying.refresh_from_db()
    new = OrganizationReportIn.objects.get(organization=to)
    assert (new.community, staying.state) == (going.community, State.SUBMITTED)


def test_renewal_not_begun_goes_over_whole():
    old = OrganizationReportInFactory(
        starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)
    )
    to = OrganizationFactory()

    move(old.organization, to)

    new = OrganizationReportIn.objects.get(organization=to)
    old.refresh_from_db()
    assert (new.starts_on, new.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    assert (old.state, old.ends_on) == (State.ENDED, date(2027, 12, 31))


def test_successor_of_a_community_is_told_what_waits():
    old = OrganizationReportInFactory()
    to = CommunityFactory()
    official = official_in(to)

    move(old.community, to)

    new = OrganizationReportIn.objects.get(community=to)
    message = Notification.objects.get(kind="report_in_submitted")
    assert (message.recipient, message.path) == (official, new.get_absolute_url())


def test_coverage_before_and_after_the_merger_is_what_was_true():
    old, to = paired(), OrganizationFactory()
    OrganizationReportInFactory(
        organization=old.organization,
        community=old.community,
        received=True,
        answered_at=datetime(2026, 6, 3, tzinfo=UTC),
    )
    old.ends_on = date(2026, 6, 30)
    old.save()
    paired(organization=to, community=old.community, starts_on=ON)

    move(old.organization, to)

    before = unit_report_in_coverage(date(2026, 6, 30))
    after = unit_report_in_coverage(ON)
    assert (before.paired, before.received) == (1, 1)
    assert (after.paired, after.received) == (1, 1)


def test_successor_paired_before_did_not_report_in_before():
    old = paired()
    other = paired(community=old.community)
    OrganizationReportInFactory(
        organization=old.organization, community=old.community, received=True
    )

    move(old.organization, other.organization)

    figures = unit_report_in_coverage(date(2026, 6, 30))
    assert (figures.paired, figures.received) == (2, 1)


def test_preview_says_what_becomes_of_each_and_writes_nothing():
    unit, to = OrganizationFactory(), OrganizationFactory(name="示例新支部")
    going = OrganizationReportInFactory(organization=unit, received=True)
    double = OrganizationReportInFactory(organization=unit)
    own = OrganizationReportInFactory(organization=to, community=double.community)

    held = ReportInHandover().held(unit, on=ON, to=to)

    assert [(entry.key, entry.outcome) for entry in held] == [
        (str(going.pk), "自2026年7月1日（周三）起由示例新支部承接，另编新号"),
        (str(double.pk), f"示例新支部已有同一期的报到（{own.number}），本条结束"),
    ]
    assert held[0].url == going.get_absolute_url()
    assert OrganizationReportIn.objects.count() == 3


def test_preview_without_a_successor_names_none():
    row = OrganizationReportInFactory()

    [held] = ReportInHandover().held(row.community, on=ON, to=None)

    assert "由承接方继续" in held.outcome


def test_one_goes_to_the_highest_of_the_successors_unit_as_its_pairing_does():
    pairing = paired(starts_on=date(2026, 1, 1))
    row = OrganizationReportInFactory(
        organization=pairing.organization,
        community=pairing.community,
        received=True,
        answered_at=datetime(2026, 6, 3, tzinfo=UTC),
    )
    top = OrganizationFactory(kind="general_branch", unit_name="新局")
    branch = OrganizationFactory(parent=top, unit_name="新局")

    PairingHandover().move(pairing.organization, branch, on=ON, by=None)
    move(pairing.organization, branch)

    assert OrganizationReportIn.objects.get(organization=top).community == row.community
    figures = unit_report_in_coverage(ON)
    assert (figures.paired, figures.received) == (1, 1)


def test_one_stays_where_the_pairing_stays_when_a_branch_is_split_off():
    row = OrganizationReportInFactory(organization__kind="general_branch")
    unit = row.organization
    branch = OrganizationFactory(parent=unit, unit_name=unit.unit_name)

    assert ReportInHandover().held(unit, on=ON, to=branch) == []
    assert move(unit, branch) == 0


def test_one_that_ended_before_its_first_day_never_counts_as_received(time_machine):
    time_machine.move_to(datetime(2026, 12, 20, 4, tzinfo=UTC))
    old = OrganizationReportInFactory(
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        received=True,
        answered_at=datetime(2026, 12, 10, 4, tzinfo=UTC),
    )
    to = OrganizationFactory()

    ReportInHandover().move(old.organization, to, on=date(2026, 12, 20), by=None)

    standing = received_on(date(2027, 3, 1))
    assert [row.organization for row in standing] == [to]


@pytest.fixture
def ran_out(time_machine):
    """Received in 2026, ended by the clock; it is January 2027 now."""
    time_machine.move_to(datetime(2027, 1, 15, 4, tzinfo=UTC))
    pairing = paired(starts_on=date(2026, 1, 1))
    return OrganizationReportInFactory(
        organization=pairing.organization,
        community=pairing.community,
        received=True,
        state=State.ENDED,
    )


def test_merger_dated_back_over_the_new_year_divides_what_ran_out(ran_out):
    unit, to, day = ran_out.organization, OrganizationFactory(), date(2026, 12, 1)

    PairingHandover().move(unit, to, on=day, by=None)
    assert ReportInHandover().move(unit, to, on=day, by=None) == 1

    ran_out.refresh_from_db()
    new = OrganizationReportIn.objects.get(organization=to)
    assert ran_out.ends_on == date(2026, 11, 30)
    assert (new.state, new.starts_on, new.ends_on) == (
        State.ENDED,
        day,
        date(2026, 12, 31),
    )
    for when in (date(2026, 11, 30), day, date(2026, 12, 31)):
        figures = unit_report_in_coverage(when)
        assert (figures.paired, figures.received) == (1, 1)


def test_successor_received_in_the_year_that_ran_out_keeps_its_own(ran_out):
    own = OrganizationReportInFactory(
        community=ran_out.community, received=True, state=State.ENDED
    )
    day = date(2026, 12, 1)

    ReportInHandover().move(ran_out.organization, own.organization, on=day, by=None)

    ran_out.refresh_from_db()
    assert ran_out.ends_on == date(2026, 11, 30)
    assert [row.pk for row in received_on(day)] == [own.pk]
