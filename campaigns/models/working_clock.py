"""A clock in working time that runs, pauses and goes on; see core/working_hours.py."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.working_hours import add_working_minutes, working_minutes_between


class WorkingClock(models.Model):
    """What somebody has to do in a number of working minutes.

    `clock_used` counts the minutes of runs that are over, so a paused clock goes on
    where it stood and never back. `due_at` stands while it runs and is None while it
    does not. `overdue_step` says how far up this clock's overdue has been told.
    None of these methods saves.
    """

    clock_minutes = models.PositiveIntegerField(
        _("时限（工作分钟）"), default=0, editable=False
    )
    clock_used = models.PositiveIntegerField(
        _("已用（工作分钟）"), default=0, editable=False
    )
    clock_started_at = models.DateTimeField(
        _("本次计时开始"), null=True, blank=True, editable=False
    )
    due_at = models.DateTimeField(_("到期时间"), null=True, blank=True, editable=False)
    overdue_step = models.PositiveSmallIntegerField(
        _("超时提醒级次"), default=0, editable=False
    )

    CLOCK_FIELDS = (
        "clock_minutes",
        "clock_used",
        "clock_started_at",
        "due_at",
        "overdue_step",
    )

    class Meta:
        abstract = True

    @property
    def clock_runs(self) -> bool:
        """Whether time is running."""
        return self.clock_started_at is not None

    def start_clock(self, minutes: int, *, now: datetime, used: int = 0) -> None:
        """Begin anew with so many working minutes, of which `used` are gone.

        Raises CalendarMissing without a calendar.
        """
        self.clock_minutes, self.clock_used, self.overdue_step = minutes, used, 0
        self.clock_started_at = None
        self.resume_clock(now=now)

    def resume_clock(self, *, now: datetime) -> None:
        """Go on where it stood; one that runs just runs on.

        Raises CalendarMissing without a calendar, and then changes nothing.
        """
        if self.clock_started_at is not None:
            return
        self.due_at = add_working_minutes(now, self.minutes_left_unused)
        self.clock_started_at = now

    def pause_clock(self, *, now: datetime) -> None:
        """Stop; what has run counts, in whole minutes. A second time changes nothing.

        Raises CalendarMissing when it ran into a year without a calendar.
        """
        if self.clock_started_at is None:
            return
        self.clock_used += working_minutes_between(self.clock_started_at, now)
        self.clock_started_at = self.due_at = None

    def lengthen_clock(self, minutes: int) -> None:
        """Give so many minutes more, to one that runs at once."""
        self.clock_minutes += minutes
        if self.clock_started_at is not None:
            self.due_at = add_working_minutes(
                self.clock_started_at, self.minutes_left_unused
            )

    @property
    def minutes_left_unused(self) -> int:
        """Minutes that earlier runs have left, 0 or more."""
        return max(self.clock_minutes - self.clock_used, 0)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it runs and its time is over."""
        return self.due_at is not None and self.due_at < now

    def minutes_left(self, now: datetime) -> int:
        """Working minutes until it is due, negative after; what is left when paused."""
        if self.due_at is None:
            return self.minutes_left_unused
        if self.due_at < now:
            return -working_minutes_between(self.due_at, now)
        return working_minutes_between(now, self.due_at)
