"""The public notice of an honour: its days, objections, their answers."""

from datetime import date

import pytest

from accounts.models import Notification
from campaigns.actions.honor_objections import (
    answer_objection,
    object_to_honor,
    start_notice,
    start_notices,
)
from campaigns.actions.honors import HonorRefused
from campaigns.models import Honor, HonorObjection
from core.models import AuditEntry
from core.working_days import CalendarMissing
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)

pytestmark = pytest.mark.django_db

State = Honor.State
FIRST, LAST = date(2026, 5, 6), date(2026, 5, 13)  # as the factory has it


def object_on(day, honor, text="示例异议", by=None):
    return object_to_honor(honor=honor, text=text, by=by or UserFactory(), today=day)


def answer(objection, decision="dismissed", text="经核实不成立", by=None):
    return answer_objection(
        objection=objection, decision=decision, answer=text, by=by or UserFactory()
    )


# Counted by hand from the notices of the State Council on the holidays of 2025, 2026.
@pytest.mark.parametrize(
    ("begun", "last"),
    [
        (date(2026, 5, 6), date(2026, 5, 12)),  # 7, 8, make-up Saturday 9, 11, 12
        (date(2026, 9, 28), date(2026, 10, 10)),  # 29, 30, 8, 9, make-up Saturday 10
        (date(2025, 9, 26), date(2025, 10, 10)),  # make-up Sunday 28, 29, 30, 9, 10
        (date(2026, 10, 3), date(2026, 10, 13)),  # in the holidays: 8, 9, 10, 12, 13
        (date(2026, 3, 13), date(2026, 3, 20)),  # a Friday: the next five days
    ],
    ids=["may", "national-day", "national-day-2025", "in-the-holidays", "plain"],
)
def test_notice_lasts_five_working_days_from_the_next(begun, last):
    honor = HonorFactory(checked=True)

    honor = start_notice(honor=honor, by=UserFactory(), today=begun)

    assert (honor.state, honor.notice_starts_on, honor.notice_ends_on) == (
        State.NOTICE,
        begun,
        last,
    )


def test_notice_into_a_year_without_a_calendar_is_refused_and_changes_nothing():
    honor = HonorFactory(checked=True)

    with pytest.raises(CalendarMissing, match="2027"):
        start_notice(honor=honor, by=UserFactory(), today=date(2026, 12, 29))

    honor.refresh_from_db()
    assert honor.state == State.CHECKED


def test_notice_of_what_was_not_checked_is_refused():
    with pytest.raises(HonorRefused, match="不能开始公示"):
        start_notice(honor=HonorFactory(applied=True), by=UserFactory(), today=FIRST)


def test_notice_of_a_family_without_consent_is_refused():
    honor = FamilyHonorFactory(checked=True)

    with pytest.raises(HonorRefused, match="展示同意"):
        start_notice(honor=honor, by=UserFactory(), today=FIRST)


def test_notice_of_a_family_that_consents_is_public():
    honor = FamilyHonorFactory(checked=True, consents=True)

    start_notice(honor=honor, by=UserFactory(), today=FIRST)

    assert list(Honor.objects.under_notice()) == [honor]


def test_notices_of_several_go_on_after_a_refusal():
    family, unit = FamilyHonorFactory(checked=True), HonorFactory(checked=True)

    results = start_notices(honors=[unit, family], by=UserFactory(), today=FIRST)

    assert [(honor, bool(refusal)) for honor, refusal in results] == [
        (family, True),
        (unit, False),
    ]
    unit.refresh_from_db()
    assert unit.state == State.NOTICE


@pytest.mark.parametrize("day", [FIRST, LAST], ids=["first", "last"])
def test_objection_on_a_notice_day_waits_for_the_office(day, office_official):
    objection = object_on(day, HonorFactory(notice=True))

    assert objection.state == HonorObjection.State.OPEN
    [message] = Notification.objects.filter(recipient=office_official)
    assert message.path == f"/desk/objections/{objection.pk}/answer/"


