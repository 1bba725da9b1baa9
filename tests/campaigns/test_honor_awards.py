"""Awards: number and days, yearly checks, lapsing, revoking, reminders."""

from datetime import date, timedelta

import pytest

from accounts.models import Notification
from campaigns.actions.honor_awards import (
    award_honor,
    award_honors,
    check_award,
    lapse_unchecked,
    remind_of_honor_checks,
    revoke_honor,
)
from campaigns.actions.honors import HonorRefused
from campaigns.models import Honor, HonorCheck
from campaigns.tasks import lapse_honors
from core import audit
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)

pytestmark = pytest.mark.django_db

State = Honor.State
DAY = timedelta(days=1)
LAST = date(2026, 5, 13)  # the last day of the notice, as the factory has it
DUE = date(2027, 5, 14)  # the first yearly check


def award(honor, today=LAST + DAY):
    return award_honor(honor=honor, by=UserFactory(), today=today)


def check(honor, passed=True, note="示例意见", today=DUE, by=None):
    return check_award(
        honor=honor, passed=passed, note=note, by=by or UserFactory(), today=today
    )


def test_award_gets_the_next_number_of_its_year():
    first, second = award(HonorFactory(notice=True)), award(HonorFactory(notice=True))
    next_year = award(HonorFactory(notice=True), date(2027, 1, 4))

    assert [honor.number for honor in (first, second, next_year)] == [
        "芗文明〔2026〕001号",
        "芗文明〔2026〕002号",
        "芗文明〔2027〕001号",
    ]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 5, 14), date(2027, 5, 14)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
    ids=["plain", "leap-day"],
)
def test_award_is_checked_a_year_later(today, due):
    honor = award(HonorFactory(notice=True), today)

    assert (honor.state, honor.awarded_on, honor.check_due_on) == (
        State.AWARDED,
        today,
        due,
    )


def test_award_on_the_last_day_of_the_notice_is_refused():
    with pytest.raises(HonorRefused, match="期满后才能命名"):
        award(HonorFactory(notice=True), LAST)


def test_award_with_an_open_objection_is_refused():
    with pytest.raises(HonorRefused, match="异议没有处理"):
        award(HonorObjectionFactory().honor)


@pytest.mark.parametrize("state", [State.CHECKED, State.AWARDED, State.WITHDRAWN])
def test_award_of_what_is_not_under_notice_is_refused(state):
    with pytest.raises(HonorRefused, match="不能命名"):
        award(HonorFactory(awarded=True, state=state))


def test_award_of_a_family_without_consent_is_refused():
    with pytest.raises(HonorRefused, match="展示同意"):
        award(FamilyHonorFactory(notice=True))


def test_award_by_who_applied_is_refused():
    honor = HonorFactory(notice=True)

    with pytest.raises(HonorRefused, match="自己填报或提交"):
        award_honor(honor=honor, by=honor.applied_by, today=LAST + DAY)


def test_award_by_who_applied_before_a_colleague_did_is_refused():
    honor, before = HonorFactory(notice=True), UserFactory()
    audit.record("campaigns.honor_applied", target=honor, by=before)

    with pytest.raises(HonorRefused, match="自己填报或提交"):
        award_honor(honor=honor, by=before, today=LAST + DAY)


def test_awards_of_several_go_on_after_a_refusal_without_a_gap_in_the_numbers():
    early = HonorFactory(notice=True, notice_ends_on=LAST + 9 * DAY)
    first, second = HonorFactory.create_batch(2, notice=True)

    results = award_honors(
        honors=[second, early, first], by=UserFactory(), today=LAST + DAY
    )

    assert [(honor.number, bool(refusal)) for honor, refusal in results] == [
        ("", True),
        ("芗文明〔2026〕001号", False),
        ("芗文明〔2026〕002号", False),
    ]


def test_check_that_is_passed_holds_for_another_year():
    honor = HonorFactory(awarded=True)

    # Done late: the next one is due a year after this one was.
    check(honor, today=DUE + 9 * DAY)

    honor.refresh_from_db()
    assert (honor.state, honor.check_due_on) == (State.AWARDED, date(2028, 5, 14))


