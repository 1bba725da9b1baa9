"""Reminders of what has changed: moved shifts, sign-ups made anew, late runs."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import KindSetting, Notification
from accounts.notifications.sending import deliver_due
from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import (
    cancel_activity_with_shifts,
    cancel_signup,
    plan_shift_reminders,
    reminders,
    sign_up,
    update_shift,
)
from volunteers.models import Shift, Signup

pytestmark = pytest.mark.django_db
# Noon in Beijing: nothing falls into the night.
START = timezone.make_aware(datetime(2026, 5, 3, 12))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def earlier(time_machine):
    """The clock stands a week before the shift."""
    time_machine.move_to(START - timedelta(days=7), tick=False)


@pytest.fixture
def shift(db):
    """A shift at noon of an activity that lasts for days."""
    activity = ActivityFactory(
        state=Activity.State.PUBLISHED,
        starts_at=START - timedelta(days=5),
        ends_at=START + timedelta(days=5),
    )
    return ShiftFactory(activity=activity, starts_at=START)


@pytest.fixture
def held(shift):
    return SignupFactory(shift=shift)


def plan(hours, minutes=0):
    return plan_shift_reminders(now=START - timedelta(hours=hours, minutes=minutes))


def move(shift, by, *, hours):
    """Move the shift by so many hours, that long before its first start."""
    start = START + timedelta(hours=by)
    values = {"starts_at": start, "ends_at": start + 2 * HOUR}
    now = START - timedelta(hours=hours)
    update_shift(shift=shift, values=values, by=UserFactory(), now=now)


def states():
    rows = Notification.objects.filter(kind="shift_reminder").order_by("pk")
    return [
        (slot[:4], state) for slot, state in rows.values_list("slot", "outbox_state")
    ]


def test_reminder_of_a_shift_moved_later_comes_at_its_new_moment(shift, held):
    plan(48)
    move(shift, 5, hours=47)

    counts = [plan(44), plan(43, 1), plan(43)]

    assert counts == [0, 0, 1]
    assert states() == [("T-48", "dropped"), ("T-48", "due")]


def test_reminder_of_a_shift_moved_earlier_comes_at_its_new_moment(shift, held):
    plan(60)
    move(shift, -5, hours=60)

    counts = [plan(53, 1), plan(53), plan(48)]

    assert counts == [0, 1, 0]


def test_shift_moved_across_the_moment_is_told_of_by_the_change_alone(shift, held):
    plan(50)
    move(shift, -5, hours=50)

    counts = [plan(49), plan(48), plan(16)]

    assert counts == [0, 0, 1]
    assert states() == [("T-3@", "due")]
    assert Notification.objects.filter(kind="shift_changed").count() == 1


def test_reminder_reaches_who_cancelled_and_signed_up_again(shift, held):
    now = START - 50 * HOUR
    cancel_signup(signup=held, by=held.volunteer.user, now=now)
    again = sign_up(shift=shift, volunteer=held.volunteer, now=now)

    plan(48)

    said = Notification.objects.get(kind="shift_reminder")
    assert (said.object_id, said.outbox_state) == (again.pk, "due")


def test_reminder_leaves_out_whom_a_lower_capacity_moved(shift, held):
    other = SignupFactory(shift=shift)
    update_shift(
        shift=shift,
        values={"capacity": 1},
        moved=[other.pk],
        by=UserFactory(),
        now=START - 50 * HOUR,
    )

    assert plan(48) == 1

    assert states() == [("T-48", "due")]


def test_reminder_of_a_cancelled_activity_is_not_sent(shift, held, mailoutbox):
    plan(48)
    now = START - 47 * HOUR
    cancel_activity_with_shifts(
        activity=shift.activity, reason="台风", by=UserFactory(), now=now
    )

    deliver_due(now=now)

    assert states() == [("T-48", "dropped")]
    assert not any("活动提醒" in mail.subject for mail in mailoutbox)


@pytest.mark.parametrize(
    ("hours", "minutes", "state"),
    [
        pytest.param(42, 1, "due", id="under 6 hours late"),
        pytest.param(42, 0, "stale", id="6 hours late"),
        pytest.param(8, 0, "stale", id="long after"),
    ],
)
def test_reminder_of_a_worker_that_was_down_is_sent_or_counted(
    shift, held, hours, minutes, state
):
    plan(49)

    plan(hours, minutes)

    row = Notification.objects.get()
    assert (row.outbox_state, row.is_shown) == (state, state == "due")
    assert (row.read_at is None) == (state == "due")


def test_reminders_missed_for_a_week_are_counted_once(shift, held):
    plan(100)

    counts = [plan(-68), plan(-68, -1), plan(-69)]

    assert counts == [2, 0, 0]
    assert states() == [("T-48", "stale"), ("T-3@", "stale")]


def test_first_run_ever_counts_nothing_as_missed(shift, held):
    assert plan(30) == 0


def test_reminder_missed_for_a_cancelled_signup_is_not_counted(shift, held):
    plan(49)
    cancel_signup(signup=held, by=held.volunteer.user, now=START - 47 * HOUR)

    assert plan(30) == 0


def test_worker_down_after_a_clock_was_ahead_misses_nothing(shift):
    plan(20)
    # Right again; then nobody plans until half an hour after the moment.
    plan(60)
    SignupFactory(shift=shift)

    assert plan(47, 30) == 1


def test_late_run_after_a_later_one_misses_nothing(shift, held):
    plan(47, 30)
    plan(48, 30)

    counts = [plan(47, 29), plan(30)]

    assert (counts, states()) == ([0, 0], [("T-48", "due")])


def test_reminders_switched_off_are_neither_written_nor_missed(shift, held):
    plan(49)
    KindSetting.objects.create(kind="shift_reminder", is_on=False)
    plan(47)
    KindSetting.objects.update(is_on=True)

    assert plan(30) == 0


def test_fault_in_one_shift_leaves_the_others_and_is_tried_again(
    shift, held, monkeypatch, caplog
):
    other = SignupFactory(shift=ShiftFactory(activity=shift.activity, starts_at=START))
    said = reminders.reminder_said

    def failing(row, *args, **kwargs):
        if row.pk == shift.pk:
            raise ValueError
        return said(row, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "reminder_said", failing)
        assert plan(48) == 1
    assert Notification.objects.get().object_id == other.pk

    assert plan(47) == 1
    assert f"shift {shift.pk} are left out" in caplog.text
    assert Signup.objects.confirmed().count() == Notification.objects.count()


def test_reminders_of_many_shifts_are_written_in_batches(shift, held, monkeypatch):
    SignupFactory(shift=ShiftFactory(activity=shift.activity, starts_at=START))
    monkeypatch.setattr(reminders, "BATCH", 1)

    assert plan(48) == Shift.objects.count()
