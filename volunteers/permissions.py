"""Who may do what to a shift and to a sign-up."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from campaigns.models.activity import LEADER_DAYS_AFTER_END
from campaigns.permissions import can_manage_shifts
from communities.permissions import Permission, has_permission
from volunteers.models import HoursDispute, ServiceRecord, Shift, Signup

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


def can_run_day(user: User, shift: Shift) -> bool:
    """Whether the user shows the code and marks who came and went."""
    return user.is_authenticated and can_see_roll(user, shift)


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


# Hours -----------------------------------------------------------------------

SETTLED_STATES = (Signup.State.ATTENDED, Signup.State.NO_SHOW, Signup.State.EXCUSED)


def can_settle(user: User, shift: Shift) -> bool:
    """Whether the user says who came: officials of the organisation."""
    return can_manage_shift(user, shift)


def can_excuse(user: User, signup: Signup) -> bool:
    """Whether the user excuses who could not come; nobody excuses themselves."""
    is_own = signup.volunteer.user_id == user.pk
    return not is_own and can_manage_shift(user, signup.shift)


def is_excusable(signup: Signup) -> bool:
    """Not come, or given up late and not excused yet."""
    if signup.state == Signup.State.NO_SHOW:
        return True
    was_late = signup.state == Signup.State.CANCELLED and signup.is_late
    return was_late and not signup.is_excused


def can_confirm_record(user: User, record: ServiceRecord) -> bool:
    """Whether the user decides about the record while it waits.

    By its level the organisation, its superior, or the office; who may decide above
    may decide below. Never the person, never who recorded it.
    Source: PRODUCT section 4, attendance and hours.
    """
    if user.pk in {record.volunteer.user_id, record.recorded_by_id}:
        return False
    organization = record.activity.organization
    if has_permission(user, Permission.HOURS_OVERSEE, organization=organization):
        return True
    if record.level == ServiceRecord.Level.OFFICE:
        return False
    if record.level == ServiceRecord.Level.SUPERIOR:
        organization = organization.parent
    return organization is not None and has_permission(
        user, Permission.SHIFT_MANAGE, organization=organization
    )


def can_change_record(user: User, record: ServiceRecord) -> bool:
    """Whether the user corrects or voids it; nobody their own."""
    if record.volunteer.user_id == user.pk:
        return False
    organization = record.activity.organization
    return any(
        has_permission(user, permission, organization=organization)
        for permission in (Permission.SHIFT_MANAGE, Permission.HOURS_OVERSEE)
    )


def can_answer_dispute(user: User, dispute: HoursDispute) -> bool:
    """Whether the user answers for the organisation; nobody their own."""
    return can_excuse(user, dispute.signup)


def dispute_closes_on(signup: Signup) -> date:
    """The last day on which the person may dispute how they were settled."""
    settled_on = timezone.localdate(signup.state_changed_at)
    return settled_on + timedelta(days=settings.DISPUTE_DAYS)


def can_answer_offer(user: User, signup: Signup) -> bool:
    """Nobody says yes for somebody else: taking part is voluntary."""
    return signup.volunteer.user_id == user.pk
