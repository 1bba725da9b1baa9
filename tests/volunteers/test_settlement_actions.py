"""A shift is settled: who came, who did not, what is left open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.hours import AttendanceFactory, PastShiftFactory, RecordFactory
from tests.factories.volunteers import SignupFactory
from volunteers.actions.hours import HoursRefused
from volunteers.actions.settlement import resolve_check_out, settle_shift
from volunteers.models import ServiceRecord, Shift, Signup

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def shift():
    """Two hours of the day before yesterday."""
    return PastShiftFactory()


@pytest.fixture
def official():
    """Whoever settles."""
    return UserFactory()


def settle(shift, official, excused=(), now=None):
    return settle_shift(
        shift=shift, excused=excused, by=official, now=now or timezone.now()
    )


def resolve(attendance, by, **values):
    last = {"checked_out_at": attendance.checked_in_at + 50 * MINUTE, "reason": "示例"}
    return resolve_check_out(
        attendance=attendance, by=by, now=timezone.now(), **{**last, **values}
    )


def states(shift):
    return list(shift.signups.order_by("pk").values_list("state", flat=True))


def test_settle_says_of_everybody_whether_they_came(shift, official):
    AttendanceFactory(signup__shift=shift)
    excused, _missing = SignupFactory.create_batch(2, shift=shift)
    AttendanceFactory(signup__shift=shift, checked_out_at=None)

    assert settle(shift, official, excused=[excused.pk]) == 3

    assert states(shift) == ["attended", "excused", "no_show", "confirmed"]
    assert Shift.objects.get(pk=shift.pk).state == "settled"


def test_settle_lets_nobody_excuse_themselves(shift, official):
    own = SignupFactory(shift=shift, volunteer__user=official)

    settle(shift, official, excused=[own.pk])

    assert states(shift) == ["no_show"]


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        pytest.param(0, 120, 120, id="all of it"),
        pytest.param(-30, 150, 120, id="earlier and longer"),
        pytest.param(17.5, 60, 42, id="whole minutes only"),
        pytest.param(-60, -10, None, id="gone before the start"),
        pytest.param(60, 60.5, None, id="less than a minute"),
    ],
)
def test_settle_counts_the_minutes_inside_the_shift(
    first, last, minutes, shift, official
):
    start = shift.starts_at
    AttendanceFactory(
        signup__shift=shift,
        checked_in_at=start + first * MINUTE,
        checked_out_at=start + last * MINUTE,
    )

    settle(shift, official)

    record = ServiceRecord.objects.first()
    assert (record and record.minutes) == minutes
    assert states(shift) == ["attended"]


def test_settle_confirms_eight_hours_at_once_and_says_so(shift, official):
    came = AttendanceFactory(signup__shift=shift)

    settle(shift, official)

    record = ServiceRecord.objects.get()
    assert (record.state, record.level, record.decided_by) == (
        "confirmed",
        "direct",
        official,
    )
    told = Notification.objects.get(kind="signup_settled")
    assert told.recipient == came.signup.volunteer.user


def test_settle_twice_settles_once(shift, official):
    AttendanceFactory(signup__shift=shift)

    assert (settle(shift, official), settle(shift, official)) == (1, 0)

    assert ServiceRecord.objects.count() == 1


def test_settle_gives_no_hours_where_none_can_arise(official):
    shift = PastShiftFactory(activity__counts_as_service=False)
    AttendanceFactory(signup__shift=shift)

    settle(shift, official)

    assert states(shift) == ["attended"]
    assert not ServiceRecord.objects.exists()


def test_settle_leaves_ones_own_hours_to_a_second_person(shift, official):
    AttendanceFactory(signup__shift=shift, signup__volunteer__user=official)

    settle(shift, official)

    assert ServiceRecord.objects.get().state == "recorded"


def test_settle_writes_nothing_beside_a_late_entry_of_that_time(shift, official):
    came = AttendanceFactory(signup__shift=shift)
    held = RecordFactory(
        volunteer=came.signup.volunteer, starts_at=shift.starts_at, signup=None
    )

    settle(shift, official)

    assert list(ServiceRecord.objects.all()) == [held]


def test_settle_before_the_end_is_refused(official):
    shift = PastShiftFactory(ends_at=timezone.now() + MINUTE)

    with pytest.raises(HoursRefused, match="还没有结束"):
        settle(shift, official)


def test_settle_while_somebody_may_still_check_out_is_refused(shift, official):
    AttendanceFactory(signup__shift=shift, checked_out_at=None)

    with pytest.raises(HoursRefused, match="还有人没有签退"):
        settle(shift, official, now=shift.ends_at + MINUTE)


def test_settle_of_a_cancelled_shift_is_refused(official):
    shift = PastShiftFactory(state=Shift.State.CANCELLED)

    with pytest.raises(HoursRefused, match="已取消"):
        settle(shift, official)


def test_a_forgotten_check_out_counts_nothing_until_it_is_resolved(shift, official):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)
    settle(shift, official)
    assert not ServiceRecord.objects.exists()

    resolve(came, official)

    record = ServiceRecord.objects.get()
    assert (record.minutes, record.state) == (50, "confirmed")
    assert states(shift) == ["attended"]


def test_a_check_out_resolved_before_is_settled_with_the_shift(shift, official):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)

    resolve(came, official)
    assert states(shift) == ["confirmed"]
    settle(shift, official)

    assert ServiceRecord.objects.get().minutes == 50


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"reason": " "}, "理由", id="no reason"),
        pytest.param({"minutes": -1}, "签退时间须在", id="before the check-in"),
        pytest.param({"minutes": 241}, "签退时间须在", id="after the window"),
    ],
)
def test_resolve_is_refused(values, words, shift, official):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)
    if minutes := values.pop("minutes", 0):
        values["checked_out_at"] = shift.starts_at + minutes * MINUTE

    with pytest.raises(HoursRefused, match=words):
        resolve(came, official, **values)


def test_resolve_of_ones_own_check_out_is_refused(shift):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)

    with pytest.raises(HoursRefused, match="本人"):
        resolve(came, came.signup.volunteer.user)


def test_resolve_twice_is_refused(shift, official):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)
    resolve(came, official)

    with pytest.raises(HoursRefused, match="已处理"):
        resolve(came, official)


def test_resolve_while_the_person_may_check_out_is_refused(shift, official):
    came = AttendanceFactory(signup__shift=shift, checked_out_at=None)

    with pytest.raises(HoursRefused, match="本人还可以签退"):
        resolve_check_out(
            attendance=came,
            checked_out_at=shift.ends_at,
            reason="示例",
            by=official,
            now=shift.ends_at + MINUTE,
        )


def test_settled_states_keep_the_counts_of_the_shift(shift, official):
    AttendanceFactory(signup__shift=shift)
    SignupFactory(shift=shift)

    settle(shift, official)

    assert Shift.objects.get(pk=shift.pk).taken == 2
    assert not Signup.objects.confirmed().exists()
