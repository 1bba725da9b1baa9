"""Since when something waits too long, for the queues of the front page."""

from datetime import datetime

from django.utils import timezone

from core.dates import day_starts_at
from core.working_days import CalendarMissing, add_working_days


def waiting_longer_than(working_days: int) -> datetime | None:
    """The moment before which one has waited longer than so many working days.

    None when the calendar of the year is not known: then nothing is called late.
    """
    try:
        first = add_working_days(timezone.localdate(), -working_days)
    except CalendarMissing:
        return None
    return day_starts_at(first)
