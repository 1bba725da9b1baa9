"""A unit starts, fills and submits its report-in; the community answers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Notification
from communities.actions.report_ins import (
    ReportInRefused,
    end_past_report_ins,
    receive_report_in,
    return_report_in,
    start_report_in,
    submit_report_in,
    update_report_in,
)
from communities.models import OrganizationReportIn
from communities.queries.report_in_periods import next_period, report_in_period
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.report_ins import (
    NOW,
    PERIOD,
    TODAY,
    VALUES,
    official_in,
    official_of,
    paired,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
)

pytestmark = pytest.mark.django_db
State = OrganizationReportIn.State


def start(pairing, **changes):
    arguments = {
        "organization": pairing.organization,
        "community": pairing.community,
        "period": PERIOD,
        "values": VALUES,
        "by": UserFactory(),
        "today": TODAY,
    }
    return start_report_in(**arguments | changes)


def submitted(pairing, by=None):
    return submit_report_in(report_in=start(pairing), by=by or UserFactory(), now=NOW)


def told(kind):
    messages = Notification.objects.filter(kind=kind).order_by("pk")
    return [message.recipient for message in messages]


# Start ----------------------------------------------------------------------


def test_start_keeps_a_draft_for_the_period():
    row = start(paired())

    assert (row.state, row.number) == (State.DRAFT, None)
    assert (row.starts_on, row.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert {name: getattr(row, name) for name in VALUES} == VALUES
    assert AuditEntry.objects.filter(
        verb="communities.organization_report_in_created", target_id=row.pk
    ).exists()


def test_start_for_a_community_without_pairing_is_refused():
    other = paired()

    with pytest.raises(ReportInRefused, match="没有结对"):
        start(paired(), community=other.community)


def test_start_after_the_pairing_ended_is_refused():
    pairing = paired(ends_on=TODAY - timedelta(days=1))

    with pytest.raises(ReportInRefused, match="没有结对"):
        start(pairing)


def test_start_on_the_last_day_of_the_pairing_is_allowed():
    assert start(paired(ends_on=TODAY)).state == State.DRAFT


def test_start_for_a_branch_names_the_organisation_that_is_paired():
    unit = OrganizationFactory(kind="committee", unit_name="示例局", name="示例局党委")
    branch = OrganizationFactory(parent=unit, unit_name="示例局")

    with pytest.raises(ReportInRefused, match="结对的是示例局党委"):
        start(paired(organization=unit), organization=branch)


def test_second_start_in_a_period_is_refused():
    pairing = paired()
    start(pairing)

    with pytest.raises(ReportInRefused, match="已经有报到记录（草稿）"):
        start(pairing, values=VALUES | {"member_count": 1})


def test_same_form_sent_twice_is_saved_once():
    pairing = paired()

    assert start(pairing) == start(pairing)
    assert OrganizationReportIn.objects.count() == 1


def test_start_after_an_ended_one_is_allowed():
    pairing = paired()
    OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community, state="ended"
    )

    assert start(pairing).state == State.DRAFT


@pytest.mark.parametrize(
    ("today", "is_open"),
    [(date(2026, 11, 30), False), (date(2026, 12, 1), True)],
    ids=["31 days before the end", "30 days before the end"],
)
def test_next_period_opens_30_days_before_the_end(today, is_open):
    pairing = paired()
    following = next_period(today)

    if is_open:
        assert start(pairing, period=following, today=today).starts_on.year == 2027
    else:
        with pytest.raises(ReportInRefused, match="2027年度的报到还没有开始"):
            start(pairing, period=following, today=today)


def test_renewal_window_follows_the_setting(settings):
    settings.REPORT_IN_RENEWAL_DAYS = 10

    with pytest.raises(ReportInRefused, match="还没有开始"):
        start(
            paired(),
            period=report_in_period(date(2027, 1, 1)),
            today=date(2026, 12, 20),
        )


def test_renewal_counts_the_pairing_of_the_new_period():
    ending = paired(ends_on=date(2026, 12, 31))
    coming = paired(starts_on=date(2027, 1, 1))
    renewal = {"period": report_in_period(date(2027, 1, 1)), "today": date(2026, 12, 9)}

    assert start(coming, **renewal).state == State.DRAFT
    with pytest.raises(ReportInRefused, match="没有结对"):
        start(ending, **renewal)


def test_past_period_cannot_be_started():
    with pytest.raises(ReportInRefused, match="已经结束"):
        start(paired(), period=report_in_period(date(2025, 5, 1)))


# Change and submit ----------------------------------------------------------


def test_update_changes_only_what_is_given():
    row = start(paired())

    update_report_in(report_in=row, values={"member_count": 40}, by=UserFactory())

    row.refresh_from_db()
    assert (row.member_count, row.leader_name) == (40, "示例领导")


@pytest.mark.parametrize("state", ["submitted", "received", "ended"])
def test_update_of_what_was_handed_in_is_refused(state):
    row = OrganizationReportInFactory(state=state)

    with pytest.raises(ReportInRefused, match="不能再修改"):
        update_report_in(report_in=row, values={"member_count": 1}, by=UserFactory())


def test_first_submission_gives_the_number_of_the_year():
    first, second = submitted(paired()), submitted(paired())

    assert first.state == State.SUBMITTED
    assert (first.number, second.number) == ("芗报〔2026〕0001号", "芗报〔2026〕0002号")


def test_number_follows_the_setting(settings):
    settings.REPORT_IN_NUMBER = "试报{year}-{number}"

    assert submitted(paired()).number == "试报2026-1"


def test_numbers_start_anew_with_each_period():
    submitted(paired())
    row = start(
        paired(), period=report_in_period(date(2027, 1, 1)), today=date(2026, 12, 9)
    )

    submit_report_in(
        report_in=row, by=UserFactory(), now=datetime(2026, 12, 9, tzinfo=UTC)
    )

    row.refresh_from_db()
    assert row.number == "芗报〔2027〕0001号"


def test_resubmission_keeps_the_number_and_forgets_the_answer():
    row = submitted(paired())
    returned = return_report_in(
        report_in=row, reason="请写明服务时间", by=UserFactory(), now=NOW
    )

    again = submit_report_in(
        report_in=returned, by=UserFactory(), now=NOW + timedelta(days=1)
    )

    assert again.number == row.number
    assert (again.answered_at, again.answered_by, again.return_reason) == (
        None,
        None,
        "",
    )
    assert submitted(paired()).number == "芗报〔2026〕0002号"


def test_submission_after_the_pairing_ended_is_refused():
    pairing = paired()
    row = start(pairing)
    pairing.ends_on = TODAY - timedelta(days=1)
    pairing.save()

    with pytest.raises(ReportInRefused, match="没有结对"):
        submit_report_in(report_in=row, by=UserFactory(), now=NOW)


def test_submission_after_the_period_is_refused():
    row = start(paired())

    with pytest.raises(ReportInRefused, match="这一期已经结束"):
        submit_report_in(
            report_in=row, by=UserFactory(), now=datetime(2026, 12, 31, 16, tzinfo=UTC)
        )


def test_second_submission_is_refused():
    row = submitted(paired())

    with pytest.raises(ReportInRefused, match="待签收，不能再提交"):
        submit_report_in(report_in=row, by=UserFactory(), now=NOW)


def test_submission_tells_the_officials_of_the_community():
    pairing = paired()
    official = official_in(pairing.community)
    MembershipFactory(
        role="community", community=pairing.community, ends_on=date(2020, 1, 2)
    )
    official_in(paired().community)

    row = submitted(pairing)

    assert told("report_in_submitted") == [official]
    message = Notification.objects.get(kind="report_in_submitted")
    assert (message.path, message.outbox_state) == (row.get_absolute_url(), "due")


def test_resubmission_tells_them_again():
    pairing = paired()
    official = official_in(pairing.community)
    row = submitted(pairing)
    return_report_in(report_in=row, reason="请补充", by=official, now=NOW)

    submit_report_in(report_in=row, by=UserFactory(), now=NOW + timedelta(hours=1))

    assert told("report_in_submitted") == [official, official]


# Answer ---------------------------------------------------------------------


def test_community_signs_for_it():
    by = UserFactory()

    row = receive_report_in(report_in=OrganizationReportInFactory(), by=by, now=NOW)

    row.refresh_from_db()
    assert (row.state, row.answered_at, row.answered_by) == (State.RECEIVED, NOW, by)
    assert row.was_received


def test_community_returns_it_with_the_reason():
    row = return_report_in(
        report_in=OrganizationReportInFactory(),
        reason=" 请写明服务时间 ",
        by=UserFactory(),
        now=NOW,
    )

    row.refresh_from_db()
    assert (row.state, row.return_reason) == (State.RETURNED, "请写明服务时间")
    assert not row.was_received


def test_message_of_a_return_ends_the_reason_once():
    row = OrganizationReportInFactory()
    official_of(row.organization)

    return_report_in(report_in=row, reason="请补充。", by=UserFactory(), now=NOW)

    message = Notification.objects.filter(kind="report_in_answered").first()
    assert "理由：请补充。请修改后重新提交。" in message.body


def test_return_without_a_reason_is_refused():
    with pytest.raises(ReportInRefused, match="必须写明理由"):
        return_report_in(
            report_in=OrganizationReportInFactory(),
            reason="  ",
            by=UserFactory(),
            now=NOW,
        )


@pytest.mark.parametrize("trait", ["draft", "received", "returned"])
def test_answer_to_what_does_not_wait_is_refused(trait):
    row = OrganizationReportInFactory(**{trait: True})

    with pytest.raises(ReportInRefused, match="已不在待签收状态"):
        receive_report_in(report_in=row, by=UserFactory(), now=NOW)


def test_who_submitted_may_not_answer():
    row = OrganizationReportInFactory()

    with pytest.raises(ReportInRefused, match="自己单位"):
        receive_report_in(report_in=row, by=row.submitted_by, now=NOW)
    with pytest.raises(ReportInRefused, match="自己单位"):
        return_report_in(report_in=row, reason="再改", by=row.submitted_by, now=NOW)


def test_official_of_the_unit_may_not_sign_what_a_colleague_submitted():
    row = OrganizationReportInFactory()
    both = official_of(row.organization)
    MembershipFactory(user=both, role="community", community=row.community)

    with pytest.raises(ReportInRefused, match="自己单位"):
        receive_report_in(report_in=row, by=both, now=NOW)


@pytest.mark.parametrize("answer", ["received", "returned"])
def test_answer_tells_who_submitted_and_the_unit(answer):
    row = OrganizationReportInFactory()
    official = official_of(row.organization)
    by = official_in(row.community)

    if answer == "received":
        receive_report_in(report_in=row, by=by, now=NOW)
    else:
        return_report_in(report_in=row, reason="请补充时间", by=by, now=NOW)

    assert told("report_in_answered") == [official, row.submitted_by]
    body = Notification.objects.filter(kind="report_in_answered").first().body
    assert ("理由：请补充时间" in body) == (answer == "returned")


def test_year_without_calendar_never_blocks_signing():
    row = OrganizationReportInFactory(
        starts_on=date(2040, 1, 1),
        ends_on=date(2040, 12, 31),
        submitted_at=datetime(2040, 6, 1, tzinfo=UTC),
    )
    now = datetime(2040, 6, 2, tzinfo=UTC)

    assert receive_report_in(report_in=row, by=UserFactory(), now=now).was_received


# End ------------------------------------------------------------------------


@pytest.mark.parametrize("trait", ["draft", "returned", "received"])
def test_past_period_ends_by_the_clock(trait):
    row = OrganizationReportInFactory(**{trait: True})

    assert end_past_report_ins(today=date(2026, 12, 31)) == 0
    assert end_past_report_ins(today=date(2027, 1, 1)) == 1
    assert end_past_report_ins(today=date(2027, 1, 1)) == 0
    row.refresh_from_db()
    assert row.state == State.ENDED
    assert row.was_received == (trait == "received")


def test_waiting_one_of_a_past_period_is_left_to_the_community():
    row = OrganizationReportInFactory()

    assert end_past_report_ins(today=date(2027, 1, 1)) == 0

    receive_report_in(report_in=row, by=UserFactory(), now=NOW)
    assert end_past_report_ins(today=date(2027, 1, 1)) == 1


def test_received_one_leads_nowhere_but_to_its_end():
    row = OrganizationReportInFactory(received=True)

    with pytest.raises(MoveRefused):
        row.move_to(State.SUBMITTED, by=None)
