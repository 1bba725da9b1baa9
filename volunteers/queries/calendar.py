"""Shifts of a month or a week by day, so many a day."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.dates import day_text
from core.fields import FIRST_YEAR, LAST_YEAR
from volunteers.models import Signup
from volunteers.queries.shifts import filtered_shifts, live_states, start_of

MOST_A_DAY = {"month": 3, "week": 12}
WEEK = timedelta(days=7)
FIELDS = [
    "day",
    "total",
    "pk",
    "starts_at",
    "title",
    "activity__title",
    "place",
    "taken",
    "capacity",
]
SIGNUP_LABELS = dict(Signup.State.choices)


@dataclass(frozen=True, slots=True)
class Entry:
    """One shift in a cell. `note`: one's own sign-up, or that it is full."""

    url: str
    clock: str
    title: str
    place: str
    state: str
    note: str


@dataclass
class Day:
    """One cell: the first shifts of a day and how many there are of them all."""

    date: date
    is_today: bool
    is_outside: bool
    entries: list[Entry] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.entries)

    @property
    def text(self) -> str:
        """2026年5月3日（周日）."""
        return day_text(self.date)


@dataclass(frozen=True)
class Calendar:
    """Weeks of days, and where the periods before and after begin (None: nowhere)."""

    title: str
    weeks: list[list[Day]]
    before: date | None
    after: date | None

    @property
    def days(self) -> list[Day]:
        """All days in a row."""
        return [day for week in self.weeks for day in week]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on."""
        return not any(day.total for day in self.days)

    @property
    def is_now(self) -> bool:
        """Whether today is among the days."""
        return any(day.is_today for day in self.days)


def shift_calendar(
    filters: dict[str, object], *, view: str, day: date, user: User, now: datetime
) -> Calendar:
    """The month or week around the day. Two queries, whatever there is.

    `filters` as for `shift_page`; what has begun is not shown, as in the list, so
    this month starts with this week.
    """
    is_month = view == "month"
    start = day.replace(day=1) if is_month else day - timedelta(days=day.weekday())
    end = _next_month(start) if is_month else start + WEEK
    first = start - timedelta(days=start.weekday())
    last = end + timedelta(days=-end.weekday() % 7)
    today = timezone.localdate(now)
    if start <= today < end:
        first = max(first, today - timedelta(days=today.weekday()))
    days = [
        Day(one, is_today=one == today, is_outside=not start <= one < end)
        for one in (first + timedelta(days=n) for n in range((last - first).days))
    ]
    _fill(days, filters, most=MOST_A_DAY[view], user=user, now=now)
    before = (start - timedelta(days=1)).replace(day=1) if is_month else start - WEEK
    return Calendar(
        title=_month_text(start) if is_month else _week_text(start),
        weeks=[days[n : n + 7] for n in range(0, len(days), 7)],
        before=before if start > today and before.year >= FIRST_YEAR else None,
        after=end if end.year <= LAST_YEAR else None,
    )


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _month_text(first: date) -> str:
    return _("%(year)d年%(month)d月") % {"year": first.year, "month": first.month}


def _week_text(first: date) -> str:
    last = first + timedelta(days=6)
    return _("%(year)d年%(month)d月%(day)d日至%(last_month)d月%(last_day)d日") % {
        "year": first.year,
        "month": first.month,
        "day": first.day,
        "last_month": last.month,
        "last_day": last.day,
    }


def _fill(
    days: list[Day],
    filters: dict[str, object],
    *,
    most: int,
    user: User,
    now: datetime,
) -> None:
    by_date = {one.date: one for one in days}
    shifts = filtered_shifts(filters, user=user, now=now).filter(
        starts_at__gte=start_of(days[0].date),
        starts_at__lt=start_of(days[-1].date + timedelta(days=1)),
    )
    rows = list(_first_of_each_day(shifts, most))
    own = live_states(user, [row[2] for row in rows])
    before, _zero, behind = reverse("volunteers:shift_detail", args=[0]).rpartition("0")
    for on, total, pk, starts_at, title, activity, place, taken, capacity in rows:
        state = own.get(pk, "full" if taken >= capacity else "")
        by_date[on].total = total
        by_date[on].entries.append(
            Entry(
                url=f"{before}{pk}{behind}",
                clock=f"{timezone.localtime(starts_at):%H:%M}",
                title=f"{activity} · {title}",
                place=place,
                state=state,
                note=str(SIGNUP_LABELS.get(state, _("已满") if state else "")),
            )
        )


def _first_of_each_day(shifts: models.QuerySet, most: int) -> models.QuerySet:
    shifts = shifts.annotate(day=TruncDate("starts_at"))
    return (
        shifts.annotate(
            rank=Window(
                RowNumber(), partition_by=[F("day")], order_by=["starts_at", "pk"]
            ),
            total=Window(models.Count("pk"), partition_by=[F("day")]),
        )
        .filter(rank__lte=most)
        .order_by("starts_at", "pk")
        .values_list(*FIELDS)
    )
