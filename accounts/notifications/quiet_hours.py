"""Hours in which nothing leaves the portal: 21:00 to 08:00, or as the person says."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import QUIET_FROM, QUIET_UNTIL, QuietHours, User


def quiet_until(user: User, now: datetime) -> datetime | None:
    """The end of the person's quiet hours when `now` is in them, else None.

    They begin with their first second and are over at their last, by the clock of
    TIME_ZONE. Asks nothing when `quiet_hours` was selected with the person.
    """
    try:
        own = user.quiet_hours
    except QuietHours.DoesNotExist:
        return end_of_quiet(now, QUIET_FROM, QUIET_UNTIL)
    return end_of_quiet(now, own.from_time, own.until_time) if own.is_on else None


def end_of_quiet(now: datetime, start: time, end: time) -> datetime | None:
    """The end of the daily hours from `start` to `end`, when `now` is in them.

    They may span midnight; from one time to the same is no time at all.
    """
    local = timezone.localtime(now)
    at, today = local.time(), local.date()
    if start <= at < end or at < end < start:
        return at_local(today, end)
    if end < start <= at:
        return at_local(today + timedelta(days=1), end)
    return None


def at_local(day: date, at: time) -> datetime:
    """That time of that day in TIME_ZONE."""
    return timezone.make_aware(datetime.combine(day, at))
