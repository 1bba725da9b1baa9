"""A shift gets smaller or is moved: who gives way, and who is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from tests.volunteers.counts import counts_of
from volunteers.actions import ShiftRefused, update_shift
from volunteers.actions.capacity import CapacityRefused
from volunteers.models import Signup

pytestmark = pytest.mark.django_db
State = Signup.State


@pytest.fixture
def shift():
    """A shift with three places in ten days, of an activity of a month."""
    now = timezone.now()
    activity = ActivityFactory(
        state="published", starts_at=now, ends_at=now + timedelta(days=30)
    )
    start = now + timedelta(days=10)
    return ShiftFactory(activity=activity, capacity=3, starts_at=start)


def lower(shift, capacity=1, **choice):
    return update_shift(
        shift=shift,
        values={"capacity": capacity},
        by=UserFactory(),
        now=timezone.now(),
        **choice,
    )


def offered(shift, hours_ago=1, **values):
    """Somebody a place was offered to."""
    now = timezone.now()
    position, shift.next_position = shift.next_position, shift.next_position + 1
    return SignupFactory(
        shift=shift,
        state=State.OFFERED,
        position=position,
        offered_at=now - timedelta(hours=hours_ago),
        offer_ends_at=now + timedelta(hours=9),
        **values,
    )


def states(*signups):
    found = Signup.objects.in_bulk([signup.pk for signup in signups])
    return [found[signup.pk].state for signup in signups]


def test_lowering_takes_back_the_newest_offer_first(shift):
    held, older, newer = SignupFactory(shift=shift), offered(shift, 5), offered(shift)

    lower(shift, 2)

    assert states(held, older, newer) == ["confirmed", "offered", "waitlisted"]
    assert Signup.objects.get(pk=newer.pk).position == newer.position
    assert counts_of(shift) == {"taken": 2, "waiting": 1}
    told = Notification.objects.get()
    assert (told.kind, told.recipient) == ("offer_taken_back", newer.volunteer.user)


def test_lowering_below_the_sure_ones_says_how_many_give_way(shift):
    SignupFactory.create_batch(2, shift=shift)
    held = offered(shift)

    with pytest.raises(CapacityRefused, match="需让出 1 个名额") as refused:
        lower(shift)

    assert refused.value.needed == 1
    assert (states(held), counts_of(shift)) == (["offered"], {"taken": 3, "waiting": 0})


def test_lowering_moves_the_chosen_before_all_who_wait(shift):
    first, second, _third = SignupFactory.create_batch(3, shift=shift)
    before = SignupFactory(shift=shift, state=State.WAITLISTED)

    lower(shift, 1, moved=[second.pk, first.pk])

    assert list(shift.signups.waitlisted()) == [first, second, before]
    assert counts_of(shift) == {"taken": 1, "waiting": 3}
    told = Notification.objects.filter(kind="signup_moved").order_by("recipient")
    assert [row.recipient_id for row in told] == [
        first.volunteer.user_id,
        second.volunteer.user_id,
    ]


def test_lowering_moves_people_past_the_limit_of_the_waitlist(shift):
    SignupFactory.create_batch(3, shift=shift)
    shift.waitlist_capacity = 0
    shift.save()

    lower(shift, 1, moves_latest=True)

    assert counts_of(shift) == {"taken": 1, "waiting": 2}


def test_lowering_moves_the_latest_and_no_more_than_needed(shift):
    group = SignupFactory(shift=shift, heads=2)
    last = SignupFactory(shift=shift)

    lower(shift, 1, moves_latest=True)

    assert states(group, last) == ["waitlisted", "confirmed"]
    assert counts_of(shift) == {"taken": 1, "waiting": 2}


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        pytest.param([0], "需让出 2 个名额", id="too few"),
        pytest.param([0, 1, 2], "所选的人多于需要", id="more than needed"),
        pytest.param([0, 3], "名单刚刚有变化", id="one has left meanwhile"),
    ],
)
def test_lowering_by_a_choice_that_does_not_fit_is_refused(chosen, text, shift):
    signups = SignupFactory.create_batch(3, shift=shift)
    signups.append(SignupFactory(shift=shift, state=State.CANCELLED))

    with pytest.raises(CapacityRefused, match=text):
        lower(shift, 1, moved=[signups[number].pk for number in chosen])

    assert counts_of(shift) == {"taken": 3, "waiting": 0}


def test_a_moved_person_is_the_first_to_be_offered_a_place_again(shift):
    SignupFactory.create_batch(2, shift=shift)
    moved = SignupFactory(shift=shift)
    SignupFactory(shift=shift, state=State.WAITLISTED)
    lower(shift, 2, moves_latest=True)

    lower(shift, 3)

    assert states(moved) == ["offered"]
    assert counts_of(shift) == {"taken": 3, "waiting": 1}


def test_lowering_below_the_minimum_is_refused(shift):
    shift.minimum = 2
    shift.save()

    with pytest.raises(ShiftRefused, match="最少人数不能多于名额"):
        lower(shift, 1)


def move(shift, **values):
    update_shift(shift=shift, values=values, by=UserFactory(), now=timezone.now())


def test_moving_a_shift_gives_offers_a_new_end(shift):
    held = offered(shift)
    start = timezone.now() + timedelta(hours=4)

    move(shift, starts_at=start, signup_closes_at=start)

    held.refresh_from_db()
    assert held.offer_ends_at < start
    told = Notification.objects.filter(recipient=held.volunteer.user)
    assert set(told.values_list("kind", flat=True)) == {
        "shift_changed",
        "offer_end_changed",
    }


def test_moving_a_shift_into_another_one_tells_the_person(shift):
    held = SignupFactory(shift=shift)
    later = ShiftFactory(starts_at=shift.ends_at + timedelta(hours=1))
    SignupFactory(shift=later, volunteer=held.volunteer)

    move(shift, ends_at=shift.ends_at + timedelta(hours=2))

    told = Notification.objects.get(kind="shift_clash")
    assert told.recipient == held.volunteer.user
    assert later.activity.title in told.body
