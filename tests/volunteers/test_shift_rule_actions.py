"""Weekly rules: what they make, what they change and what they leave alone."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from core.working_days import CalendarMissing
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.organising import ShiftRuleFactory
from tests.factories.volunteers import SignupFactory
from volunteers.actions import (
    ShiftRefused,
    apply_rule,
    cancel_activity_with_shifts,
    end_rule,
    save_rule,
    update_shift,
)
from volunteers.models import Shift, ShiftRule

pytestmark = pytest.mark.django_db


def at(month, day, hour=0, minute=0):
    return timezone.make_aware(datetime(2026, month, day, hour, minute))


NOW = at(4, 20, 12)


@pytest.fixture
def activity():
    """A published activity from the middle of April to the end of May 2026."""
    return ActivityFactory(state="published", starts_at=at(4, 15), ends_at=at(6, 1))


@pytest.fixture
def rule(activity):
    """Mondays and Wednesdays, 27 April to 6 May; no shift made yet."""
    return ShiftRuleFactory(
        activity=activity,
        weekdays="13",
        from_on=date(2026, 4, 27),
        until_on=date(2026, 5, 6),
    )


def days(rule, state="scheduled"):
    rows = rule.shifts.filter(state=state).values_list("starts_at", flat=True)
    return [f"{timezone.localtime(moment):%m-%d}" for moment in rows]


def apply(rule, now=NOW):
    return apply_rule(rule=rule, now=now)


def save(rule, **values):
    return save_rule(rule=rule, values=values, by=UserFactory(), now=NOW)


def test_apply_rule_makes_each_day_once(rule):
    first, second = apply(rule), apply(rule)

    assert days(rule) == ["04-27", "04-29", "05-04", "05-06"]
    assert (len(first.made), len(second.made)) == (4, 0)


def test_apply_rule_makes_no_day_that_is_past(rule):
    apply(rule, now=at(4, 29, 9))

    assert days(rule) == ["05-04", "05-06"]


def test_apply_rule_never_remakes_a_shift_somebody_cancelled(rule):
    apply(rule)
    rule.shifts.filter(rule_on=date(2026, 4, 29)).update(state="cancelled")

    assert apply(rule).made == []


def test_rule_over_midnight_ends_on_the_next_day(rule):
    rule.starts_time, rule.ends_time = time(23, 30), time(1)
    rule.save()

    shift = apply(rule).made[0]

    assert (shift.starts_at, shift.ends_at) == (at(4, 27, 23, 30), at(4, 28, 1))
    assert shift.rule_on == date(2026, 4, 27)


@pytest.mark.parametrize(
    ("weekdays", "expected"),
    [
        # 1 to 5 May 2026 are off, Saturday 9 May is worked instead.
        pytest.param("12345", ["04-30", "05-06", "05-07", "05-08"], id="weekdays"),
        pytest.param("67", ["05-09", "05-10"], id="weekend"),
    ],
)
def test_rule_skips_public_holidays_and_no_plain_weekend(weekdays, expected, rule):
    rule.weekdays, rule.skips_holidays = weekdays, True
    rule.from_on, rule.until_on = date(2026, 4, 30), date(2026, 5, 10)
    rule.save()

    apply(rule)

    assert days(rule) == expected


def test_rule_in_a_year_without_calendar_makes_nothing(activity):
    activity.ends_at = timezone.make_aware(datetime(2099, 3, 1))
    activity.save()
    rule = ShiftRuleFactory.build(
        activity=activity,
        skips_holidays=True,
        from_on=date(2099, 2, 1),
        until_on=date(2099, 2, 20),
    )

    with pytest.raises(CalendarMissing, match="2099 年的放假调休安排"):
        save_rule(rule=rule, by=UserFactory(), now=NOW)

    assert (activity.shift_rules.count(), Shift.objects.count()) == (0, 0)


def test_save_rule_changes_only_coming_shifts_nobody_signed_up_for(rule):
    apply(rule)
    first, second, third, fourth = rule.shifts.order_by("starts_at")
    SignupFactory(shift=second)
    SignupFactory(shift=third, state="waitlisted")

    outcome = save_rule(
        rule=rule,
        values={"capacity": 9, "starts_time": time(8)},
        by=UserFactory(),
        now=first.starts_at,
    )

    fourth.refresh_from_db()
    assert (fourth.capacity, fourth.starts_at) == (9, at(5, 6, 8))
    assert fourth.signup_closes_at == at(5, 5, 8)
    assert list(rule.shifts.values_list("capacity", flat=True)) == [3, 3, 3, 9]
    assert (outcome.changed, outcome.kept) == ([fourth], [second, third])


def test_save_rule_leaves_what_was_changed_by_hand(rule):
    apply(rule)
    shift = rule.shifts.first()
    by_hand = {"place": "示例东门"}
    update_shift(shift=shift, values=by_hand, by=UserFactory(), now=NOW)

    save(rule, capacity=9)

    shift.refresh_from_db()
    assert (shift.place, shift.capacity) == ("示例东门", 9)


def test_save_rule_cancels_free_days_it_has_no_more(rule):
    apply(rule)
    held = rule.shifts.get(starts_at=at(4, 27, 9))
    SignupFactory(shift=held)

    outcome = save(rule, weekdays="3")

    assert days(rule) == ["04-27", "04-29", "05-06"]
    assert days(rule, "cancelled") == ["05-04"]
    assert outcome.kept == [held]


def test_save_rule_back_to_a_day_it_dropped_makes_it_anew(rule):
    apply(rule)
    save(rule, weekdays="3")

    save(rule, weekdays="13")

    assert days(rule) == ["04-27", "04-29", "05-04", "05-06"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        pytest.param({"weekdays": ""}, "至少选择一天", id="no day"),
        pytest.param({"until_on": date(2026, 6, 2)}, "活动的起止日期", id="too late"),
        pytest.param({"from_on": date(2026, 5, 7)}, "不能早于起始", id="reversed"),
        pytest.param({"minimum": 4}, "最少人数", id="more than places"),
    ],
)
def test_save_rule_that_does_not_fit_is_refused(values, text, rule):
    with pytest.raises(ShiftRefused, match=text):
        save(rule, **values)


def test_save_rule_sent_twice_makes_one_rule(rule):
    again = ShiftRuleFactory.build(
        activity=rule.activity,
        weekdays="13",
        from_on=rule.from_on,
        until_on=rule.until_on,
    )

    with pytest.raises(ShiftRefused, match="已有一条相同的排班规则"):
        save_rule(rule=again, by=UserFactory(), now=NOW)


def test_save_rule_tried_again_after_a_rollback_saves_it(activity):
    new = ShiftRuleFactory.build(
        pk=999, activity=activity, from_on=date(2026, 5, 4), until_on=date(2026, 5, 6)
    )

    outcome = save_rule(rule=new, by=UserFactory(), now=NOW)

    assert ShiftRule.objects.get() == outcome.rule


def test_end_rule_leaves_its_shifts(rule):
    apply(rule)

    end_rule(rule=rule, by=UserFactory())

    assert len(days(rule)) == 4
    with pytest.raises(ShiftRefused, match="已停止"):
        apply(rule)


def test_cancelling_the_activity_ends_its_rules(rule):
    cancel_activity_with_shifts(
        activity=rule.activity, reason="台风", by=UserFactory(), now=NOW
    )

    rule.refresh_from_db()
    assert rule.state == "ended"
