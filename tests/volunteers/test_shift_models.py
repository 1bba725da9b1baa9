"""What a shift is at a moment, and what the database never lets it become."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Shift, Signup

pytestmark = pytest.mark.django_db
Status = Shift.Status


def at(text):
    return timezone.make_aware(datetime.fromisoformat(f"2026-05-03 {text}"))


@pytest.mark.parametrize(
    ("start", "end", "is_at_night"),
    [
        pytest.param(at("06:00"), at("22:00"), False, id="whole day"),
        pytest.param(at("05:59"), at("08:00"), True, id="starts a minute early"),
        pytest.param(at("21:45"), at("22:01"), True, id="ends a minute late"),
        pytest.param(at("23:00"), at("23:30"), True, id="late evening"),
        pytest.param(
            at("21:00"), at("02:00") + timedelta(days=1), True, id="past midnight"
        ),
    ],
)
def test_is_at_night_counts_every_minute(start, end, is_at_night):
    assert Shift(starts_at=start, ends_at=end).is_at_night is is_at_night


@pytest.mark.parametrize(
    ("hours", "taken", "status"),
    [
        pytest.param(-25, 1, Status.OPEN, id="open"),
        pytest.param(-25, 2, Status.FULL, id="full"),
        pytest.param(-24, 1, Status.CLOSED, id="at closing"),
        pytest.param(0, 1, Status.RUNNING, id="at start"),
        pytest.param(2, 1, Status.ENDED, id="at end"),
    ],
)
def test_status_at_is_read_off_clock_and_counts(hours, taken, status):
    shift = ShiftFactory.build(
        activity__starts_at=at("09:00"), starts_at=at("09:00"), taken=taken
    )

    assert shift.status_at(at("09:00") + timedelta(hours=hours)) == status


@pytest.mark.parametrize("state", [Shift.State.CANCELLED, Shift.State.SETTLED])
def test_status_at_of_a_stored_state_ignores_the_clock(state):
    shift = ShiftFactory.build(starts_at=at("09:00"), state=state)

    assert shift.status_at(at("09:00")) == state


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        pytest.param({"taken": 3}, "shift_places_never_overfilled", id="overfilled"),
        pytest.param({"capacity": 0}, "shift_has_a_place", id="no place"),
        pytest.param({"ends_at": at("09:00")}, "shift_ends_after_start", id="no time"),
        pytest.param(
            {"signup_closes_at": at("09:01")}, "shift_closes_before_start", id="closing"
        ),
    ],
)
def test_shift_constraints_hold(values, constraint):
    shift = ShiftFactory(starts_at=at("09:00"))

    with pytest.raises(IntegrityError, match=constraint):
        Shift.objects.filter(pk=shift.pk).update(**values)


def test_signup_of_one_person_is_live_once_per_shift():
    held = SignupFactory()

    with pytest.raises(IntegrityError):
        Signup.objects.create(
            shift=held.shift, volunteer=held.volunteer, state="waitlisted", position=9
        )


def test_signup_positions_of_a_shift_are_given_once():
    waiting = SignupFactory(state=Signup.State.WAITLISTED)

    with pytest.raises(IntegrityError):
        SignupFactory(shift=waiting.shift, state="waitlisted", position=1)


def test_signup_waits_only_with_a_position():
    with pytest.raises(IntegrityError, match="signup_waitlisted_has_position"):
        SignupFactory(state=Signup.State.WAITLISTED, position=None)
