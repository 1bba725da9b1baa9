"""People are asked without being named; who could not come is not asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory
from tests.factories.invitations import InvitationFactory, MinorFactory, SkillFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.actions.invitations import (
    InvitationRefused,
    decline_invitation,
    invite,
)
from volunteers.models import Invitation, ShiftPost, Signup
from volunteers.queries.consequences import consequences_of
from volunteers.queries.invitations import Criteria, invitable, waiting_invitations

pytestmark = pytest.mark.django_db


def willing(**values):
    return VolunteerFactory(accepts_invitations=True, **values)


def who_came_to(organization, **values):
    activity = ActivityFactory(organization=organization, state="approved")
    came = SignupFactory(
        shift=ShiftFactory(
            activity=activity, starts_at=timezone.now() - timedelta(days=9)
        ),
        state=Signup.State.ATTENDED,
        volunteer=VolunteerFactory(**values),
    )
    return came.volunteer


def daytime_shift(**values):
    start = (timezone.localtime() + timedelta(days=3)).replace(hour=9)
    return ShiftFactory(starts_at=start, **values)


def found(shift, **criteria):
    return set(invitable(shift, Criteria(**criteria), by=UserFactory()))


def sent(shift, by=None, **criteria):
    return invite(
        shift=shift,
        criteria=Criteria(**criteria),
        by=by or UserFactory(),
        now=timezone.now(),
    )


def test_invitable_are_those_who_came_before_and_those_who_are_willing():
    shift = ShiftFactory()
    known = who_came_to(shift.activity.organization)
    who_came_to(shift.activity.organization, accepts_known=False)
    who_came_to(ActivityFactory().organization)
    other = willing()
    VolunteerFactory()

    assert found(shift) == {known, other}
    assert found(shift, whom="known") == {known}
    assert found(shift, whom="willing") == {other}


def test_invitable_are_chosen_by_home_and_skill():
    shift, home, skill = ShiftFactory(), CommunityFactory(), SkillFactory()
    near = willing(home_community=home)
    skilled = willing(home_community=CommunityFactory())
    skilled.skills.add(skill)

    assert found(shift, community=home) == {near}
    assert found(shift, street=home.subdistrict) == {near}
    assert found(shift, skill=skill) == {skilled}


def test_invitable_is_nobody_who_has_or_had_a_place_or_was_asked():
    shift = ShiftFactory(capacity=9)
    SignupFactory(shift=shift, volunteer=willing())
    SignupFactory(shift=shift, volunteer=willing(), state=Signup.State.CANCELLED)
    InvitationFactory(shift=shift, volunteer=willing(), declined_at=timezone.now())

    assert found(shift) == set()


def test_invitable_is_nobody_with_a_clash():
    shift, free = ShiftFactory(), willing()
    SignupFactory(volunteer=willing(), shift=ShiftFactory(starts_at=shift.starts_at))
    SignupFactory(
        volunteer=free,
        shift=ShiftFactory(starts_at=shift.starts_at, state="cancelled"),
    )

    assert found(shift) == {free}


def test_invitable_minors_have_their_guardians_consent_and_a_shift_for_them():
    agreed = MinorFactory(
        accepts_invitations=True, guardian_consented_at=timezone.now()
    )
    MinorFactory(accepts_invitations=True)

    assert found(daytime_shift()) == {agreed}
    assert found(daytime_shift(is_adults_only=True)) == set()


def test_invitable_have_a_skill_every_post_asks_for():
    shift, skill = ShiftFactory(), SkillFactory()
    skilled, other = willing(), willing()
    skilled.skills.add(skill)
    ShiftPost.objects.create(shift=shift, title="示例甲", skill=skill, capacity=1)

    assert found(shift) == {skilled}
    ShiftPost.objects.create(shift=shift, title="示例乙", capacity=1)
    assert found(shift) == {skilled, other}


def test_invite_writes_one_message_each_and_names_nobody_in_the_log():
    shift, official = ShiftFactory(), UserFactory()
    first, second = willing(), willing()

    assert sent(shift, official) == 2

    told = Notification.objects.filter(kind="invitation", outbox_state="none")
    assert {row.recipient_id for row in told} == {first.user_id, second.user_id}
    line = AuditEntry.objects.get(verb="volunteers.shift_invited")
    assert (line.actor_id, line.target_id, line.data) == (
        official.pk,
        shift.pk,
        {"count": 2},
    )


def test_invite_a_second_time_asks_only_new_people():
    shift = ShiftFactory()
    willing()
    sent(shift)
    later = willing()

    assert sent(shift) == 1
    assert shift.invitations.filter(volunteer=later).exists()


def test_invite_stops_at_the_most_a_shift_may_have(settings):
    settings.INVITATIONS_A_SHIFT = 3
    shift = ShiftFactory()
    for _number in range(4):
        willing()
    sent(shift)

    assert shift.invitations.count() == 3
    with pytest.raises(InvitationRefused, match="已发完"):
        sent(shift)


def test_invite_of_many_takes_the_same_queries(django_assert_max_num_queries):
    needed = []
    for people in (1, 3):
        shift = ShiftFactory()
        Invitation.objects.all().delete()
        VolunteerFactory.create_batch(people, accepts_invitations=True)
        official = UserFactory()
        with django_assert_max_num_queries(30) as seen:
            sent(shift, official)
        needed.append(len(seen))

    assert needed[0] == needed[1]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"state": "cancelled"}, "已取消"),
        ({"activity__state": "draft"}, "尚未发布"),
        ({"activity__state": "published", "activity__is_public": False}, "没有公开"),
        ({"capacity": 1, "taken": 1}, "名额已满"),
        ({}, "没有符合条件"),
    ],
    ids=["cancelled", "draft", "private", "full", "nobody"],
)
def test_invite_is_refused_with_the_reason(values, text):
    with pytest.raises(InvitationRefused, match=text):
        sent(ShiftFactory(**values))


def test_decline_invitation_leaves_no_trace_for_others():
    invitation = InvitationFactory()
    before = AuditEntry.objects.count(), Notification.objects.count()

    decline_invitation(invitation=invitation)

    invitation.refresh_from_db()
    assert invitation.declined_at is not None
    assert (AuditEntry.objects.count(), Notification.objects.count()) == before


def test_declined_invitations_still_count_among_what_cancelling_would_mean():
    shift = ShiftFactory()
    InvitationFactory(shift=shift)
    InvitationFactory(shift=shift, declined_at=timezone.now())

    [loss] = consequences_of([shift], is_whole=False).rows

    assert loss.invited == 2


def test_waiting_invitations_are_those_one_can_still_answer():
    open_one = InvitationFactory()
    person = open_one.volunteer
    InvitationFactory(volunteer=person, declined_at=timezone.now())
    InvitationFactory(volunteer=person, shift__state="cancelled")
    signup = SignupFactory(volunteer=person)
    InvitationFactory(volunteer=person, shift=signup.shift)

    waiting = waiting_invitations(person.user, now=timezone.now())

    assert list(waiting) == [open_one]
