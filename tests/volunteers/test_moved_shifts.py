"""A shift is changed on its day: who has checked in stays as they are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.actions import ShiftRefused, sign_up, update_shift
from volunteers.actions.stand_ins import StandInRefused, open_stand_in
from volunteers.models import Shift, Signup
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def came():
    """Somebody who came an hour before the start of a shift."""
    now = timezone.now()
    activity = ActivityFactory(
        state="published", starts_at=now - HOUR, ends_at=now + 72 * HOUR
    )
    shift = ShiftFactory(activity=activity, starts_at=now + HOUR)
    return AttendanceFactory(signup=SignupFactory(shift=shift), checked_in_at=now)


def move(shift, by):
    values = {"starts_at": shift.starts_at + by, "ends_at": shift.ends_at + by}
    return update_shift(
        shift=shift, values=values, by=UserFactory(), now=timezone.now()
    )


def test_shift_with_people_there_does_not_move_to_another_day(came):
    shift = came.signup.shift

    with pytest.raises(ShiftRefused, match="已有人签到"):
        move(shift, 24 * HOUR)

    assert Shift.objects.get().starts_at == shift.starts_at


def test_shift_with_people_there_begins_a_little_later(came):
    moved = move(came.signup.shift, 30 * MINUTE)

    assert moved.starts_at == Shift.objects.get().starts_at


def test_shift_moves_on_when_its_only_check_in_was_a_mistake(came):
    came.checked_out_at, came.checked_out_by = came.checked_in_at, came.checked_in_by
    came.save()

    assert move(came.signup.shift, 24 * HOUR)


def test_shift_does_not_move_into_the_past(came):
    with pytest.raises(ShiftRefused, match="已过"):
        move(came.signup.shift, -61 * MINUTE)


def test_smaller_shift_moves_somebody_who_is_not_there(came):
    shift = Shift.objects.get()
    latest = AttendanceFactory(
        signup=SignupFactory(shift=shift), checked_in_at=came.checked_in_at
    )
    came.delete()

    update_shift(
        shift=shift,
        values={"capacity": 1},
        by=UserFactory(),
        now=timezone.now(),
        moves_latest=True,
    )

    assert Signup.objects.get(state="confirmed") == latest.signup


def test_place_of_who_is_there_is_not_handed_on(came):
    signup = came.signup

    with pytest.raises(StandInRefused, match="已到场"):
        open_stand_in(signup=signup, by=signup.volunteer.user, now=timezone.now())


@pytest.mark.parametrize(
    ("state", "code"), [("cancelled", "cancelled"), ("draft", "not_open")]
)
def test_walk_in_without_an_activity_is_refused_with_the_reason(state, code):
    activity = ActivityFactory(state=state, starts_at=timezone.now() - 30 * MINUTE)
    shift = ShiftFactory(activity=activity)

    with pytest.raises(SignupRefused) as error:
        sign_up(
            shift=shift,
            volunteer=VolunteerFactory(),
            now=timezone.now(),
            is_walk_in=True,
        )

    assert error.value.code == code
