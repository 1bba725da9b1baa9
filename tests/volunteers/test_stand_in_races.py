"""Two callers at once about a place that is handed on."""

import pytest
from django.utils import timezone

from tests.factories.invitations import StandInFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from tests.volunteers.counts import assert_counts_match
from volunteers.actions import cancel_signup, sign_up
from volunteers.actions.stand_ins import StandInRefused, open_stand_in, take_over
from volunteers.models import Signup, StandIn

pytestmark = pytest.mark.django_db(transaction=True)


def taking_over(stand_in, volunteer):
    return lambda: take_over(stand_in=stand_in, volunteer=volunteer, now=timezone.now())


def cancelling(signup):
    return lambda: cancel_signup(
        signup=signup, by=signup.volunteer.user, now=timezone.now()
    )


def test_the_place_goes_to_one_of_two():
    stand_in = StandInFactory()
    first, second = VolunteerFactory.create_batch(2)

    with before_commit_of(taking_over(stand_in, first)) as start:
        late = start(taking_over(stand_in, second))

    assert "已有人接替" in str(late.exception())
    held = Signup.objects.get(state=Signup.State.CONFIRMED)
    assert held.volunteer == first
    assert_counts_match(held.shift)


def test_a_place_being_given_up_is_not_taken_over():
    stand_in, person = StandInFactory(), VolunteerFactory()

    with before_commit_of(cancelling(stand_in.signup)) as start:
        late = start(taking_over(stand_in, person))

    assert isinstance(late.exception(), StandInRefused)
    assert not Signup.objects.live().exists()
    assert_counts_match(stand_in.signup.shift)


def test_a_place_being_taken_over_is_not_given_up():
    stand_in = StandInFactory()

    with before_commit_of(taking_over(stand_in, VolunteerFactory())) as start:
        late = start(cancelling(stand_in.signup))

    assert "已取消" in str(late.exception())
    assert Signup.objects.confirmed().count() == 1
    assert_counts_match(stand_in.signup.shift)


def test_who_begins_to_wait_comes_before_who_takes_over():
    stand_in = StandInFactory(signup__shift=ShiftFactory(capacity=1))
    shift = stand_in.signup.shift
    waiting, person = VolunteerFactory.create_batch(2)

    def signing_up():
        sign_up(shift=shift, volunteer=waiting, now=timezone.now())

    with before_commit_of(signing_up) as start:
        late = start(taking_over(stand_in, person))

    assert "有人在候补" in str(late.exception())
    assert_counts_match(shift)


def test_one_person_cannot_take_over_into_a_clash_being_made():
    stand_in, person = StandInFactory(), VolunteerFactory()
    other = ShiftFactory(starts_at=stand_in.signup.shift.starts_at)

    def signing_up():
        sign_up(shift=other, volunteer=person, now=timezone.now())

    with before_commit_of(signing_up) as start:
        late = start(taking_over(stand_in, person))

    assert late.exception().code == "clash"


def test_two_clicks_make_one_link():
    signup = SignupFactory()

    def opening():
        return open_stand_in(
            signup=signup, by=signup.volunteer.user, now=timezone.now()
        )

    with before_commit_of(opening) as start:
        again = start(opening)

    assert again.result() == StandIn.objects.get()
