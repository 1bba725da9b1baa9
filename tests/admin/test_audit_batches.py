"""Acts on many records: one line, and below it the lines of the records."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Activity
from core.models import AuditEntry
from tests.admin.pages import admin_url
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import cancel_activity_with_shifts
from volunteers.actions.settlement import settle_shift

pytestmark = pytest.mark.django_db


def tree_of(verb):
    """The verbs of the lines below the one of this verb."""
    above = AuditEntry.objects.get(verb=verb)
    return sorted(above.children.values_list("verb", flat=True))


def test_activity_called_off_holds_its_shifts_together(office_official):
    now = timezone.now()
    activity = ActivityFactory(state=Activity.State.PUBLISHED)
    for days in (1, 2):
        ShiftFactory(activity=activity, starts_at=now + timedelta(days=days))

    cancel_activity_with_shifts(
        activity=activity, reason="台风", by=office_official, now=now
    )

    below = tree_of("campaigns.activity_cleared")
    assert below.count("volunteers.shift_cancelled") == 2


def test_settled_shift_holds_its_people_together(office_official):
    ended = timezone.now() - timedelta(days=1)
    shift = ShiftFactory(
        starts_at=ended - timedelta(hours=2),
        ends_at=ended,
    )
    signups = SignupFactory.create_batch(2, shift=shift)

    settle_shift(
        shift=shift,
        excused=[signups[0].pk],
        by=office_official,
        now=timezone.now(),
    )

    assert len(tree_of("volunteers.shift_settled")) == 2


def test_admin_act_on_several_rows_is_one_line_and_its_children(client_of):
    unit = OrganizationFactory()
    rows = [MembershipFactory(role="unit", organization=unit) for _ in range(2)]
    data = {
        "action": "end_grant",
        "_selected_action": [row.pk for row in rows],
        "confirmed": "1",
        "reason": "调离岗位",
    }

    client_of("office").post(admin_url("communities.Membership", "changelist"), data)

    assert (
        tree_of("communities.membership_handled")
        == ["communities.membership_ended"] * 2
    )
