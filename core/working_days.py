"""The working days of China: weekends, public holidays and make-up days.

The years come from the library chinesecalendar and from the file HOLIDAYS_FILE, which
adds a year between the State Council's notice and the release that knows it. A year
that neither knows is never guessed.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from chinese_calendar import constants, is_workday
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from core.errors import RuleError

_DAY = timedelta(days=1)
_COMPLETE = "complete"
_KINDS = {"rest": False, "work": True}
# Days off in every year since 2008, so a year without them is not complete.
# Source: 全国年节及纪念日放假办法, article 2.
_ALWAYS_REST = [(1, 1), (5, 1), (10, 1)]
_LIBRARY_YEARS = frozenset(
    day.year for day in constants.holidays if (day.month, day.day) == (10, 1)
)


class CalendarMissing(RuleError):
    """Nobody has told the portal the holidays of `year` yet."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            _(
                "系统里没有 %(year)d 年的放假调休安排，不能计算工作日。"
                "请系统管理员按国务院办公厅的通知补充（更新系统或设置 HOLIDAYS_FILE）。"
            )
            % {"year": year}
        )


@dataclass(frozen=True)
class _Additions:
    """What HOLIDAYS_FILE says: whole years, and whether a day is worked."""

    years: frozenset[int]
    days: dict[date, bool]


def is_working_day(day: date) -> bool:
    """Return whether offices work on that day, make-up days included.

    Raises CalendarMissing for a year without data, TypeError for a moment: its date
    depends on the time zone, so the caller says which is meant.
    Source: the yearly notice of the State Council (国办发明电 on 部分节假日安排).
    """
    if isinstance(day, datetime):
        raise TypeError("is_working_day wants a date; use timezone.localdate(moment)")
    additions = _additions()
    if day.year not in _LIBRARY_YEARS and day.year not in additions.years:
        raise CalendarMissing(day.year)
    if day in additions.days:
        return additions.days[day]
    if day.year in _LIBRARY_YEARS:
        return is_workday(day)
    return day.weekday() < 5


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`, which itself is not counted.

    A negative count goes back; 0 gives `day` itself, worked or not.
    Raises CalendarMissing when a year on the way has no data.
    """
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Return how many working days lie after `first`, up to and including `last`.

    Negative when `last` is the earlier one, so that it undoes add_working_days.
    Raises CalendarMissing when a year in between has no data.
    """
    if last < first:
        return -_count(_days(last, first - _DAY))
    return _count(_days(first + _DAY, last))


def missing_years(today: date) -> list[int]:
    """Return the years that should be known on `today` and are not.

    The present year; from 1 November on, when notices come, the next one too.
    """
    wanted = [today.year, today.year + 1] if today.month >= 11 else [today.year]
    known = _LIBRARY_YEARS | _additions().years
    return [year for year in wanted if year not in known]


def check_holidays_file() -> None:
    """Read HOLIDAYS_FILE; raise ImproperlyConfigured when it cannot be relied on."""
    _additions()


def _count(days: Iterable[date]) -> int:
    return sum(map(is_working_day, days))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def _additions() -> _Additions:
    return _read_file(settings.HOLIDAYS_FILE)


@lru_cache(maxsize=4)
def _read_file(path: str) -> _Additions:
    """The file as it was when the process started; "" adds nothing."""
    if not path:
        return _Additions(frozenset(), {})
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"HOLIDAYS_FILE cannot be read: {error}") from error
    years: set[int] = set()
    days: dict[date, bool] = {}
    for number, line in enumerate(csv.reader(text.splitlines()), 1):
        cells = [cell.strip() for cell in line]
        if any(cells) and not cells[0].startswith("#") and cells != ["date", "kind"]:
            _take(cells, years, days, f"HOLIDAYS_FILE line {number}")
    _check_years(years, days)
    return _Additions(frozenset(years), days)


def _take(cells: list[str], years: set[int], days: dict, where: str) -> None:
    if len(cells) != 2:
        raise ImproperlyConfigured(f"{where}: two values are expected, not {cells}.")
    first, kind = cells
    if kind == _COMPLETE and first.isdecimal() and len(first) == 4:
        years.add(int(first))
        return
    if kind not in _KINDS:
        raise ImproperlyConfigured(
            f"{where}: “{first},{kind}” is neither 2027-01-01,rest nor "
            "2027-01-01,work nor 2027,complete."
        )
    try:
        day = date.fromisoformat(first)
    except ValueError as error:
        raise ImproperlyConfigured(f"{where}: “{first}” is no date.") from error
    if day in days:
        raise ImproperlyConfigured(f"{where}: {day} is there twice.")
    days[day] = _KINDS[kind]


def _check_years(years: set[int], days: dict[date, bool]) -> None:
    for year in sorted(years):
        for month, number in _ALWAYS_REST:
            if days.get(date(year, month, number), True):
                raise ImproperlyConfigured(
                    f"HOLIDAYS_FILE calls {year} complete but does not give "
                    f"{date(year, month, number)} as rest."
                )
    for day in days:
        # A notice may begin with days of the December before.
        owner = day.year + 1 if day.month == 12 and day.year not in years else day.year
        if owner not in years:
            raise ImproperlyConfigured(
                f"HOLIDAYS_FILE has {day} but no line “{owner},complete”."
            )
