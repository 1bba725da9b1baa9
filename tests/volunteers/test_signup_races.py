"""Two callers at once: the second waits for the first and sees what it did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions import (
    cancel_shift,
    plan_shift_reminders,
    sign_up,
    update_shift,
)
from volunteers.models import Signup
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db(transaction=True)


def signing_up(shift, volunteer):
    return lambda: sign_up(shift=shift, volunteer=volunteer, now=timezone.now())


def test_the_last_place_goes_to_one_of_two():
    shift = ShiftFactory(capacity=1)
    first, second = VolunteerFactory.create_batch(2)

    with before_commit_of(signing_up(shift, first)) as start:
        late = start(signing_up(shift, second))

    assert (late.result().state, late.result().position) == ("waitlisted", 1)
    assert counts_of(shift) == {"taken": 1, "waiting": 1}
    assert_counts_match(shift)


def test_the_last_place_on_the_waitlist_goes_to_one_of_two():
    shift = ShiftFactory(capacity=1, waitlist_capacity=1)
    SignupFactory(shift=shift)
    first, second = VolunteerFactory.create_batch(2)

    with before_commit_of(signing_up(shift, first)) as start:
        late = start(signing_up(shift, second))

    assert late.exception().code == "waitlist_full"
    assert_counts_match(shift)


def test_one_person_clicking_twice_signs_up_once():
    shift, volunteer = ShiftFactory(), VolunteerFactory()

    with before_commit_of(signing_up(shift, volunteer)) as start:
        again = start(signing_up(shift, volunteer))

    assert isinstance(again.exception(), SignupRefused)
    assert again.exception().code == "already_signed_up"
    assert_counts_match(shift)


def test_one_person_cannot_take_two_shifts_of_one_time_at_once():
    shift, volunteer = ShiftFactory(), VolunteerFactory()
    other = ShiftFactory(starts_at=shift.starts_at)

    with before_commit_of(signing_up(shift, volunteer)) as start:
        late = start(signing_up(other, volunteer))

    assert late.exception().code == "clash"
    assert Signup.objects.count() == 1


def test_nobody_signs_up_for_a_shift_being_cancelled():
    shift, official, person = ShiftFactory(), UserFactory(), VolunteerFactory()

    def cancelling():
        cancel_shift(shift=shift, reason="台风", by=official, now=timezone.now())

    with before_commit_of(cancelling) as start:
        late = start(signing_up(shift, person))

    assert late.exception().code == "cancelled"


def test_capacity_is_not_lowered_below_a_place_being_taken():
    shift, official = ShiftFactory(), UserFactory()
    SignupFactory(shift=shift)

    with before_commit_of(signing_up(shift, VolunteerFactory())) as start:
        late = start(
            lambda: update_shift(
                shift=shift, values={"capacity": 1}, by=official, now=timezone.now()
            )
        )

    assert "需让出 1 个名额" in str(late.exception())
    assert_counts_match(shift)


def test_two_runs_of_the_planner_remind_once():
    shift = ShiftFactory()
    SignupFactory(shift=shift)
    now = shift.starts_at - timedelta(hours=48)

    with before_commit_of(lambda: plan_shift_reminders(now=now)) as start:
        late = start(lambda: plan_shift_reminders(now=now))

    assert late.result() == 0
    assert Notification.objects.filter(kind="shift_reminder").count() == 1
