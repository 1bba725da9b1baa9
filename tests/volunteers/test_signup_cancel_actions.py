"""Giving up a place: who is offered it, who is told, when it is too late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, remind
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions import cancel_signup, sign_up
from volunteers.models import Shift, Signup
from volunteers.rules import SignupClosed

pytestmark = pytest.mark.django_db
CONFIRMED = Signup.State.CONFIRMED
WAITLISTED = Signup.State.WAITLISTED
OFFERED = Signup.State.OFFERED
CANCELLED = Signup.State.CANCELLED


@pytest.fixture
def shift():
    """A shift with one place."""
    return ShiftFactory(capacity=1)


@pytest.fixture
def held(shift):
    """The sign-up that holds the place of `shift`."""
    return SignupFactory(shift=shift)


def waiting_for(shift, count):
    return SignupFactory.create_batch(count, shift=shift, state=WAITLISTED)


def cancel(signup, *, by=None, now=None, reason=""):
    return cancel_signup(
        signup=signup,
        by=by or signup.volunteer.user,
        now=now or timezone.now(),
        reason=reason,
    )


def states_of(shift):
    return list(shift.signups.order_by("pk").values_list("state", "position"))


def test_cancel_signup_offers_the_place_to_the_longest_waiting_person(shift, held):
    first, _second = waiting_for(shift, 2)

    offered = cancel(held)

    assert offered == [first]
    assert states_of(shift) == [(CANCELLED, None), (OFFERED, 1), (WAITLISTED, 2)]
    assert counts_of(shift) == {"taken": 1, "waiting": 1}
    assert_counts_match(shift)


def test_cancel_signup_without_anyone_waiting_frees_the_place(shift, held):
    assert cancel(held) == []

    assert counts_of(shift) == {"taken": 0, "waiting": 0}
    assert_counts_match(shift)


def test_cancel_signup_of_an_offer_offers_the_place_to_the_next(shift, held):
    first, second = waiting_for(shift, 2)
    cancel(held)

    offered = cancel(first)

    assert offered == [second]
    assert states_of(shift) == [(CANCELLED, None), (CANCELLED, 1), (OFFERED, 2)]
    assert_counts_match(shift)


def test_cancel_signup_of_an_offer_is_never_late(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)

    cancel(first, now=shift.cancel_deadline + timedelta(hours=1))

    first.refresh_from_db()
    assert first.is_late is False


def test_cancel_signup_of_a_waiting_person_offers_nothing(shift, held):
    first, _second = waiting_for(shift, 2)

    assert cancel(first) == []

    assert states_of(shift) == [(CONFIRMED, None), (CANCELLED, 1), (WAITLISTED, 2)]
    assert_counts_match(shift)


def test_sign_up_again_waits_behind_the_others(shift, held):
    first, _second = waiting_for(shift, 2)
    cancel(first)

    again = sign_up(shift=shift, volunteer=first.volunteer, now=timezone.now())

    assert (again.state, again.position) == (WAITLISTED, 3)
    assert_counts_match(shift)


@pytest.mark.parametrize(
    ("seconds", "is_late"),
    [pytest.param(-1, False, id="in time"), pytest.param(0, True, id="at closing")],
)
def test_cancel_signup_after_closing_counts_as_late(shift, held, seconds, is_late):
    now = shift.signup_closes_at + timedelta(seconds=seconds)

    cancel(held, now=now)

    held.refresh_from_db()
    assert (held.is_late, held.cancelled_at, held.cancelled_by) == (
        is_late,
        now,
        held.volunteer.user,
    )


def test_cancel_signup_of_a_started_shift_is_refused(shift, held):
    with pytest.raises(SignupClosed, match="班次已开始"):
        cancel(held, now=shift.starts_at)

    assert states_of(shift) == [(CONFIRMED, None)]


def test_cancel_signup_twice_is_refused(shift, held):
    waiting_for(shift, 2)
    cancel(held)

    with pytest.raises(SignupClosed, match="该报名已取消"):
        cancel(held)

    assert counts_of(shift) == {"taken": 1, "waiting": 1}
    assert_counts_match(shift)


def test_cancel_signup_of_a_cancelled_shift_offers_nothing(shift, held):
    waiting_for(shift, 1)
    Shift.objects.filter(pk=shift.pk).update(state=Shift.State.CANCELLED)

    with pytest.raises(SignupClosed, match="该班次已取消"):
        cancel(held)

    assert states_of(shift) == [(CONFIRMED, None), (WAITLISTED, 1)]


def test_cancel_signup_by_the_organizer_tells_the_person_why(held):
    official = UserFactory()

    cancel(held, by=official, reason="临时调整")

    held.refresh_from_db()
    assert (held.reason, held.cancelled_by) == ("临时调整", official)
    told = Notification.objects.get()
    assert (told.recipient, told.kind, told.outbox_state) == (
        held.volunteer.user,
        "signup_cancelled",
        "due",
    )
    assert "临时调整" in told.body


def test_cancel_signup_by_oneself_tells_only_who_is_offered(shift, held):
    first = waiting_for(shift, 1)[0]

    cancel(held)

    told = Notification.objects.values_list("recipient", "kind", "outbox_state")
    assert list(told) == [(first.volunteer.user_id, "place_offered", "due")]


def test_cancel_signup_drops_mail_still_to_be_sent(shift, held):
    other = SignupFactory(shift=ShiftFactory())
    for signup in (held, other):
        remind(signup)

    cancel(held)

    states = dict(Notification.objects.values_list("object_id", "outbox_state"))
    assert states == {held.pk: "dropped", other.pk: "due"}


def test_cancel_signup_records_both_moves(shift, held):
    first = waiting_for(shift, 1)[0]

    cancel(held)

    lines = AuditEntry.objects.filter(target_type="volunteers.Signup").order_by("pk")
    assert list(lines.values_list("verb", "target_id", "actor_id")) == [
        ("volunteers.signup_cancelled", held.pk, held.volunteer.user_id),
        ("volunteers.signup_offered", first.pk, None),
    ]
