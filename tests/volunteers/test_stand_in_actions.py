"""A place is handed on: counts stay, who waits comes first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.models import Activity
from tests.factories.accounts import UserFactory
from tests.factories.invitations import MinorFactory, SkillFactory, StandInFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.volunteers.counts import assert_counts_match, counts_of
from volunteers.actions.stand_ins import (
    StandInRefused,
    open_stand_in,
    take_over,
    withdraw_stand_in,
)
from volunteers.models import Shift, ShiftPost, Signup, StandIn
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db


def opened(signup, now=None):
    return open_stand_in(
        signup=signup, by=signup.volunteer.user, now=now or timezone.now()
    )


def taken_by(stand_in, volunteer, now=None):
    return take_over(stand_in=stand_in, volunteer=volunteer, now=now or timezone.now())


def refusal_code(stand_in, volunteer):
    with pytest.raises(SignupRefused) as refused:
        taken_by(stand_in, volunteer)
    return refused.value.code


def test_take_over_swaps_the_persons_and_keeps_the_counts():
    held, person = SignupFactory(), VolunteerFactory()

    signup = taken_by(opened(held), person)

    held.refresh_from_db()
    assert (held.state, held.is_late, held.reason) == ("cancelled", False, "由他人替班")
    assert (signup.state, signup.stands_in_for) == ("confirmed", held)
    assert counts_of(held.shift) == {"taken": 1, "waiting": 0}
    assert_counts_match(held.shift)


def test_take_over_tells_both():
    held, person = SignupFactory(), VolunteerFactory()

    taken_by(opened(held), person)

    told = dict(Notification.objects.values_list("recipient_id", "kind"))
    assert told == {
        held.volunteer.user_id: "place_taken_over",
        person.user_id: "signup_made",
    }


def test_take_over_is_allowed_after_the_deadline_and_is_not_late():
    held = SignupFactory()
    now = held.shift.starts_at - timedelta(minutes=5)

    taken_by(opened(held, now), VolunteerFactory(), now)

    held.refresh_from_db()
    assert (held.shift.cancel_deadline < now, held.is_late) == (True, False)


def test_take_over_keeps_the_post_and_asks_for_its_skill():
    skill, shift = SkillFactory(), ShiftFactory()
    post = ShiftPost.objects.create(
        shift=shift, title="示例岗位", skill=skill, capacity=2, taken=1
    )
    stand_in = opened(SignupFactory(shift=shift, post=post))
    skilled = VolunteerFactory()
    skilled.skills.add(skill)

    assert refusal_code(stand_in, VolunteerFactory()) == "skill"
    assert taken_by(stand_in, skilled).post == post


def test_take_over_by_who_has_a_clash_is_refused():
    held, person = SignupFactory(), VolunteerFactory()
    SignupFactory(volunteer=person, shift=ShiftFactory(starts_at=held.shift.starts_at))

    assert refusal_code(opened(held), person) == "clash"


def test_take_over_by_who_is_in_already_is_refused():
    held = SignupFactory()
    other = SignupFactory(shift=held.shift)

    assert refusal_code(opened(held), other.volunteer) == "already_signed_up"
    assert refusal_code(opened(held), held.volunteer) == "already_signed_up"


def test_take_over_by_a_minor_is_refused_where_adults_are_asked():
    held = SignupFactory(shift__is_adults_only=True)

    assert refusal_code(opened(held), MinorFactory()) == "age"


def test_take_over_twice_is_refused():
    stand_in = opened(SignupFactory())
    taken_by(stand_in, VolunteerFactory())

    with pytest.raises(StandInRefused, match="已有人接替"):
        taken_by(stand_in, VolunteerFactory())


def test_take_over_after_the_link_was_withdrawn_is_refused():
    stand_in = opened(SignupFactory())
    withdraw_stand_in(signup=stand_in.signup, by=stand_in.signup.volunteer.user)

    with pytest.raises(StandInRefused, match="已收回"):
        taken_by(stand_in, VolunteerFactory())


def test_withdraw_stand_in_after_it_was_taken_is_refused():
    stand_in = opened(SignupFactory())
    taken_by(stand_in, VolunteerFactory())

    with pytest.raises(StandInRefused, match="不能收回"):
        withdraw_stand_in(signup=stand_in.signup, by=UserFactory())


def test_open_stand_in_twice_gives_the_same_link():
    signup = SignupFactory()

    assert opened(signup) == opened(signup)


def test_place_is_not_handed_on_while_somebody_waits_until_the_freeze():
    shift = ShiftFactory(capacity=1)
    stand_in = StandInFactory(signup__shift=shift)
    SignupFactory(shift=shift, state=Signup.State.WAITLISTED)
    freeze = shift.starts_at - timedelta(hours=2)

    with pytest.raises(StandInRefused, match="有人在候补"):
        taken_by(stand_in, VolunteerFactory(), freeze - timedelta(seconds=1))
    assert taken_by(stand_in, VolunteerFactory(), freeze).state == "confirmed"


def test_take_over_near_the_start_by_who_waited_ends_their_waiting():
    shift = ShiftFactory(capacity=1)
    stand_in = StandInFactory(signup__shift=shift)
    waiting = SignupFactory(shift=shift, state=Signup.State.WAITLISTED)
    freeze = shift.starts_at - timedelta(hours=2)

    taken_by(stand_in, waiting.volunteer, freeze)

    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert counts_of(shift) == {"taken": 1, "waiting": 0}
    assert_counts_match(shift)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"state": Signup.State.WAITLISTED}, "不在原来的人手里"),
        ({"state": Signup.State.CANCELLED}, "不在原来的人手里"),
        ({"heads": 2}, "几个人一起"),
        ({"shift__state": Shift.State.CANCELLED}, "班次已取消"),
        ({"shift__activity__state": Activity.State.ENDED}, "已开始或已结束"),
    ],
    ids=["waiting", "cancelled", "several", "called_off", "ended"],
)
def test_open_stand_in_is_refused_with_the_reason(change, text):
    signup = SignupFactory(**change)
    Shift.objects.filter(pk=signup.shift_id).update(waiting=0)

    with pytest.raises(StandInRefused, match=text):
        opened(signup)


def test_open_stand_in_of_a_shift_that_has_begun_is_refused():
    signup = SignupFactory()

    with pytest.raises(StandInRefused, match="已开始"):
        opened(signup, signup.shift.starts_at)
    assert StandIn.objects.count() == 0
