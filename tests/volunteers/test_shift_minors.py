"""A shift with minors stays one that minors may take part in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Activity
from core.dates import day_starts_at
from tests.factories.accounts import UserFactory
from tests.factories.groups import CompanionFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import ShiftRefused, accept_offer, update_shift
from volunteers.models import Shift
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINOR = {"volunteer__user__age_band": "14-17"}


@pytest.fixture
def shift():
    """Two hours of a morning in a month."""
    day = day_starts_at(timezone.localdate() + timedelta(days=30))
    nine = day + timedelta(hours=9)
    return ShiftFactory(
        starts_at=nine, activity__starts_at=day, activity__ends_at=day + DAY
    )


def change(shift, **values):
    return update_shift(
        shift=shift, values=values, by=UserFactory(), now=timezone.now()
    )


@pytest.mark.parametrize("state", ["confirmed", "waitlisted"])
def test_a_shift_with_minors_does_not_become_one_for_adults(shift, state):
    SignupFactory(shift=shift, state=state, **MINOR)

    with pytest.raises(ShiftRefused):
        change(shift, is_adults_only=True)

    assert not Shift.objects.get().is_adults_only


def test_a_shift_with_children_along_does_not_move_into_the_night(shift):
    CompanionFactory(
        group__shift=shift, name="示例", age_band="0-13", consented_at=timezone.now()
    )

    with pytest.raises(ShiftRefused):
        change(shift, ends_at=shift.starts_at + timedelta(hours=14))


def test_a_shift_of_adults_becomes_one_for_adults(shift):
    SignupFactory(shift=shift)
    SignupFactory(shift=shift, state="cancelled", **MINOR)

    assert change(shift, is_adults_only=True).is_adults_only


def test_a_minor_does_not_accept_a_place_when_the_risk_has_risen(shift):
    signup = SignupFactory(
        shift=shift,
        state="offered",
        offered_at=timezone.now(),
        offer_ends_at=shift.starts_at,
        **MINOR,
    )
    Activity.objects.filter(pk=shift.activity_id).update(risk=Activity.Risk.HIGH)

    with pytest.raises(SignupRefused):
        accept_offer(signup=signup, by=signup.volunteer.user, now=timezone.now())
