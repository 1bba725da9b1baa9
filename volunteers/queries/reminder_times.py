"""When a reminder of a shift is due, and from when it would come too late."""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from accounts.models import QUIET_FROM, QUIET_UNTIL

# Instead of in the night: the evening before, while people still read it.
EVENING = time(20)
# How much earlier than its lead time says a reminder may be due: from the end of the
# quiet hours back to the evening.
MOST_EARLIER = timedelta(hours=12)

# Before the start, while people have not set out yet.
NOTICE = timedelta(hours=2)


def needed_by(starts_at: datetime) -> datetime:
    """Until when people must know that they need not come, or come at another time.

    Such news does not wait for the end of quiet hours when these end later.
    """
    return starts_at - NOTICE


@lru_cache(maxsize=4096)  # asked several times for each shift of a run
def reminder_due_at(starts_at: datetime, hours: int) -> datetime:
    """When to remind of a shift `hours` before its start.

    A moment in the quiet hours stays: the message waits until they end. Where less
    than half of the lead would be left then, it is due at 20:00 the evening before.
    Source: PRODUCT section 4, reminders (quiet hours 21:00-08:00).
    """
    lead = timedelta(hours=hours)
    moment = starts_at - lead
    wakes_at = _awake_from(moment)
    if wakes_at > moment and starts_at - wakes_at < lead / 2:
        return _at(wakes_at - timedelta(days=1), EVENING)
    return moment


def reminder_expires_at(starts_at: datetime, hours: int) -> datetime:
    """From when it would come too late: REMINDER_STALE_HOURS late, or the start."""
    return expires_after(reminder_due_at(starts_at, hours), starts_at)


def expires_after(due_at: datetime, starts_at: datetime) -> datetime:
    """From when a message due at a moment, or after that night, would be too late."""
    stale = timedelta(hours=settings.REMINDER_STALE_HOURS)
    return min(_awake_from(due_at) + stale, starts_at)


def reminder_slot(starts_at: datetime, hours: int) -> str:
    """The slot of a reminder: a shift that has moved has another."""
    return f"T-{hours}@{stamp(starts_at)}"


def stamp(starts_at: datetime) -> str:
    """A start as slots write it."""
    return f"{starts_at.astimezone(UTC):%Y%m%dT%H%MZ}"


def longest_life() -> timedelta:
    """The most that lies between being due and coming too late."""
    return timedelta(hours=settings.REMINDER_STALE_HOURS) + MOST_EARLIER


def _awake_from(moment: datetime) -> datetime:
    """The moment itself, or the end of the default quiet hours it lies in."""
    clock = timezone.localtime(moment).time()
    if QUIET_UNTIL <= clock < QUIET_FROM:
        return moment
    day = moment + timedelta(days=1) if clock >= QUIET_FROM else moment
    return _at(day, QUIET_UNTIL)


def _at(day: datetime, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(day), clock))
