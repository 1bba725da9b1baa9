"""Dates and times as people here write them, in Beijing time."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

WEEKDAYS = "一二三四五六日"


def day_text(moment: date | datetime) -> str:
    """2026年5月3日（周日）."""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def moment_text(moment: datetime) -> str:
    """2026年5月3日 09:00."""
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def clock_text(starts_at: datetime, ends_at: datetime) -> str:
    """09:00–11:00; with the day when it ends on another."""
    return clock_between(timezone.localtime(starts_at), timezone.localtime(ends_at))


def clock_between(start: datetime, end: datetime) -> str:
    """As clock_text, of moments that are in Beijing time already."""
    return f"{_minute(start)}–{_end_text(start, end)}"


def span_text(starts_at: datetime, ends_at: datetime) -> str:
    """5月3日（周日）09:00–11:00."""
    start = timezone.localtime(starts_at)
    weekday = WEEKDAYS[start.weekday()]
    return (
        f"{start.month}月{start.day}日（周{weekday}）{clock_text(starts_at, ends_at)}"
    )


def whole_minutes(starts_at: datetime, ends_at: datetime) -> int:
    """Full minutes between two moments; below zero when the second is earlier."""
    return int((ends_at - starts_at).total_seconds() // 60)


def hours_text(minutes: int) -> str:
    """Minutes as hours with one decimal, half a tenth up: 75 is 1.3."""
    tenth = Decimal("0.1")
    return str((Decimal(minutes or 0) / 60).quantize(tenth, ROUND_HALF_UP))


def minutes_by_day(starts_at: datetime, ends_at: datetime) -> dict[date, int]:
    """Whole minutes on each Beijing day; together those of the whole span."""
    parts: dict[date, int] = {}
    moment = starts_at
    while moment < ends_at:
        day = timezone.localdate(moment)
        until = min(day_starts_at(day + timedelta(days=1)), ends_at)
        before = whole_minutes(starts_at, moment)
        parts[day] = whole_minutes(starts_at, until) - before
        moment = until
    return parts


def day_starts_at(day: date) -> datetime:
    """Midnight in Beijing, with which the day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _end_text(start: datetime, end: datetime) -> str:
    if end.date() == start.date():
        return _minute(end)
    return f"{end.month}月{end.day}日 {_minute(end)}"


def _minute(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"  # strftime takes six times as long
