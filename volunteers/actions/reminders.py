"""Reminders of shifts to come."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from accounts.models import Notification
from campaigns.models import Activity
from volunteers.actions.each import sum_over
from volunteers.actions.locks import lock_shift
from volunteers.models import Shift, Signup
from volunteers.notices.shifts import shift_reminders
from volunteers.notices.signups import SHIFT_REMINDER


def plan_shift_reminders(*, now: datetime) -> int:
    """Write the reminders that are due now; returns how many sign-ups were looked at.

    A reminder is due `SHIFT_REMINDER_HOURS` before the start and stale
    `REMINDER_STALE_HOURS` later: stale ones are dropped, not sent late. The slot
    holds the start, so a moved shift is reminded anew and a second run says nothing.
    Source: PRODUCT section 4, reminders.
    """
    stale = timedelta(hours=settings.REMINDER_STALE_HOURS)
    planned = 0
    for hours in settings.SHIFT_REMINDER_HOURS:
        lead = timedelta(hours=hours)
        due = Shift.objects.filter(
            state=Shift.State.SCHEDULED,
            activity__state=Activity.State.PUBLISHED,
            starts_at__gt=max(now, now + lead - stale),
            starts_at__lte=now + lead,
        ).values_list("pk", flat=True)
        planned += sum_over(due, partial(_remind, hours=hours, before=now + lead))
    return planned


@transaction.atomic
def _remind(shift_id: int, *, hours: int, before: datetime) -> int:
    shift = lock_shift(shift_id)
    if shift.state != Shift.State.SCHEDULED or shift.starts_at > before:
        return 0  # cancelled or moved since it was listed
    slot = f"T-{hours}@{shift.starts_at:%Y%m%dT%H%MZ}"
    said = Notification.objects.filter(
        kind=SHIFT_REMINDER,
        object_type=Signup._meta.label,
        slot=slot,
        object_id__in=shift.signups.values("pk"),
    ).values("object_id")
    signups = list(
        shift.signups.confirmed().exclude(pk__in=said).select_related("volunteer")
    )
    shift_reminders(shift, signups, slot=slot)
    return len(signups)
