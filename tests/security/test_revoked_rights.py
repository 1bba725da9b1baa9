"""A right that was taken away is gone at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from communities.actions import GrantRefused, end_membership, grant_membership
from communities.models import Membership
from communities.permissions import Permission, has_permission
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db


def may_enter(membership):
    """Whether the person may, as a page asks: with nothing remembered."""
    user = User.objects.get(pk=membership.user_id)
    return has_permission(user, Permission.DESK_ENTER)


@pytest.mark.parametrize("days", [-30, -1, 0], ids=["of old", "yesterday's", "today's"])
def test_ended_grant_is_gone_at_once(office_official, days):
    first_day = timezone.localdate() + timedelta(days=days)
    membership = MembershipFactory(role="auditor", starts_on=first_day)
    assert may_enter(membership)

    end_membership(membership=membership, by=office_official)

    assert not may_enter(membership)


def test_ended_grant_of_the_future_never_begins(office_official):
    tomorrow = timezone.localdate() + timedelta(days=1)
    membership = MembershipFactory(role="auditor", starts_on=tomorrow)

    end_membership(membership=membership, by=office_official)

    assert not Membership.objects.on(tomorrow).filter(pk=membership.pk).exists()


def test_role_ended_today_is_granted_anew_today(office_official, stranger):
    granted = grant_membership(user=stranger, role="auditor", by=office_official)
    end_membership(membership=granted, by=office_official)

    again = grant_membership(user=stranger, role="auditor", by=office_official)

    assert again.pk != granted.pk
    assert may_enter(again)


def test_ending_what_is_over_is_refused(office_official):
    long_over = timezone.localdate() - timedelta(days=40)
    membership = MembershipFactory(role="auditor", ends_on=long_over)

    with pytest.raises(GrantRefused, match="已经结束"):
        end_membership(membership=membership, by=office_official)

    membership.refresh_from_db()
    assert membership.ends_on == long_over
