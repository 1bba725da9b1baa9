"""Reminders: who is reminded, when, and that nobody is reminded twice."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications.sending import deliver_due
from campaigns.models import Activity
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import (
    accept_offer,
    cancel_signup,
    plan_shift_reminders,
)
from volunteers.models import Shift, Signup

pytestmark = pytest.mark.django_db
STATES = Signup.State
# 00:30 in Beijing on the third: still the second in UTC.
START = timezone.make_aware(datetime(2026, 5, 3, 0, 30))


@pytest.fixture(autouse=True)
def earlier(time_machine):
    """The clock stands a week before the shift."""
    time_machine.move_to(START - timedelta(days=7), tick=False)


@pytest.fixture
def shift(db):
    """A shift just after midnight in Beijing."""
    activity = ActivityFactory(state=Activity.State.PUBLISHED, starts_at=START)
    return ShiftFactory(activity=activity)


def plan(hours, minutes=0):
    """Plan at so many hours before the start."""
    return plan_shift_reminders(now=START - timedelta(hours=hours, minutes=minutes))


def reminded():
    rows = Notification.objects.filter(kind="shift_reminder").order_by("pk")
    return list(rows.values_list("object_id", "slot"))


# T-48 falls into the night: until 08:00 + 6 h it may be sent. T-3 would be read after
# the start, so it is due at 20:00.
@pytest.mark.parametrize(
    ("hours", "minutes", "slots"),
    [
        pytest.param(48, 1, [], id="a minute early"),
        pytest.param(48, 0, ["T-48@20260502T1630Z"], id="48 hours before"),
        pytest.param(34, 31, ["T-48@20260502T1630Z"], id="still fresh"),
        pytest.param(34, 30, [], id="stale"),
        pytest.param(4, 31, [], id="between the two"),
        pytest.param(4, 30, ["T-3@20260502T1630Z"], id="the evening before"),
        pytest.param(0, 1, ["T-3@20260502T1630Z"], id="a minute before"),
        pytest.param(0, 0, [], id="started"),
    ],
)
def test_plan_shift_reminders_writes_what_is_due(shift, hours, minutes, slots):
    held = SignupFactory(shift=shift)

    plan(hours, minutes)

    assert reminded() == [(held.pk, slot) for slot in slots]


def test_plan_shift_reminders_says_the_time_of_beijing(shift):
    SignupFactory(shift=shift)

    plan(48)

    message = Notification.objects.get()
    assert "5月3日（周日）00:30–02:30" in message.body
    assert (message.path, message.outbox_state) == (shift.get_absolute_url(), "due")


def test_plan_shift_reminders_twice_says_once(shift):
    held = SignupFactory(shift=shift)

    counts = [plan(48), plan(47, 59)]

    assert counts == [1, 0]
    assert reminded() == [(held.pk, "T-48@20260502T1630Z")]


@pytest.mark.parametrize("state", [STATES.WAITLISTED, STATES.CANCELLED, STATES.LAPSED])
def test_plan_shift_reminders_leaves_out_who_holds_no_place(shift, state):
    SignupFactory(shift=shift, state=state)

    assert plan(48) == 0

    assert reminded() == []


def test_plan_shift_reminders_leaves_out_who_came_after_the_moment(shift, time_machine):
    Shift.objects.filter(pk=shift.pk).update(capacity=1)
    shift.refresh_from_db()
    held = SignupFactory(shift=shift)
    first = SignupFactory(shift=shift, state=STATES.WAITLISTED)
    now = START - timedelta(hours=47)
    time_machine.move_to(now, tick=False)
    cancel_signup(signup=held, by=held.volunteer.user, now=now)
    accept_offer(signup=first, by=first.volunteer.user, now=now)

    counts = [plan(46), plan(3)]

    assert counts == [0, 1]
    assert reminded() == [(first.pk, "T-3@20260502T1630Z")]


@pytest.mark.parametrize(
    ("shift_state", "activity_state"),
    [
        pytest.param("cancelled", "published", id="shift cancelled"),
        pytest.param("scheduled", "cancelled", id="activity cancelled"),
    ],
)
def test_plan_shift_reminders_leaves_out_what_is_cancelled(
    shift, shift_state, activity_state
):
    SignupFactory(shift=shift)
    Shift.objects.filter(pk=shift.pk).update(state=shift_state)
    Activity.objects.filter(pk=shift.activity_id).update(state=activity_state)

    assert plan(48) == 0


def test_reminder_of_a_cancelled_signup_is_not_sent(shift, mailoutbox):
    held = SignupFactory(shift=shift)
    plan(48)
    now = START - timedelta(hours=47)
    cancel_signup(signup=held, by=held.volunteer.user, now=now)

    deliver_due(now=now)

    assert [mail.subject for mail in mailoutbox] == []


def test_reminder_is_unique_per_person_kind_object_and_slot(shift):
    SignupFactory(shift=shift)
    plan(48)
    said = Notification.objects.get()

    said.pk = None
    with pytest.raises(IntegrityError):
        said.save(force_insert=True)


@pytest.mark.parametrize("count", [1, 3])
def test_plan_shift_reminders_asks_a_fixed_number_of_queries(
    shift, count, django_assert_num_queries
):
    for _each in range(count):
        other = ShiftFactory(activity=shift.activity, capacity=3)
        SignupFactory.create_batch(count, shift=other)

    with django_assert_num_queries(12):
        assert plan(48) == count**2
