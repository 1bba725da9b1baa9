"""Dates and times as people here write them, in Beijing time."""

from datetime import date, datetime

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
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{start:%H:%M}–{_end_text(start, end)}"


def span_text(starts_at: datetime, ends_at: datetime) -> str:
    """5月3日（周日）09:00–11:00."""
    start = timezone.localtime(starts_at)
    weekday = WEEKDAYS[start.weekday()]
    return (
        f"{start.month}月{start.day}日（周{weekday}）{clock_text(starts_at, ends_at)}"
    )


def _end_text(start: datetime, end: datetime) -> str:
    if end.date() == start.date():
        return f"{end:%H:%M}"
    return f"{end.month}月{end.day}日 {end:%H:%M}"
