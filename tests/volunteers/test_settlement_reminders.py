"""Officials are reminded of shifts to be settled, on working days 5, 9 and 10."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.communities import MembershipFactory
from tests.factories.hours import PastShiftFactory
from tests.factories.volunteers import SignupFactory
from volunteers.actions.settlement import remind_of_settlement
from volunteers.models import Shift
from volunteers.queries.hours_desk import due_of

pytestmark = pytest.mark.django_db


def beijing(month, day, hour=9, year=2026):
    return timezone.make_aware(datetime(year, month, day, hour))


def shift_of(starts_at, **values):
    """A shift with somebody expected, of an organisation with an official."""
    shift = PastShiftFactory(activity__starts_at=starts_at, **values)
    MembershipFactory(role="unit", organization=shift.activity.organization)
    SignupFactory(shift=shift)
    return Shift.objects.get(pk=shift.pk)


def slots():
    said = Notification.objects.filter(kind="settlement_reminder").order_by("pk")
    return list(said.values_list("slot", flat=True))


def test_due_on_the_tenth_working_day_past_the_national_holiday():
    # 28 September to 1-7 October off; 10 October is worked instead (2026).
    shift = shift_of(beijing(9, 28))

    assert due_of(shift) == (date(2026, 10, 16), "")


def test_reminders_come_on_the_fifth_ninth_and_tenth_day_once_each():
    shift_of(beijing(11, 2))  # a Monday

    for day in range(3, 31):
        for hour in (8, 12):
            remind_of_settlement(now=beijing(11, day, hour))

    assert slots() == ["D-5", "D-9", "D-10"]


@pytest.mark.parametrize(("day", "said"), [(6, 0), (7, 0), (9, 1), (13, 1)])
def test_the_first_reminder_waits_for_the_fifth_working_day(day, said):
    shift_of(beijing(11, 2))

    assert remind_of_settlement(now=beijing(11, day)) == said


def test_a_late_run_says_the_latest_reminder_only():
    shift_of(beijing(11, 2))

    remind_of_settlement(now=beijing(11, 20))

    assert slots() == ["D-10"]


@pytest.mark.parametrize("values", [{"state": "settled"}, {"state": "cancelled"}])
def test_what_is_settled_or_cancelled_is_not_reminded_of(values):
    shift_of(beijing(11, 2), **values)

    assert remind_of_settlement(now=beijing(11, 20)) == 0


def test_a_shift_without_people_is_not_reminded_of():
    PastShiftFactory(activity__starts_at=beijing(11, 2))

    assert remind_of_settlement(now=beijing(11, 20)) == 0


def test_an_organisation_without_an_official_is_spoken_for_from_above():
    shift = PastShiftFactory(activity__starts_at=beijing(11, 2))
    above = shift.activity.organization.parent
    official = MembershipFactory(role="unit", organization=above).user
    SignupFactory(shift=shift)

    remind_of_settlement(now=beijing(11, 20))

    assert Notification.objects.get().recipient == official


def test_a_year_without_a_calendar_is_said_and_breaks_nothing(caplog):
    known, unknown = shift_of(beijing(11, 2)), shift_of(beijing(5, 6, year=2051))
    due_on, why = due_of(unknown)

    assert due_on is None
    assert "2051" in why
    now = unknown.ends_at + timedelta(days=20)
    known.ends_at = now - timedelta(days=20)
    assert remind_of_settlement(now=now) == 0
    assert "2051" in caplog.text


def test_a_shift_held_before_its_activity_was_called_off_is_reminded_of():
    shift_of(beijing(11, 2), activity__state="cancelled")

    assert remind_of_settlement(now=beijing(11, 20)) == 1
