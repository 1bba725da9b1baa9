"""Who may do what to a shift and to a sign-up."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.models.activity import LEADER_DAYS_AFTER_END
from campaigns.permissions import can_manage_shifts
from volunteers.models import Shift, Signup

PHONES_DAYS_BEFORE = timedelta(days=7)
PHONES_DAYS_AFTER = timedelta(days=30)


def can_manage_shift(user: User, shift: Shift) -> bool:
    """Whether the user changes the shift."""
    return can_manage_shifts(user, shift.activity)


def can_see_roll(user: User, shift: Shift) -> bool:
    """The organisation's officials; a leader until ten days after the activity."""
    if can_manage_shift(user, shift):
        return True
    is_in_time = timezone.now() <= shift.activity.ends_at + LEADER_DAYS_AFTER_END
    return is_in_time and shift.activity.leaders.filter(pk=user.pk).exists()


def shows_phones(shift: Shift) -> bool:
    """Whether the roll shows phones in full: 7 days before to 30 days after.

    Source: PRODUCT section 4, personal data.
    """
    now = timezone.now()
    return (
        shift.starts_at - PHONES_DAYS_BEFORE <= now <= shift.ends_at + PHONES_DAYS_AFTER
    )


def can_cancel_signup(user: User, signup: Signup) -> bool:
    """The person themselves, or the organiser on their word."""
    return signup.volunteer.user_id == user.pk or can_manage_shift(user, signup.shift)
