"""Places offered for a time: to whom, how long, taken, lapsed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.groups import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions import (
    accept_offer,
    cancel_shift,
    cancel_signup,
    lapse_offers,
    sign_up,
    update_shift,
)
from volunteers.actions.waitlist import offer_end
from volunteers.models import Shift, Signup
from volunteers.rules import SignupClosed, SignupRefused

pytestmark = pytest.mark.django_db
State = Signup.State
HOUR = timedelta(hours=1)


@pytest.fixture
def shift():
    """A shift with one place."""
    return ShiftFactory(capacity=1)


@pytest.fixture
def held(shift):
    """The sign-up that holds the place of `shift`."""
    return SignupFactory(shift=shift)


def waiting_for(shift, count, **values):
    return SignupFactory.create_batch(count, shift=shift, state="waitlisted", **values)


def cancel(signup, *, now=None):
    by = signup.volunteer.user
    return cancel_signup(signup=signup, by=by, now=now or timezone.now())


def accept(signup, *, now=None):
    by = signup.volunteer.user
    return accept_offer(signup=signup, by=by, now=now or timezone.now())


def busy_elsewhere(shift, signup):
    other = ShiftFactory(starts_at=shift.starts_at)
    return SignupFactory(shift=other, volunteer=signup.volunteer)


def state_of(signup):
    return Signup.objects.get(pk=signup.pk).state


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("left", "held_for"),
    [
        pytest.param(72, 24, id="72 hours before: a day"),
        pytest.param(48, 24, id="48 hours before: a day"),
        pytest.param(30, 15, id="30 hours before: half"),
        pytest.param(3, 2, id="3 hours before: two hours at least"),
        pytest.param(1.5, 1.5, id="never past the start"),
    ],
)
def test_offer_end_leaves_time_to_the_next(left, held_for):
    now = timezone.now()

    end = offer_end(Shift(starts_at=now + left * HOUR), now=now)

    assert end - now == held_for * HOUR


def test_offer_says_until_when_by_mail(shift, held):
    first = waiting_for(shift, 1)[0]
    now = shift.starts_at - 30 * HOUR

    cancel(held, now=now)

    first.refresh_from_db()
    assert (first.offered_at, first.offer_ends_at) == (now, now + 15 * HOUR)
    told = Notification.objects.get(recipient=first.volunteer.user)
    assert (told.kind, told.outbox_state) == ("place_offered", "due")


@pytest.mark.parametrize(
    ("seconds", "is_offered"),
    [pytest.param(1, True, id="a second earlier"), pytest.param(0, False, id="at")],
)
def test_offer_is_not_made_from_the_freeze_on(shift, held, seconds, is_offered):
    first = waiting_for(shift, 1)[0]

    cancel(held, now=shift.starts_at - 2 * HOUR - timedelta(seconds=seconds))

    assert (state_of(first) == "offered") is is_offered
    assert_counts_match(shift)


def test_offer_skips_who_has_a_clash_and_keeps_the_position(shift, held):
    busy, second = waiting_for(shift, 2)
    busy_elsewhere(shift, busy)

    assert cancel(held) == [second]

    busy.refresh_from_db()
    assert (busy.state, busy.position) == ("waitlisted", 1)


def test_offer_skips_a_group_too_large_until_there_is_room(shift, held):
    group = waiting_for(shift, 1, heads=3)[0]
    single = waiting_for(shift, 1)[0]

    assert cancel(held) == [single]
    now = timezone.now()
    update_shift(shift=shift, values={"capacity": 4}, by=UserFactory(), now=now)

    assert state_of(group) == "offered"
    assert counts_of(shift) == {"taken": 4, "waiting": 0}
    assert_counts_match(shift)


def test_offer_goes_to_who_was_moved_back_before_all_others(shift, held):
    waiting_for(shift, 1)
    moved = waiting_for(shift, 1, is_moved=True)[0]

    assert cancel(held) == [moved]


def test_offer_goes_past_many_who_wait_for_another_post():
    shift = ShiftFactory(capacity=2, waitlist_capacity=99)
    guide, driver = ShiftPostFactory.create_batch(2, shift=shift, taken=1)
    SignupFactory(shift=shift, post=guide)
    drives = SignupFactory(shift=shift, post=driver)
    waiting_for(shift, 60, post=guide)
    next_driver = waiting_for(shift, 1, post=driver)[0]

    assert cancel(drives) == [next_driver]

    assert_counts_match(shift)


def test_accept_offer_makes_the_place_sure(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)

    accept(first)

    assert state_of(first) == "confirmed"
    assert counts_of(shift) == {"taken": 1, "waiting": 0}
    told = Notification.objects.filter(recipient=first.volunteer.user).order_by("pk")
    assert [row.kind for row in told] == ["place_offered", "signup_made"]
    assert AuditEntry.objects.filter(
        verb="volunteers.signup_confirmed", actor_id=first.volunteer.user_id
    ).exists()


def test_accept_offer_is_refused_when_its_time_is_over(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)
    first.refresh_from_db()

    with pytest.raises(SignupClosed, match="不再为您保留"):
        accept(first, now=first.offer_ends_at)

    assert state_of(first) == "offered"


@pytest.mark.parametrize("state", ["waitlisted", "confirmed", "lapsed", "cancelled"])
def test_accept_offer_that_was_never_made_is_refused(state, shift):
    with pytest.raises(SignupClosed):
        accept(SignupFactory(shift=shift, state=state))


def test_accept_offer_that_clashes_by_now_is_refused_and_kept(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)
    busy_elsewhere(shift, first)

    with pytest.raises(SignupRefused) as refused:
        accept(first)

    assert refused.value.code == "clash"
    assert state_of(first) == "offered"


def test_accept_offer_of_a_cancelled_shift_is_refused(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)
    now = timezone.now()
    cancel_shift(shift=shift, reason="台风", by=UserFactory(), now=now)

    with pytest.raises(SignupClosed, match="已取消"):
        accept(first)


def test_lapse_offers_gives_the_place_to_the_next(shift, held):
    first, second = waiting_for(shift, 2)
    cancel(held)
    first.refresh_from_db()

    assert lapse_offers(now=first.offer_ends_at) == 1

    assert (state_of(first), state_of(second)) == ("lapsed", "offered")
    assert counts_of(shift) == {"taken": 1, "waiting": 0}
    assert_counts_match(shift)
    told = Notification.objects.filter(recipient=first.volunteer.user).order_by("pk")
    assert [(row.kind, row.outbox_state) for row in told] == [
        ("place_offered", "dropped"),
        ("offer_lapsed", "none"),
    ]


def test_lapse_offers_leaves_an_offer_that_still_runs(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)
    first.refresh_from_db()

    assert lapse_offers(now=first.offer_ends_at - timedelta(seconds=1)) == 0

    assert state_of(first) == "offered"


def test_lapse_offers_offers_a_place_whose_clash_is_gone(shift, held):
    busy = waiting_for(shift, 1)[0]
    other = busy_elsewhere(shift, busy)
    cancel(held)
    assert lapse_offers(now=timezone.now()) == 0
    assert state_of(busy) == "waitlisted"
    cancel(other)

    lapse_offers(now=timezone.now())

    assert state_of(busy) == "offered"


def test_lapse_offers_leaves_rows_of_a_cancelled_shift(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)
    now = timezone.now()
    cancel_shift(shift=shift, reason="台风", by=UserFactory(), now=now)

    assert lapse_offers(now=shift.starts_at) == 0

    assert state_of(first) == "offered"


def test_sign_up_again_after_a_lapse_waits_behind_the_others(shift, held):
    first, _second = waiting_for(shift, 2)
    cancel(held)
    first.refresh_from_db()
    lapse_offers(now=first.offer_ends_at)

    again = sign_up(shift=shift, volunteer=first.volunteer, now=timezone.now())

    assert (again.state, again.position) == ("waitlisted", 3)


def test_sign_up_beside_ones_offer_is_refused(shift, held):
    first = waiting_for(shift, 1)[0]
    cancel(held)

    with pytest.raises(SignupRefused, match="请先确认"):
        sign_up(shift=shift, volunteer=first.volunteer, now=timezone.now())


def test_sign_up_does_not_overtake_who_waits_and_fits(shift):
    waiting = waiting_for(shift, 1)[0]

    newcomer = sign_up(shift=shift, volunteer=VolunteerFactory(), now=timezone.now())

    assert (state_of(waiting), newcomer.state) == ("offered", "waitlisted")
    assert_counts_match(shift)


def test_sign_up_at_the_door_takes_the_place_of_ones_waiting(shift, held):
    waiting = waiting_for(shift, 1)[0]
    now = shift.starts_at - HOUR
    cancel(held, now=now)

    signup = sign_up(shift=shift, volunteer=waiting.volunteer, now=now, is_walk_in=True)

    assert (state_of(waiting), signup.state) == ("cancelled", "confirmed")
    assert counts_of(shift) == {"taken": 1, "waiting": 0}
    assert_counts_match(shift)


def test_closed_account_is_passed_over_and_keeps_its_position(shift, held):
    closed, following = waiting_for(shift, 2)
    closed.volunteer.user.is_active = False
    closed.volunteer.user.save()

    offered = cancel(held)

    assert offered == [following]
    closed.refresh_from_db()
    assert (closed.state, closed.position) == ("waitlisted", 1)


def test_shift_with_wrong_counts_does_not_keep_others_from_lapsing(shift, caplog):
    offers = [
        SignupFactory(
            shift=row,
            state="offered",
            position=1,
            offered_at=timezone.now() - HOUR,
            offer_ends_at=timezone.now(),
        )
        for row in (shift, ShiftFactory())
    ]
    Shift.objects.filter(pk=shift.pk).update(taken=0)

    assert lapse_offers(now=timezone.now()) == 1

    assert f"left out shift {shift.pk}" in caplog.text
    assert [Signup.objects.get(pk=row.pk).state for row in offers] == [
        "offered",
        "lapsed",
    ]
