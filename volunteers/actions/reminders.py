"""Reminders of shifts to come."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from accounts.models import Notification
from accounts.notifications.kind_settings import is_on, leads_of
from accounts.notifications.planning import Said, notify_selected
from accounts.notifications.texts import words_of
from campaigns.models import Activity
from core.models import PeriodicJob
from core.transactions import retried_atomic
from volunteers.models import Shift, Signup
from volunteers.notices.shifts import reminder_said
from volunteers.notices.signups import SHIFT_REMINDER
from volunteers.queries.reminder_times import (
    MOST_EARLIER,
    longest_life,
    reminder_due_at,
    reminder_expires_at,
    reminder_slot,
)

logger = logging.getLogger(__name__)

BATCH = 200
# The row that tells up to which moment all reminders were planned.
UNTIL = "volunteers.shift_reminders_until"
# Looked at once more: what was being committed while the run before looked.
OVERLAP = timedelta(minutes=5)
OutboxState = Notification.OutboxState


def plan_shift_reminders(*, now: datetime) -> int:
    """Write the reminders whose moment has come; returns how many are new.

    For those whose place was sure by then. The slot holds the start, so a moved shift
    is reminded anew when its new moment comes, and a second run says nothing. What
    came too late while nobody planned is counted as stale, never shown or sent. A
    fault in one shift is logged and tried again, it does not stop the others.
    Source: PRODUCT section 4, reminders; decision 0015.
    """
    written, failures = 0, 0
    until = _planned_until()
    if is_on(SHIFT_REMINDER):
        words = words_of(SHIFT_REMINDER)
        for hours in leads_of(SHIFT_REMINDER):
            run = _Run(hours=hours, words=words, until=until, now=now)
            for pks in _batches(run.due_shifts()):
                new, failed = _all_or_each(pks, run.plan)
                written += new
                failures += failed
    # What failed is looked at again while it may still be sent.
    if failures:
        _set_planned_until(now - longest_life())
    else:
        _set_planned_until(now, wrong_after=now + OVERLAP)
    return written


@dataclass(frozen=True, kw_only=True)
class _Run:
    """One look at one lead time: moments after `after`, up to `now`."""

    hours: int
    words: tuple[str, str]
    until: datetime | None
    now: datetime

    @property
    def after(self) -> datetime:
        """Where the run before ended; the first ever counts nothing as missed."""
        if self.until is None:
            return self.now - longest_life()
        return min(self.until, self.now) - OVERLAP

    def due_shifts(self) -> list[int]:
        """Numbers of shifts whose moment has come, ascending."""
        lead = timedelta(hours=self.hours)
        shifts = _remindable(self.now).filter(
            starts_at__gt=self.after + lead,
            starts_at__lte=self.now + lead + MOST_EARLIER,
        )
        rows = shifts.order_by("pk").values_list("pk", "starts_at")
        return [pk for pk, starts_at in rows if self._state_of(starts_at)]

    @retried_atomic
    def plan(self, pks: Sequence[int]) -> int:
        """Write the reminders of these shifts, under their locks."""
        shifts = (
            _remindable(self.now)
            .filter(pk__in=pks)
            .select_for_update(of=("self",))
            .select_related("activity")
            .order_by("pk")
        )
        said = {
            shift.pk: self._said(shift, state)
            for shift in shifts
            if (state := self._state_of(shift.starts_at))
        }
        signups = Signup.objects.confirmed().filter(shift__in=list(said))
        return notify_selected(
            kind=SHIFT_REMINDER,
            object_type=Signup._meta.label,
            rows=signups.values_list(
                "volunteer__user_id", "pk", "shift_id", "state_changed_at"
            ),
            said=said,
            now=self.now,
        )

    def _state_of(self, starts_at: datetime) -> str:
        """As what a reminder of this start is to be written; "" for not now."""
        if not self.after < reminder_due_at(starts_at, self.hours) <= self.now:
            return ""
        if reminder_expires_at(starts_at, self.hours) > self.now:
            return OutboxState.DUE
        return OutboxState.STALE if self.until is not None else ""

    def _said(self, shift: Shift, state: str) -> Said:
        return reminder_said(
            shift,
            self.words,
            slot=reminder_slot(shift.starts_at, self.hours),
            due_at=reminder_due_at(shift.starts_at, self.hours),
            expires_at=reminder_expires_at(shift.starts_at, self.hours),
            state=state,
        )


def _remindable(now: datetime) -> models.QuerySet:
    """Shifts that take place; an activity that has ended was to be reminded of too."""
    return Shift.objects.filter(
        models.Q(activity__state=Activity.State.PUBLISHED)
        | models.Q(activity__state__in=Activity.OPEN_STATES, starts_at__lte=now),
        state=Shift.State.SCHEDULED,
    )


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[first : first + BATCH] for first in range(0, len(pks), BATCH))


def _all_or_each(
    pks: Sequence[int], plan: Callable[[Sequence[int]], int]
) -> tuple[int, int]:
    """Plan all at once; after a fault one by one. Returns new rows, and failures."""
    try:
        return plan(pks), 0
    except Exception:
        logger.exception("reminders of %d shifts are planned one by one", len(pks))
    written = failures = 0
    for pk in pks:
        try:
            written += plan([pk])
        except Exception:
            logger.exception("reminders of shift %s are left out", pk)
            failures += 1
    return written, failures


def _planned_until() -> datetime | None:
    row = PeriodicJob.objects.filter(name=UNTIL)
    return row.values_list("slot", flat=True).first()


def _set_planned_until(
    moment: datetime, *, wrong_after: datetime | None = None
) -> None:
    """Never backwards, as of two runs at once the later one counts.

    Except from beyond `wrong_after`: a clock was wrong, and what is missed until then
    would count as planned.
    """
    row = PeriodicJob.objects.filter(name=UNTIL)
    is_past = models.Q(slot__lt=moment)
    if wrong_after is not None:
        is_past |= models.Q(slot__gt=wrong_after)
    if not row.filter(is_past).update(slot=moment):
        new = PeriodicJob(name=UNTIL, slot=moment)
        PeriodicJob.objects.bulk_create([new], ignore_conflicts=True)
