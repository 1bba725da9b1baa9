"""A shift or a whole activity is called off: everybody is told once, rows stay."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions import cancel_activity
from campaigns.actions.activities import locked_activity
from campaigns.models import Activity
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_shift
from volunteers.actions.shift_rules import end_rules_of
from volunteers.actions.shifts import ShiftRefused, live_signups
from volunteers.models import Shift, Signup
from volunteers.notices.shifts import activity_cancelled, shift_cancelled
from volunteers.notices.signups import signup_cancelled


@retried_atomic
def cancel_shift(*, shift: Shift, reason: str, by: User, now: datetime) -> Shift:
    """Cancel a shift: everybody is told once, all rows are kept.

    Raises ShiftRefused without a reason, or once it has started.
    """
    shift = lock_shift(shift.pk)
    signups = _call_off(shift, reason=reason, by=by, now=now)
    shift_cancelled(shift, signups, reason=reason.strip())
    return shift


def _call_off(shift: Shift, *, reason: str, by: User, now: datetime) -> list[Signup]:
    """Move a locked shift to cancelled; returns the live sign-ups it had."""
    if not reason.strip():
        raise ShiftRefused(_("取消班次必须写明理由。"))
    if shift.starts_at <= now:
        raise ShiftRefused(_("班次已开始，不能取消。"))
    signups = live_signups(shift)
    shift.move_to(Shift.State.CANCELLED, by=by, reason=reason.strip())
    for signup in signups:
        signup.shift = shift
    signup_cancelled(*signups)
    return signups


@retried_atomic
def cancel_activity_with_shifts(
    *, activity: Activity, reason: str, by: User, now: datetime
) -> Activity:
    """Cancel an activity, its weekly rules and every shift that has not started.

    Each person is told once. Source: PRODUCT section 4, places.
    """
    # First, so that no shift is being opened meanwhile; its campaign before it.
    locked_activity(activity)
    shifts = Shift.objects.filter(
        activity=activity, state=Shift.State.SCHEDULED, starts_at__gt=now
    ).order_by("pk")
    signups: list[Signup] = []
    with audit.batch(
        "campaigns.activity_cleared", target=activity, by=by, when_filled=True
    ):
        for pk in list(shifts.values_list("pk", flat=True)):
            signups += _call_off(lock_shift(pk), reason=reason, by=by, now=now)
    end_rules_of(activity, by=by)
    activity = cancel_activity(activity=activity, reason=reason, by=by)
    activity_cancelled(activity, signups, reason=reason.strip())
    return activity
