"""Which shifts a series, a copied day or a weekly rule would make."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from campaigns.models import Activity
from core.working_days import is_working_day
from volunteers.models import Shift, ShiftRule

SAME_SHIFT = ("title", "starts_at", "ends_at", "place")
MOMENTS = (
    "starts_at",
    "ends_at",
    "signup_opens_at",
    "signup_closes_at",
    "cancel_closes_at",
)
COPIED = (
    "activity",
    "title",
    "place",
    "community",
    "bring",
    "is_adults_only",
    "capacity",
    "minimum",
    "group_limit",
    "waitlist_capacity",
)
DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = 5


def key_of(shift: Shift) -> tuple:
    """What makes two shifts of an activity the same one, sent twice."""
    return tuple(getattr(shift, name) for name in SAME_SHIFT)


def keys_of(activity: Activity) -> set[tuple]:
    """Keys of the activity's shifts that take place."""
    live = activity.shifts.exclude(state=Shift.State.CANCELLED)
    return set(live.values_list(*SAME_SHIFT))


def shifts_of_day(activity: Activity, day: date) -> list[Shift]:
    """The activity's shifts that start on the day in Beijing; no cancelled ones."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    shifts = activity.shifts.exclude(state=Shift.State.CANCELLED)
    in_day = shifts.filter(starts_at__gte=start, starts_at__lt=start + DAY)
    return list(in_day.select_related("activity", "community"))


def days_with_shifts(activity: Activity) -> list[date]:
    """The days in Beijing on which shifts of the activity start, ascending."""
    shifts = activity.shifts.exclude(state=Shift.State.CANCELLED)
    starts = shifts.values_list("starts_at", flat=True)
    return sorted({timezone.localdate(moment) for moment in starts})


def copied_to(shift: Shift, day: date) -> Shift:
    """The same shift on another day, not saved; China has no summer time."""
    shifted = day - timezone.localdate(shift.starts_at)
    copy = Shift(**{name: getattr(shift, name) for name in COPIED})
    for name in MOMENTS:
        moment = getattr(shift, name)
        setattr(copy, name, moment and moment + shifted)
    return copy


def copies(activity: Activity, day: date, to: Iterable[date]) -> list[Shift]:
    """Copies of all shifts of a day on other days, not saved, in order of time."""
    shifts = shifts_of_day(activity, day)
    rows = [
        copied_to(shift, one) for one in sorted(set(to) - {day}) for shift in shifts
    ]
    return sorted(rows, key=lambda shift: shift.starts_at)


def rule_days(rule: ShiftRule, *, since: date) -> list[date]:
    """The rule's days from `since` on; without public holidays where it skips them.

    Raises CalendarMissing for a year whose holidays nobody has told the portal.
    """
    first = max(rule.from_on, since)
    days = (first + n * DAY for n in range((rule.until_on - first).days + 1))
    wanted = [day for day in days if str(day.isoweekday()) in rule.weekdays]
    if rule.skips_holidays:
        return [day for day in wanted if not is_public_holiday(day)]
    return wanted


def is_public_holiday(day: date) -> bool:
    """Whether a day off is more than a plain weekend: its run of days off holds a
    weekday. A make-up day, on which offices work, is none.

    Raises CalendarMissing for a year without data.
    """
    if is_working_day(day):
        return False
    return _reaches_weekday(day, -DAY) or _reaches_weekday(day, DAY)


def _reaches_weekday(day: date, step: timedelta) -> bool:
    while not is_working_day(day):
        if day.weekday() < MONDAY_TO_FRIDAY:
            return True
        day += step
    return False


def shift_values(rule: ShiftRule, day: date) -> dict[str, object]:
    """The fields of the rule's shift on a day; it may end on the next one."""
    starts_at = timezone.make_aware(datetime.combine(day, rule.starts_time))
    last = day if rule.ends_time > rule.starts_time else day + DAY
    return {
        "title": rule.title,
        "place": rule.place,
        "community": rule.community,
        "capacity": rule.capacity,
        "waitlist_capacity": rule.waitlist_capacity,
        "minimum": rule.minimum,
        "starts_at": starts_at,
        "ends_at": timezone.make_aware(datetime.combine(last, rule.ends_time)),
        "signup_closes_at": starts_at - timedelta(hours=rule.closes_hours),
    }


def unlike_rule(rule: ShiftRule, shifts: Iterable[Shift], *, now: datetime) -> set[int]:
    """Numbers of the rule's coming shifts that are not as it says now.

    A day of a holiday is not looked at: it needs the calendar of the year.
    """
    coming = (row for row in shifts if row.starts_at > now)
    return {row.pk for row in coming if not _is_as_said(rule, row)}


def _is_as_said(rule: ShiftRule, shift: Shift) -> bool:
    day = shift.rule_on
    if day is None or str(day.isoweekday()) not in rule.weekdays:
        return False
    if not rule.from_on <= day <= rule.until_on:
        return False
    wanted = shift_values(rule, day)
    return all(getattr(shift, name) == value for name, value in wanted.items())
