"""Minors leave shifts whose activity became risky."""

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.invitations import MinorFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions.minors import let_minors_go
from volunteers.models import Signup

pytestmark = pytest.mark.django_db


@pytest.fixture
def risky():
    """A full shift, of medium risk by now, that a minor and an adult go to."""
    shift = ShiftFactory(activity__risk="medium")
    SignupFactory(shift=shift)
    SignupFactory(shift=shift, volunteer=MinorFactory())
    return shift


def states(shift):
    return list(shift.signups.order_by("pk").values_list("state", flat=True))


def test_let_minors_go_cancels_and_tells_the_minor_alone(risky):
    assert let_minors_go(now=timezone.now()) == 1

    risky.refresh_from_db()
    [adult, minor] = risky.signups.order_by("pk")
    assert (adult.state, minor.state, minor.is_late) == (
        "confirmed",
        "cancelled",
        False,
    )
    assert risky.taken == 1
    [message] = Notification.objects.filter(kind="signup_cancelled")
    assert message.recipient_id == minor.volunteer.user_id
    assert "风险等级" in message.body


def test_let_minors_go_offers_the_place_to_who_waits(risky):
    waiting = SignupFactory(shift=risky, state=Signup.State.WAITLISTED)

    let_minors_go(now=timezone.now())

    waiting.refresh_from_db()
    assert waiting.state == Signup.State.OFFERED


def test_let_minors_go_twice_does_nothing_more(risky):
    let_minors_go(now=timezone.now())

    assert let_minors_go(now=timezone.now()) == 0


def test_let_minors_go_leaves_shifts_of_low_risk_and_those_begun(risky):
    SignupFactory(shift=ShiftFactory(), volunteer=MinorFactory())

    assert let_minors_go(now=risky.starts_at) == 0
    assert states(risky) == ["confirmed", "confirmed"]
