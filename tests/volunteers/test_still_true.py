"""What was said about shifts is asked again: does it still hold?"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications.kinds import kind_of
from campaigns.models import Activity
from tests.factories.communities import MembershipFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import plan_shift_reminders
from volunteers.actions.settlement import remind_of_settlement
from volunteers.actions.staffing import tell_understaffed
from volunteers.models import Shift, Signup
from volunteers.notices.signups import place_offered

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2026, 5, 8, 12))
NOW = START - timedelta(hours=24)


@pytest.fixture(autouse=True)
def earlier(time_machine):
    time_machine.move_to(START - timedelta(days=7), tick=False)


@pytest.fixture
def shift(db):
    shift = ShiftFactory(starts_at=START, minimum=5, capacity=9)
    MembershipFactory(role="unit", organization=shift.activity.organization)
    return shift


def holds(kind, now=NOW):
    """Whether what was said under the kind still holds, by its own word."""
    pairs = set(Notification.objects.filter(kind=kind).values_list("object_id", "slot"))
    assert pairs
    return kind_of(kind).still_true(pairs, now) == pairs


def no_change(shift, signup):
    """Nothing happens."""


def signup_gone(shift, signup):
    Signup.objects.filter(pk=signup.pk).update(state="cancelled")


def signup_waits_again(shift, signup):
    Signup.objects.filter(pk=signup.pk).update(state="waitlisted", position=9)


def shift_moved(shift, signup):
    Shift.objects.filter(pk=shift.pk).update(starts_at=START + timedelta(minutes=1))


def shift_cancelled(shift, signup):
    Shift.objects.filter(pk=shift.pk).update(state="cancelled")


def activity_cancelled(shift, signup):
    Activity.objects.filter(pk=shift.activity_id).update(state="cancelled")


def enough_people(shift, signup):
    Shift.objects.filter(pk=shift.pk).update(taken=5)


BOTH = [
    (no_change, True),
    (shift_moved, False),
    (shift_cancelled, False),
    (activity_cancelled, False),
]


@pytest.mark.parametrize(
    ("change", "is_true"), [*BOTH, (signup_gone, False), (signup_waits_again, False)]
)
def test_reminder_holds_while_the_place_is_sure(shift, change, is_true):
    signup = SignupFactory(shift=shift)
    plan_shift_reminders(now=START - timedelta(hours=48))

    change(shift, signup)

    assert holds("shift_reminder") is is_true


@pytest.mark.parametrize(("change", "is_true"), [*BOTH, (enough_people, False)])
def test_alert_holds_while_people_are_lacking(shift, change, is_true):
    signup = SignupFactory(shift=shift)
    tell_understaffed(now=NOW)

    change(shift, signup)

    assert holds("shift_understaffed") is is_true


def test_nothing_holds_of_a_shift_that_has_started(shift):
    SignupFactory(shift=shift)
    tell_understaffed(now=NOW)
    plan_shift_reminders(now=START - timedelta(hours=48))

    assert not holds("shift_understaffed", START)
    assert not holds("shift_reminder", START)


@pytest.mark.parametrize("state", ["scheduled", "settled", "cancelled"])
def test_settlement_holds_until_it_is_done(shift, state):
    SignupFactory(shift=shift)
    later = START + timedelta(days=10)
    remind_of_settlement(now=later)

    Shift.objects.filter(pk=shift.pk).update(state=state)

    assert holds("settlement_reminder", later) is (state == "scheduled")


@pytest.mark.parametrize(
    ("changes", "is_true"),
    [
        pytest.param({}, True, id="waits for an answer"),
        pytest.param({"state": "confirmed"}, False, id="taken"),
        pytest.param({"state": "lapsed"}, False, id="lapsed"),
        pytest.param({"offer_ends_at": NOW}, False, id="over"),
        pytest.param({"state_changed_at": NOW}, False, id="another offer"),
    ],
)
def test_offer_holds_until_it_is_answered_or_over(shift, changes, is_true):
    ends_at = NOW + timedelta(hours=1)
    signup = SignupFactory(
        shift=shift, state="offered", offered_at=NOW, offer_ends_at=ends_at
    )
    place_offered(signup)

    Signup.objects.filter(pk=signup.pk).update(**changes)

    assert holds("place_offered") is is_true
    assert Notification.objects.get().expires_at == ends_at


@pytest.mark.parametrize("count", [1, 3])
def test_kinds_are_asked_with_one_query(shift, count, django_assert_num_queries):
    SignupFactory.create_batch(count, shift=shift)
    plan_shift_reminders(now=START - timedelta(hours=48))
    pairs = set(Notification.objects.values_list("object_id", "slot"))
    kinds = ["shift_reminder", "shift_understaffed", "settlement_reminder"]
    kinds += ["place_offered", "offer_end_changed"]

    with django_assert_num_queries(len(kinds)):
        for code in kinds:
            kind_of(code).still_true(pairs, NOW)
