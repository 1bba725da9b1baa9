"""What a clock of a whistle says, in words and by a badge."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models.working_clock import WorkingClock
from core.working_days import CalendarMissing
from core.working_hours import minutes_of_a_day

_HOUR = 60
# From here on a clock asks for attention: an hour, or a quarter of its time.
_SOON_SHARE = 4


def time_left_words(minutes: int) -> str:
    """Working minutes until a clock is due, negative after, in words.

    "剩 2 个工作日", "剩 3 小时", "剩 20 分钟", "已超时 1 个工作日 2 小时"; parts of an
    hour are told only below one hour, so a page says the same for a while.
    """
    if minutes == 0:
        return _("已到时限")
    span = span_words(abs(minutes))
    if minutes < 0:
        return _("已超时 %(span)s") % {"span": span}
    return _("剩 %(span)s") % {"span": span}


def span_words(minutes: int) -> str:
    """A span of working minutes in words: "1 个工作日 2 小时"."""
    days, rest = divmod(minutes, minutes_of_a_day())
    hours = rest // _HOUR
    if days and hours:
        words = _("%(days)d 个工作日 %(hours)d 小时")
    elif days:
        words = _("%(days)d 个工作日")
    elif hours:
        words = _("%(hours)d 小时")
    else:
        words = _("%(minutes)d 分钟")
    return words % {"days": days, "hours": hours, "minutes": rest}


def clock_look(minutes: int, total: int) -> str:
    """The badge (docs/design.md) of a running clock of `total` working minutes.

    "running" while there is time, "pending" in the last quarter or hour, "overdue".
    """
    if minutes < 0:
        return "overdue"
    return "pending" if minutes <= max(_HOUR, total // _SOON_SHARE) else "running"


def clock_words(clock: WorkingClock, now: datetime) -> tuple[str, str]:
    """Words and badge of a clock, running or paused; also in a year nobody knows."""
    try:
        minutes = clock.minutes_left(now)
    except CalendarMissing:
        is_over = clock.is_overdue(now)
        return (_("已超时"), "overdue") if is_over else (_("未到时限"), "running")
    if clock.clock_runs:
        return time_left_words(minutes), clock_look(minutes, clock.clock_minutes)
    return _("已暂停，%(left)s") % {"left": time_left_words(minutes)}, "plain"
