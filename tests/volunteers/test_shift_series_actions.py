"""Several shifts at once, and the shifts of one day on other days."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.organising import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import ShiftRefused, copy_day, open_shifts
from volunteers.models import Shift

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 4)
NOW = timezone.make_aware(datetime(2026, 5, 1, 8))


def at(day, hour, minute=0):
    return timezone.make_aware(datetime(2026, 5, day, hour, minute))


@pytest.fixture
def activity():
    """A published activity in May 2026."""
    return ActivityFactory(state="published", starts_at=at(1, 0), ends_at=at(30, 0))


def new_shift(activity, day, hour, **values):
    return Shift(
        **{
            "activity": activity,
            "title": "示例岗位",
            "place": "示例集合点",
            "capacity": 5,
            "starts_at": at(day, hour),
            "ends_at": at(day, hour) + timedelta(hours=2),
            "signup_closes_at": at(day, hour),
            **values,
        }
    )


def open_all(activity, *shifts):
    return open_shifts(activity=activity, shifts=shifts, by=UserFactory(), now=NOW)


def copy(activity, *days, day=MAY):
    to = [date(2026, 5, number) for number in days]
    return copy_day(activity=activity, day=day, to=to, by=UserFactory(), now=NOW)


def test_open_shifts_sent_twice_makes_none_twice(activity):
    def rows():
        return [new_shift(activity, 4, 9), new_shift(activity, 4, 14)]

    first, second = open_all(activity, *rows()), open_all(activity, *rows())

    assert (len(first.made), len(first.skipped)) == (2, 0)
    assert (len(second.made), len(second.skipped)) == (0, 2)
    assert activity.shifts.count() == 2


def test_open_shifts_with_one_outside_the_activity_makes_none(activity):
    rows = [new_shift(activity, 4, 9), new_shift(activity, 31, 9)]

    with pytest.raises(ShiftRefused, match="5月31日.*起止时间之内"):
        open_all(activity, *rows)

    assert activity.shifts.count() == 0


def test_open_shifts_that_have_begun_are_refused(activity):
    with pytest.raises(ShiftRefused, match="开始时间已过"):
        open_all(activity, new_shift(activity, 1, 8))


def test_copy_day_makes_the_shifts_of_the_day_with_their_posts(activity):
    late = ShiftFactory(
        activity=activity,
        starts_at=at(4, 23),
        ends_at=at(5, 1),
        bring="水",
        minimum=1,
        cancel_closes_at=at(4, 12),
    )
    ShiftPostFactory(shift=late, title="测温", capacity=2)
    ShiftFactory(activity=activity, starts_at=at(5, 0, 30))
    SignupFactory(shift=late)

    made = copy(activity, 6, 7).made

    assert [shift.starts_at for shift in made] == [at(6, 23), at(7, 23)]
    first = made[0]
    assert (first.ends_at, first.cancel_closes_at) == (at(7, 1), at(6, 12))
    assert (first.bring, first.minimum, first.taken) == ("水", 1, 0)
    assert [(post.title, post.taken) for post in first.posts.all()] == [("测温", 0)]


def test_copy_day_skips_what_is_there_and_what_was_cancelled(activity):
    ShiftFactory(activity=activity, starts_at=at(4, 9))
    ShiftFactory(activity=activity, starts_at=at(4, 15), state="cancelled")
    copy(activity, 6)

    again = copy(activity, 6, 8)

    assert [shift.starts_at for shift in again.made] == [at(8, 9)]
    assert [shift.starts_at for shift in again.skipped] == [at(6, 9)]


def test_copy_day_without_shifts_is_refused(activity):
    with pytest.raises(ShiftRefused, match="没有班次"):
        copy(activity, 6)


def test_copy_day_of_more_than_the_most_at_once_is_refused(activity):
    for hour in range(8, 18):
        ShiftFactory(activity=activity, starts_at=at(4, hour))

    with pytest.raises(ShiftRefused, match="一次最多添加 100 个班次"):
        copy(activity, *range(6, 17))