def test_check_that_is_not_passed_lets_it_lapse():
    honor = HonorFactory(awarded=True)

    check(honor, passed=False, note="窗口已撤并")

    honor.refresh_from_db()
    assert (honor.state, honor.ended_on) == (State.LAPSED, DUE)
    [line] = AuditEntry.objects.filter(verb="campaigns.honor_lapsed")
    assert "窗口已撤并" in line.reason


def test_check_more_than_thirty_days_early_is_refused():
    with pytest.raises(HonorRefused, match="2027年4月14日"):
        check(HonorFactory(awarded=True), today=DUE - 31 * DAY)


def test_check_thirty_days_early_is_kept():
    check(HonorFactory(awarded=True), today=DUE - 30 * DAY)

    assert HonorCheck.objects.get().due_on == DUE


@pytest.mark.parametrize("note", ["", "  "])
def test_check_without_a_note_is_refused(note):
    with pytest.raises(HonorRefused, match="复核意见"):
        check(HonorFactory(awarded=True), note=note)


def test_check_by_who_applied_is_refused():
    honor = HonorFactory(awarded=True)

    with pytest.raises(HonorRefused, match="自己"):
        check(honor, by=honor.applied_by)


def test_check_that_is_there_already_is_refused():
    honor = HonorFactory(awarded=True)
    check(honor)
    Honor.objects.update(check_due_on=DUE)  # as if two had looked at once

    with pytest.raises(HonorRefused, match="已经登记"):
        check(honor)


def test_revoking_ends_it_and_tells_the_officials():
    honor = HonorFactory(awarded=True)
    official = MembershipFactory(role="unit", organization=honor.organization).user

    revoke_honor(honor=honor, reason="弄虚作假", by=UserFactory(), today=DUE)

    honor.refresh_from_db()
    assert (honor.state, honor.ended_on) == (State.REVOKED, DUE)
    [message] = Notification.objects.filter(recipient=official)
    assert "弄虚作假" in message.body


@pytest.mark.parametrize(
    ("values", "reason"), [({"awarded": True}, " "), ({"notice": True}, "示例")]
)
def test_revoking_without_reason_or_award_is_refused(values, reason):
    honor = HonorFactory(**values)

    with pytest.raises(HonorRefused, match="撤销"):
        revoke_honor(honor=honor, reason=reason, by=UserFactory(), today=DUE)


@pytest.mark.parametrize(
    ("days", "state"), [(30, State.AWARDED), (31, State.LAPSED)], ids=["grace", "over"]
)
def test_award_lapses_after_thirty_days_without_a_check(days, state):
    honor = HonorFactory(awarded=True)

    lapse_unchecked(today=DUE + days * DAY)

    honor.refresh_from_db()
    assert honor.state == state


def test_clock_tells_of_a_lapse_once(time_machine):
    honor = HonorFactory(awarded=True)
    official = MembershipFactory(role="unit", organization=honor.organization).user
    time_machine.move_to("2027-07-01 12:00+08:00")

    lapse_honors()
    lapse_honors()

    [message] = Notification.objects.filter(recipient=official)
    assert message.kind == "honor_lapsed"


@pytest.mark.parametrize(("days", "count"), [(31, 0), (30, 1), (0, 1), (-1, 0)])
def test_check_is_recalled_from_thirty_days_before(days, count):
    honor = HonorFactory(awarded=True)
    official = MembershipFactory(role="unit", organization=honor.organization).user

    remind_of_honor_checks(today=DUE - days * DAY)

    assert Notification.objects.filter(recipient=official).count() == count


def test_check_is_recalled_to_the_officials_and_the_office_once(office_official):
    honor = HonorFactory(awarded=True)
    official = MembershipFactory(role="unit", organization=honor.organization).user

    for days in (30, 29):
        remind_of_honor_checks(today=DUE - days * DAY)

    told = Notification.objects.values_list("recipient", "kind")
    assert sorted(told) == [
        (person.pk, "honor_check_due")
        for person in sorted([office_official, official], key=lambda row: row.pk)
    ]


def test_next_year_it_is_recalled_again(office_official):
    honor = HonorFactory(awarded=True)
    remind_of_honor_checks(today=DUE)
    check(honor)

    remind_of_honor_checks(today=date(2028, 5, 1))

    assert Notification.objects.filter(kind="honor_check_due").count() == 2
