"""Checking in and out: once each, in the window, by those with a place."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.actions.attendance import (
    check_in,
    check_out,
    check_out_present,
    come_to_the_door,
    set_heads,
    take_back_check_in,
    take_back_check_out,
)
from volunteers.actions.settlement import settle_shift
from volunteers.day_rules import AlreadyDone, AttendanceRefused
from volunteers.models import Attendance, Shift, Signup
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NINE = timezone.make_aware(datetime(2031, 5, 3, 9))


@pytest.fixture
def signup(db):
    """A person with a place in a shift from nine to eleven."""
    return SignupFactory(shift=ShiftFactory(starts_at=NINE))


@pytest.fixture
def official(db):
    """Whoever runs the day."""
    return UserFactory()


def whoever(signup, method):
    """The person by the screen; by the roll and own code somebody else."""
    return signup.volunteer.user if method == "screen" else UserFactory()


def enter(signup, moment, method="screen", **values):
    by = values.pop("by", None) or whoever(signup, method)
    return check_in(signup=signup, method=method, by=by, now=moment, **values)


def leave(signup, moment, method="screen", **values):
    by = values.pop("by", None) or whoever(signup, method)
    return check_out(signup=signup, method=method, by=by, now=moment, **values)


def refusal_of(act, *arguments, **values):
    """The code of the refusal, or None."""
    try:
        act(*arguments, **values)
    except AttendanceRefused as refusal:
        return refusal.code
    return None


def after(signup, span):
    return signup.shift.starts_at + span


def row(signup):
    return Attendance.objects.values(
        "checked_in_at", "check_in_method", "checked_out_at", "check_out_method"
    ).get(signup=signup)


def test_coming_and_going_are_written_once_each(signup):
    enter(signup, after(signup, MINUTE))
    leave(signup, after(signup, HOUR), method="roll")

    assert row(signup) == {
        "checked_in_at": after(signup, MINUTE),
        "check_in_method": "screen",
        "checked_out_at": after(signup, HOUR),
        "check_out_method": "roll",
    }


def test_coming_and_going_leave_audit_lines_without_a_name(signup):
    enter(signup, after(signup, MINUTE))
    leave(signup, after(signup, HOUR), method="own_code")

    lines = AuditEntry.objects.filter(verb__contains="attendance").order_by("pk")
    assert [(line.verb, line.data["method"]) for line in lines] == [
        ("volunteers.attendance_checked_in", "screen"),
        ("volunteers.attendance_checked_out", "own_code"),
    ]
    assert {line.target_name for line in lines} == {str(signup.shift)}


@pytest.mark.parametrize(
    ("span", "method", "code"),
    [
        (-2 * HOUR - MINUTE, "screen", "not_yet"),
        (-2 * HOUR, "screen", None),
        (2 * HOUR - MINUTE, "own_code", None),
        (2 * HOUR, "own_code", "ended"),
        (4 * HOUR, "roll", None),
        (4 * HOUR + MINUTE, "roll", "over"),
    ],
)
def test_check_in_is_open_from_two_hours_before(signup, span, method, code):
    assert refusal_of(enter, signup, after(signup, span), method=method) == code


@pytest.mark.parametrize(
    ("span", "code"), [(4 * HOUR, None), (4 * HOUR + MINUTE, "over")]
)
def test_check_out_is_open_until_two_hours_after(signup, span, code):
    enter(signup, after(signup, MINUTE))

    assert refusal_of(leave, signup, after(signup, span)) == code


@pytest.mark.parametrize("state", ["waitlisted", "offered", "cancelled", "no_show"])
def test_check_in_without_a_place_is_refused(signup, state):
    moment = after(signup, MINUTE)
    Signup.objects.filter(pk=signup.pk).update(
        state=state, position=1, offered_at=moment, offer_ends_at=moment
    )

    with pytest.raises(AttendanceRefused):
        enter(signup, moment)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("state", ["cancelled", "settled"])
def test_check_in_to_a_shift_that_is_over_is_refused(signup, state):
    Shift.objects.filter(pk=signup.shift_id).update(state=state)

    with pytest.raises(AttendanceRefused) as refused:
        enter(signup, after(signup, MINUTE))
    assert refused.value.code == state


def test_check_in_again_says_since_when(signup):
    enter(signup, after(signup, 2 * MINUTE))

    with pytest.raises(AlreadyDone, match="已于 09:02 签到。"):
        enter(signup, after(signup, HOUR))


def test_check_out_again_says_since_when(signup):
    enter(signup, after(signup, MINUTE))
    leave(signup, after(signup, HOUR))

    with pytest.raises(AlreadyDone, match="已于 09:01 签到、10:00 签退。"):
        leave(signup, after(signup, HOUR + MINUTE))
    assert row(signup)["checked_out_at"] == after(signup, HOUR)


@pytest.mark.parametrize(
    ("method", "code"), [("screen", "already_in"), ("roll", None), ("own_code", None)]
)
def test_check_out_soon_after_the_check_in_is_no_second_scan(signup, method, code):
    enter(signup, after(signup, MINUTE))

    moment = after(signup, 5 * MINUTE)
    assert refusal_of(leave, signup, moment, method=method) == code


@pytest.mark.parametrize("span", [timedelta(), MINUTE])
def test_check_out_not_after_the_check_in_is_refused(signup, span):
    enter(signup, after(signup, MINUTE))

    with pytest.raises(AttendanceRefused) as refused:
        leave(signup, after(signup, span), method="roll")
    assert refused.value.code == "before_in"


def test_check_out_of_who_never_came_is_refused(signup):
    with pytest.raises(AttendanceRefused) as refused:
        leave(signup, after(signup, HOUR))
    assert refused.value.code == "not_in"


@pytest.mark.parametrize(
    ("at", "now", "taken"),
    [
        pytest.param(MINUTE, HOUR, MINUTE, id="kept"),
        pytest.param(MINUTE, 20 * HOUR, MINUTE, id="sent after the window"),
        pytest.param(2 * HOUR, HOUR, HOUR, id="in the future"),
        pytest.param(-3 * HOUR, HOUR, HOUR, id="before the window"),
    ],
)
def test_queued_tap_counts_where_it_can_be_true(signup, official, at, now, taken):
    enter(signup, after(signup, now), method="roll", by=official, at=after(signup, at))

    assert row(signup)["checked_in_at"] == after(signup, taken)


def test_queued_tap_older_than_a_day_is_refused(signup, official):
    with pytest.raises(AttendanceRefused) as refused:
        enter(
            signup,
            after(signup, 25 * HOUR),
            method="roll",
            by=official,
            at=after(signup, MINUTE),
        )
    assert refused.value.code == "over"


@pytest.mark.parametrize(("heads", "code"), [(0, "heads"), (2, None), (4, "heads")])
def test_heads_lie_within_the_places_held(heads, code):
    signup = SignupFactory(shift=ShiftFactory(capacity=5), heads=3)

    moment = after(signup, MINUTE)
    assert refusal_of(enter, signup, moment, method="roll", heads=heads) == code


def test_heads_are_corrected_with_an_audit_line(official):
    signup = SignupFactory(shift=ShiftFactory(capacity=5), heads=3)
    enter(signup, after(signup, MINUTE))

    set_heads(signup=signup, heads=2, by=official, now=after(signup, HOUR))

    assert Attendance.objects.get().heads == 2
    line = AuditEntry.objects.get(verb="volunteers.attendance_changed")
    assert line.data == {"heads": 2}


def test_mistaken_check_out_is_taken_back(signup, official):
    enter(signup, after(signup, MINUTE))
    leave(signup, after(signup, HOUR))

    take_back_check_out(signup=signup, by=official, now=after(signup, HOUR + MINUTE))

    assert row(signup)["checked_out_at"] is None
    line = AuditEntry.objects.get(verb="volunteers.attendance_undone")
    assert (line.actor_id, line.data) == (official.pk, {"mark": "out"})


def test_mistaken_check_in_is_taken_back_and_made_anew(signup, official):
    enter(signup, after(signup, MINUTE), method="roll", by=official)
    take_back_check_in(signup=signup, by=official, now=after(signup, 2 * MINUTE))

    enter(signup, after(signup, HOUR))

    assert row(signup) == {
        "checked_in_at": after(signup, HOUR),
        "check_in_method": "screen",
        "checked_out_at": None,
        "check_out_method": "",
    }


def test_taken_back_check_in_cannot_be_checked_out(signup, official):
    enter(signup, after(signup, MINUTE), method="roll", by=official)
    take_back_check_in(signup=signup, by=official, now=after(signup, 2 * MINUTE))

    with pytest.raises(AttendanceRefused) as refused:
        leave(signup, after(signup, HOUR))
    assert refused.value.code == "not_in"


def test_taken_back_check_in_is_settled_as_not_come(signup, official):
    enter(signup, after(signup, MINUTE), method="roll", by=official)
    take_back_check_in(signup=signup, by=official, now=after(signup, 2 * MINUTE))

    moment = after(signup, 5 * HOUR)
    settle_shift(shift=signup.shift, excused=[], by=official, now=moment)

    signup.refresh_from_db()
    assert signup.state == "no_show"


def test_check_in_by_the_person_is_not_taken_back(signup, official):
    enter(signup, after(signup, MINUTE))

    with pytest.raises(AttendanceRefused) as refused:
        take_back_check_in(signup=signup, by=official, now=after(signup, HOUR))
    assert refused.value.code == "own"


def test_nothing_is_taken_back_once_settled(signup, official):
    enter(signup, after(signup, MINUTE))
    leave(signup, after(signup, HOUR))
    Shift.objects.filter(pk=signup.shift_id).update(state="settled")

    with pytest.raises(AttendanceRefused) as refused:
        take_back_check_out(signup=signup, by=official, now=after(signup, 2 * HOUR))
    assert refused.value.code == "settled"


def test_check_out_present_leaves_those_alone_who_left(official):
    shift = ShiftFactory(capacity=3)
    there, gone, _absent = (SignupFactory(shift=shift) for _person in range(3))
    enter(there, after(there, MINUTE))
    enter(gone, after(there, MINUTE))
    leave(gone, after(there, HOUR))

    count = check_out_present(shift=shift, by=official, now=after(there, 2 * HOUR))

    assert count == 1
    assert row(there)["checked_out_at"] == after(there, 2 * HOUR)
    assert row(gone)["checked_out_at"] == after(there, HOUR)


def test_walk_in_signs_up_and_checks_in():
    shift, volunteer = ShiftFactory(), VolunteerFactory()

    come_to_the_door(shift=shift, volunteer=volunteer, now=shift.starts_at)

    signup = Signup.objects.get()
    assert (signup.is_walk_in, signup.state) == (True, "confirmed")
    assert row(signup)["checked_in_at"] == shift.starts_at


def test_walk_in_to_a_full_shift_leaves_nothing():
    shift = ShiftFactory(capacity=1)
    SignupFactory(shift=shift)

    with pytest.raises(SignupRefused) as refused:
        come_to_the_door(shift=shift, volunteer=VolunteerFactory(), now=shift.starts_at)

    assert refused.value.code == "full"
    assert Signup.objects.count() == 1
    assert not Attendance.objects.exists()


def test_check_in_counts_for_activities_without_hours_too(signup):
    activity = signup.shift.activity
    activity.counts_as_service = False
    activity.save()

    enter(signup, after(signup, MINUTE))

    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("method", ["roll", "own_code"])
def test_nobody_keeps_the_roll_for_themselves(signup, method):
    own = {"method": method, "by": signup.volunteer.user}

    coming = refusal_of(enter, signup, after(signup, HOUR), at=NINE, **own)
    enter(signup, after(signup, MINUTE))
    going = refusal_of(leave, signup, after(signup, HOUR), **own)

    assert (coming, going) == ("oneself", "oneself")
    assert row(signup)["checked_out_at"] is None


def test_nobody_takes_their_own_check_out_back(signup):
    enter(signup, after(signup, MINUTE))
    leave(signup, after(signup, HOUR))

    with pytest.raises(AttendanceRefused):
        take_back_check_out(
            signup=signup, by=signup.volunteer.user, now=after(signup, HOUR + MINUTE)
        )
