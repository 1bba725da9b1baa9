"""Planning reminders while another plans, or while somebody cancels."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from tests.threads import before_commit_of
from volunteers.actions import cancel_shift, cancel_signup, plan_shift_reminders

pytestmark = pytest.mark.django_db(transaction=True)
START = timezone.make_aware(datetime(2026, 5, 3, 12))
NOW = START - timedelta(hours=48)


@pytest.fixture
def held(time_machine):
    """A place in a shift in two days."""
    time_machine.move_to(NOW - timedelta(days=7), tick=False)
    return SignupFactory(shift=ShiftFactory(starts_at=START, capacity=3))


def plan():
    return plan_shift_reminders(now=NOW)


def cancel(signup):
    cancel_signup(signup=signup, by=signup.volunteer.user, now=NOW)


def states():
    rows = Notification.objects.filter(kind="shift_reminder")
    return list(rows.values_list("object_id", "outbox_state"))


def test_two_planners_at_once_write_each_slot_once(held):
    with before_commit_of(plan) as start:
        late = start(plan)

    assert (late.result(), states()) == (0, [(held.pk, "due")])


def test_planner_behind_a_cancelling_reminds_only_who_stays(held):
    other = SignupFactory(shift=held.shift)

    with before_commit_of(lambda: cancel(held)) as start:
        late = start(plan)

    assert (late.result(), states()) == (1, [(other.pk, "due")])


def test_cancelling_behind_a_planner_takes_the_reminder_back(held):
    with before_commit_of(plan) as start:
        late = start(lambda: cancel(held))

    assert late.exception() is None
    assert states() == [(held.pk, "dropped")]


def test_planner_behind_a_cancelled_shift_reminds_nobody(held):
    def call_off():
        cancel_shift(shift=held.shift, reason="台风", by=UserFactory(), now=NOW)

    with before_commit_of(call_off) as start:
        late = start(plan)

    assert (late.result(), states()) == (0, [])
