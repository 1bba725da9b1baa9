"""Organisers are told when too few people have signed up."""

from datetime import datetime, timedelta
from functools import partial

from django.db import models

from accounts.models import Notification
from accounts.notifications.kind_settings import is_on, leads_of
from campaigns.models import Activity
from core.transactions import retried_atomic
from volunteers.actions.each import sum_over
from volunteers.actions.locks import lock_shift
from volunteers.models import Shift
from volunteers.notices.staffing import UNDERSTAFFED, shift_understaffed
from volunteers.queries.reminder_times import (
    expires_after,
    longest_life,
    reminder_slot,
)


def tell_understaffed(*, now: datetime) -> int:
    """Tell the organisation's officials of shifts that lack people; returns how many.

    Due so many hours before the start as set for the kind, and stale
    `REMINDER_STALE_HOURS` later, or after the night it is due in. The slot holds the
    start, so a moved shift is told anew and a second run says nothing. An offered
    place counts as taken. Source: PRODUCT section 4, reminders.
    """
    if not is_on(UNDERSTAFFED):
        return 0
    told = 0
    for hours in leads_of(UNDERSTAFFED):
        lead = timedelta(hours=hours)
        due = Shift.objects.filter(
            state=Shift.State.SCHEDULED,
            activity__state=Activity.State.PUBLISHED,
            taken__lt=models.F("minimum"),
            starts_at__gt=max(now, now + lead - longest_life()),
            starts_at__lte=now + lead,
        )
        pks = list(due.order_by("pk").values_list("pk", flat=True))
        told += sum_over(pks, partial(_tell, hours=hours, before=now + lead, now=now))
    return told


@retried_atomic
def _tell(shift_id: int, *, hours: int, before: datetime, now: datetime) -> bool:
    shift = lock_shift(shift_id)
    if shift.state != Shift.State.SCHEDULED or not now < shift.starts_at <= before:
        return False  # cancelled or moved since it was listed
    if shift.taken >= shift.minimum:
        return False
    slot = reminder_slot(shift.starts_at, hours)
    said = Notification.objects.filter(
        kind=UNDERSTAFFED,
        object_type=Shift._meta.label,
        object_id=shift.pk,
        slot=slot,
    )
    if said.exists():
        return False
    due_at = shift.starts_at - timedelta(hours=hours)
    expires_at = expires_after(due_at, shift.starts_at)
    if expires_at <= now:
        return False
    shift_understaffed(shift, slot=slot, expires_at=expires_at)
    return True
