"""Two at once on the day: one row, and the second hears since when."""

from datetime import timedelta

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from volunteers.actions import cancel_signup
from volunteers.actions.attendance import (
    check_in,
    check_out,
    check_out_present,
    come_to_the_door,
)
from volunteers.day_rules import AlreadyDone
from volunteers.models import Attendance, Signup

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def entering(signup, method, by, minutes=0):
    now = signup.shift.starts_at + timedelta(minutes=minutes)
    return lambda: check_in(signup=signup, method=method, by=by, now=now)


def test_a_double_scan_checks_in_once():
    signup = SignupFactory()
    person = signup.volunteer.user

    with before_commit_of(entering(signup, "screen", person)) as start:
        again = start(entering(signup, "screen", person, minutes=1))

    assert isinstance(again.exception(), AlreadyDone)
    assert Attendance.objects.get().checked_in_at == signup.shift.starts_at


def test_a_mark_of_the_roll_and_a_scan_at_once_check_in_once():
    signup, official = SignupFactory(), UserFactory()

    with before_commit_of(entering(signup, "roll", official)) as start:
        scan = start(entering(signup, "screen", signup.volunteer.user))

    assert "签到。" in str(scan.exception())
    assert Attendance.objects.get().check_in_method == "roll"


def test_a_check_out_of_all_and_of_one_at_once_keeps_the_first():
    signup, official = SignupFactory(), UserFactory()
    entering(signup, "roll", official)()
    now = signup.shift.starts_at + HOUR

    def leaving_all():
        check_out_present(shift=signup.shift, by=official, now=now)

    with before_commit_of(leaving_all) as start:
        late = start(
            lambda: check_out(signup=signup, method="roll", by=official, now=now + HOUR)
        )

    assert isinstance(late.exception(), AlreadyDone)
    assert Attendance.objects.get().checked_out_at == now


def test_nobody_checks_in_by_a_sign_up_being_cancelled():
    signup = SignupFactory()
    person = signup.volunteer.user
    before = signup.shift.starts_at - HOUR

    with before_commit_of(
        lambda: cancel_signup(signup=signup, by=person, now=before)
    ) as start:
        late = start(
            lambda: check_in(signup=signup, method="screen", by=person, now=before)
        )

    assert late.exception().code == "no_place"
    assert not Attendance.objects.exists()


def test_the_last_place_at_the_door_goes_to_one_of_two():
    shift = ShiftFactory(capacity=1)
    first, second = VolunteerFactory.create_batch(2)

    def coming(volunteer):
        return lambda: come_to_the_door(
            shift=shift, volunteer=volunteer, now=shift.starts_at
        )

    with before_commit_of(coming(first)) as start:
        late = start(coming(second))

    assert late.exception().code == "full"
    assert Attendance.objects.get().signup.volunteer == first
    assert Signup.objects.count() == 1
