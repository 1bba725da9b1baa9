"""Working time of offices: minutes that count for a clock.

A working day (core/working_days.py) has the stretches of WORKING_HOURS, by the clock
of Beijing; nights, weekends, holidays and the break at noon do not count.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from core.working_days import is_working_day

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def minutes_of_a_day() -> int:
    """How many minutes one working day has."""
    return sum(_minutes(start, end) for start, end in _stretches())


def add_working_minutes(moment: datetime, minutes: int) -> datetime:
    """Return the moment at which `minutes` of working time have passed.

    Seconds are kept while work goes on. A moment outside working time counts from the
    next stretch. The end of a stretch belongs to it: seven hours from the opening end
    with the day, not with the next morning. 0 minutes give `moment` itself.
    Raises CalendarMissing when a year on the way has no data.
    """
    left = timedelta(minutes=minutes)
    if left <= timedelta(0):
        return moment
    day = timezone.localdate(moment)
    while True:
        for start, end in _work_on(day, moment):
            if end - start >= left:
                return start + left
            left -= end - start
        day += _DAY


def working_minutes_between(first: datetime, last: datetime) -> int:
    """Return the whole minutes of working time from `first` to `last`, 0 or more.

    Raises CalendarMissing when a year in between has no data.
    """
    total = timedelta(0)
    day, last_day = timezone.localdate(first), timezone.localdate(last)
    # Not one day further: the next year may have no data yet.
    while day <= last_day:
        for start, end in _work_on(day, first):
            total += max(min(end, last) - start, timedelta(0))
        day += _DAY
    return total // _MINUTE


def is_working_time(moment: datetime) -> bool:
    """Whether offices work at that moment, the end of a stretch not included.

    Raises CalendarMissing for a year without data.
    """
    work = _work_on(timezone.localdate(moment), moment)
    return any(start == moment for start, _end in work)


def end_of_work(day: date) -> datetime:
    """The moment at which work ends on `day`, whether offices are open on it or not."""
    return _at(day, _stretches()[-1][1])


def check_working_hours() -> None:
    """Read WORKING_HOURS; raise ImproperlyConfigured when it makes no sense."""
    _stretches()


def _work_on(day: date, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Stretches of working time of a day, as far as they lie after `moment`."""
    if is_working_day(day):
        for opens, closes in _stretches():
            start, end = max(_at(day, opens), moment), _at(day, closes)
            if start < end:
                yield start, end


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _minutes(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _stretches() -> tuple[tuple[time, time], ...]:
    return _read(settings.WORKING_HOURS)


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[tuple[time, time], ...]:
    """ "08:00-12:00,14:30-17:30" as pairs of times, each after the one before."""
    wrong = ImproperlyConfigured(
        f"WORKING_HOURS must read like 08:00-12:00,14:30-17:30, not {text!r}."
    )
    try:
        pairs = tuple(
            (time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
            for start, end in (part.split("-") for part in text.split(","))
        )
    except ValueError as error:
        raise wrong from error
    order = [clock for pair in pairs for clock in pair]
    if any(clock != clock.replace(second=0, microsecond=0) for clock in order):
        raise wrong
    if any(clock.tzinfo for clock in order) or order != sorted(set(order)):
        raise wrong
    return pairs