@pytest.mark.parametrize(
    ("day", "values"),
    [
        (date(2026, 5, 5), {}),
        (date(2026, 5, 14), {}),
        (FIRST, {"state": State.CHECKED}),
        (FIRST, {"is_public": False}),
    ],
    ids=["before", "after", "not-yet", "hidden"],
)
def test_objection_outside_the_notice_is_refused(day, values):
    honor = HonorFactory(notice=True, **values)

    with pytest.raises(HonorRefused, match="不在公示期内"):
        object_on(day, honor)


def test_second_objection_while_the_first_is_open_is_refused(stranger):
    honor = HonorFactory(notice=True)
    object_on(FIRST, honor, by=stranger)

    with pytest.raises(HonorRefused, match="正在处理"):
        object_on(LAST, honor, by=stranger)


def test_second_objection_after_the_answer_is_kept(stranger):
    honor = HonorFactory(notice=True)
    answer(object_on(FIRST, honor, by=stranger))

    object_on(LAST, honor, by=stranger)

    assert honor.objections.count() == 2


@pytest.mark.parametrize(
    "text", ["  ", "找13800138000核实", "身份证350602199001011234"]
)
def test_objection_without_words_or_with_personal_numbers_is_refused(text):
    with pytest.raises(HonorRefused):
        object_on(FIRST, HonorFactory(notice=True), text=text)


def test_objector_is_not_in_the_audit_log(stranger):
    objection = object_on(FIRST, HonorFactory(notice=True), "示例张三不实", stranger)

    [line] = AuditEntry.objects.filter(target_type="campaigns.HonorObjection")
    assert (line.actor_id, line.target_id) == (None, objection.pk)
    assert "张三" not in line.target_name


def test_upheld_objection_rejects_the_honour_and_tells_both_sides():
    objection = HonorObjectionFactory()
    honor = objection.honor
    official = MembershipFactory(role="unit", organization=honor.organization).user

    answer(objection, "upheld", "事迹不属实")

    honor.refresh_from_db()
    assert honor.state == State.REJECTED
    kinds = Notification.objects.values_list("recipient", "kind")
    assert set(kinds) == {
        (official.pk, "honor_rejected"),
        (objection.made_by_id, "honor_objection_answered"),
    }


def test_dismissed_objection_lets_the_notice_go_on():
    objection = answer(HonorObjectionFactory())

    assert objection.honor.state == State.NOTICE
    [message] = Notification.objects.filter(recipient=objection.made_by)
    assert "经核实不成立" in message.body


def test_answer_to_an_objection_against_a_family_does_not_name_it():
    honor = FamilyHonorFactory(notice=True, consents=True)

    objection = answer(HonorObjectionFactory(honor=honor))

    [message] = Notification.objects.filter(recipient=objection.made_by)
    assert honor.holder not in message.title + message.body


def test_objections_left_open_by_a_rejection_are_answered_as_well():
    first = HonorObjectionFactory()
    second = HonorObjectionFactory(honor=first.honor)
    answer(first, "upheld")

    assert answer(second, "upheld").state == "upheld"


@pytest.mark.parametrize("who", ["created_by", "applied_by", "made_by"])
def test_answer_by_someone_concerned_is_refused(who):
    applicant = UserFactory()
    objection = HonorObjectionFactory(honor__applied_by=applicant)
    person = objection.made_by if who == "made_by" else getattr(objection.honor, who)

    with pytest.raises(HonorRefused, match="自己"):
        answer(objection, by=person)


@pytest.mark.parametrize(
    ("decision", "text"), [("dismissed", " "), ("open", "示例"), ("", "示例")]
)
def test_answer_without_decision_or_words_is_refused(decision, text):
    with pytest.raises(HonorRefused, match="请"):
        answer(HonorObjectionFactory(), decision, text)


def test_answer_given_twice_is_refused():
    objection = HonorObjectionFactory()
    answer(objection)

    with pytest.raises(HonorRefused, match="已经处理"):
        answer(objection, "upheld")
