"""Organisers hear that a shift lacks people."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.models import Membership
from tests.factories.communities import MembershipFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import tell_understaffed
from volunteers.models import Shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    """A shift that wants two and has one; its organisation has an official."""
    shift = ShiftFactory(minimum=2)
    MembershipFactory(role="unit", organization=shift.activity.organization)
    SignupFactory(shift=shift)
    return starting_at(shift, 12)


def starting_at(shift, hour):
    """The shift as it starts at such an hour of Beijing."""
    start = timezone.make_aware(datetime(2027, 5, 5, hour))
    ends_at = start + timedelta(hours=1)
    Shift.objects.filter(pk=shift.pk).update(starts_at=start, ends_at=ends_at)
    shift.refresh_from_db()
    return shift


def tell(shift, hours):
    return tell_understaffed(now=shift.starts_at - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("hours", "count"),
    [
        pytest.param(72.1, 0, id="not yet"),
        pytest.param(72, 1, id="three days before"),
        pytest.param(65, 0, id="stale"),
        pytest.param(24, 1, id="a day before"),
        pytest.param(0, 0, id="started"),
    ],
)
def test_tell_understaffed_tells_officials_in_time(hours, count, shift):
    assert tell(shift, hours) == count
    official = Membership.objects.get().user_id
    told = Notification.objects.filter(kind="shift_understaffed")
    assert list(told.values_list("recipient", flat=True)) == [official] * count


def test_tell_understaffed_of_the_night_tells_in_the_morning(shift):
    """Nobody planned from ten in the evening to nine."""
    starting_at(shift, 22)

    assert [tell(shift, 72 - hours) for hours in (16, 11)] == [0, 1]


def test_tell_understaffed_twice_tells_once_a_slot(shift):
    runs = [tell(shift, hours) for hours in (72, 71, 24, 23)]

    assert runs == [1, 0, 1, 0]


def test_tell_understaffed_of_a_moved_shift_tells_anew(shift):
    tell(shift, 72)
    Shift.objects.update(
        starts_at=shift.starts_at + timedelta(days=1),
        ends_at=shift.ends_at + timedelta(days=1),
    )
    shift.refresh_from_db()

    assert tell(shift, 72) == 1


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"minimum": 1}, id="enough"),
        pytest.param({"minimum": 0}, id="none wanted"),
        pytest.param({"state": "cancelled"}, id="cancelled"),
    ],
)
def test_tell_understaffed_is_silent_about_other_shifts(values, shift):
    Shift.objects.update(**values)

    assert tell(shift, 72) == 0


def test_tell_understaffed_is_silent_before_publication(shift):
    type(shift.activity).objects.update(state="draft")

    assert tell_understaffed(now=timezone.now()) == 0
    assert tell(shift, 72) == 0
