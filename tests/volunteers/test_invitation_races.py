"""Two callers at once who ask people to one shift."""

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, VolunteerFactory
from tests.threads import before_commit_of
from volunteers.actions.invitations import invite
from volunteers.models import Invitation
from volunteers.queries.invitations import Criteria

pytestmark = pytest.mark.django_db(transaction=True)


def inviting(shift, official):
    return lambda: invite(
        shift=shift, criteria=Criteria(), by=official, now=timezone.now()
    )


def test_two_organizers_stay_within_the_most_a_shift_may_have(settings):
    settings.INVITATIONS_A_SHIFT = 3
    shift = ShiftFactory()
    first, second = UserFactory.create_batch(2)
    VolunteerFactory.create_batch(4, accepts_invitations=True)

    with before_commit_of(inviting(shift, first)) as start:
        late = start(inviting(shift, second))

    assert "已发完" in str(late.exception())
    assert Invitation.objects.count() == 3


def test_two_organizers_ask_nobody_twice():
    shift = ShiftFactory()
    first, second = UserFactory.create_batch(2)
    VolunteerFactory.create_batch(2, accepts_invitations=True)

    with before_commit_of(inviting(shift, first)) as start:
        late = start(inviting(shift, second))

    assert "没有符合条件" in str(late.exception())
    assert Invitation.objects.count() == 2
