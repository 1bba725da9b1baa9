"""The capacity is changed while people come, go or another editor works."""

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from tests.volunteers.counts import counts_of
from volunteers.actions import cancel_signup, sign_up, update_shift
from volunteers.actions.capacity import CapacityRefused
from volunteers.models import Shift

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shift():
    """A full shift with three places."""
    shift = ShiftFactory(capacity=3)
    SignupFactory.create_batch(3, shift=shift)
    return shift


def lowering(shift, capacity, **choice):
    official = UserFactory()
    return lambda: update_shift(
        shift=shift,
        values={"capacity": capacity},
        by=official,
        now=timezone.now(),
        **choice,
    )


def rows_match(shift):
    shift = Shift.objects.get(pk=shift.pk)
    rows = (shift.signups.placed().count(), shift.signups.waitlisted().count())
    return (shift.taken, shift.waiting) == rows and shift.taken <= shift.capacity


def test_two_editors_who_move_the_same_person_move_them_once(shift):
    chosen = [shift.signups.last().pk]

    with before_commit_of(lowering(shift, 2, moved=chosen)) as start:
        late = start(lowering(shift, 1, moved=chosen))

    assert isinstance(late.exception(), CapacityRefused)
    assert (counts_of(shift), rows_match(shift)) == ({"taken": 2, "waiting": 1}, True)


def test_two_editors_who_move_the_latest_move_as_many_as_needed(shift):
    with before_commit_of(lowering(shift, 2, moves_latest=True)) as start:
        late = start(lowering(shift, 1, moves_latest=True))

    assert late.result().capacity == 1
    assert (counts_of(shift), rows_match(shift)) == ({"taken": 1, "waiting": 2}, True)


def test_who_signs_up_while_the_shift_gets_smaller_waits_behind_the_moved(shift):
    person = VolunteerFactory()

    with before_commit_of(lowering(shift, 2, moves_latest=True)) as start:
        late = start(lambda: sign_up(shift=shift, volunteer=person, now=timezone.now()))

    assert (late.result().state, late.result().position) == ("waitlisted", 2)
    assert rows_match(shift)


def test_who_has_cancelled_meanwhile_is_not_moved(shift):
    gone = shift.signups.last()

    def cancelling():
        cancel_signup(signup=gone, by=gone.volunteer.user, now=timezone.now())

    with before_commit_of(cancelling) as start:
        late = start(lowering(shift, 2, moved=[gone.pk]))

    assert late.result().capacity == 2
    assert (counts_of(shift), rows_match(shift)) == ({"taken": 2, "waiting": 0}, True)
