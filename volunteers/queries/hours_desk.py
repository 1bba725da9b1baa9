"""Reads of hours for officials: what is to be settled, confirmed, answered."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity
from communities.permissions import Permission, has_permission, scope_filter
from core.dates import day_starts_at
from core.working_days import CalendarMissing, add_working_days
from volunteers.models import Attendance, HoursDispute, ServiceRecord, Shift, Signup
from volunteers.permissions import can_settle, is_excusable
from volunteers.queries.hours import ShiftHours, own_settled_signup

DESK_ROWS = 5
# Ten working days are never as long as this: only a calendar that lacks years is.
_FURTHEST_DAYS = 1000
Level, State = ServiceRecord.Level, ServiceRecord.State


def unsettled_shifts(now: datetime) -> models.QuerySet:
    """Shifts that are over and not settled, to which somebody was expected.

    Also those that had begun before their activity was called off: who came, came.
    """
    return Shift.objects.filter(
        state=Shift.State.SCHEDULED, ends_at__lte=now, taken__gt=0
    ).exclude(activity__state=Activity.State.DRAFT)


def shifts_to_settle(user: User, *, now: datetime) -> models.QuerySet:
    """Those the user settles, the first due first."""
    shifts = unsettled_shifts(now).filter(
        scope_filter(
            user, Permission.SHIFT_MANAGE, organization="activity__organization"
        )
    )
    return shifts.select_related("activity__organization").order_by("ends_at", "pk")


def settlement_due_on(shift: Shift) -> date:
    """The last day for the settlement: so many working days after the end.

    Raises CalendarMissing for a year whose holidays nobody has told the portal.
    Source: 民政部令第67号 art. 11.
    """
    ended_on = timezone.localdate(shift.ends_at)
    return add_working_days(ended_on, settings.SETTLE_WORKING_DAYS)


def due_of(shift: Shift) -> tuple[date | None, str]:
    """The last day for the settlement, or None and the words why it is unknown."""
    try:
        return settlement_due_on(shift), ""
    except CalendarMissing as error:
        return None, str(error)


def with_due(shifts: list[Shift], *, today: date) -> list[Shift]:
    """The shifts with `due_on`, `due_text` (why it is unknown) and `is_overdue`."""
    for shift in shifts:
        shift.due_on, shift.due_text = due_of(shift)
        shift.is_overdue = shift.due_on is not None and shift.due_on < today
    return shifts


def to_be_settled_before(today: date) -> datetime:
    """Shifts that ended before this moment and are not settled are overdue today.

    Just as `with_due` says of each: what ended in days whose holidays are unknown is
    not called overdue.
    """
    for days in range(1, _FURTHEST_DAYS):
        ended_on = today - timedelta(days=days)
        try:
            due_on = add_working_days(ended_on, settings.SETTLE_WORKING_DAYS)
        except CalendarMissing:
            continue
        if due_on < today:
            return day_starts_at(ended_on + timedelta(days=1))
    return day_starts_at(today - timedelta(days=_FURTHEST_DAYS))


def open_check_outs(user: User, *, now: datetime) -> models.QuerySet:
    """Forgotten check-outs of the user's organisations, the oldest first."""
    closed_at = now - timedelta(hours=settings.CHECK_OUT_HOURS)
    return (
        attendances_of(user)
        .filter(
            checked_out_at=None,
            signup__state=Signup.State.CONFIRMED,
            signup__shift__ends_at__lte=closed_at,
        )
        .exclude(signup__shift__state=Shift.State.CANCELLED)
        .order_by("signup__shift__ends_at", "pk")
    )


def attendances_of(user: User) -> models.QuerySet:
    """Attendances the user settles."""
    return Attendance.objects.filter(
        scope_filter(
            user,
            Permission.SHIFT_MANAGE,
            organization="signup__shift__activity__organization",
        )
    ).select_related("signup__volunteer__user", "signup__shift__activity__organization")


def records_to_decide(user: User, *, state: str) -> models.QuerySet:
    """Records that wait in `state` for the user, at their level; the oldest first.

    Never the user's own, nor those they recorded. The office also gets what an
    organisation cannot confirm itself because its only official took part.
    """
    own = "activity__organization"
    direct = models.Q(level=Level.DIRECT) & scope_filter(
        user, Permission.SHIFT_MANAGE, organization=own
    )
    superior = models.Q(level=Level.SUPERIOR) & scope_filter(
        user, Permission.SHIFT_MANAGE, organization=f"{own}__parent"
    )
    office = (
        models.Q(level__in=[Level.SUPERIOR, Level.OFFICE])
        | models.Q(state=State.RECORDED)
    ) & scope_filter(user, Permission.HOURS_OVERSEE, organization=own)
    return (
        ServiceRecord.objects.filter(direct | superior | office, state=state)
        .exclude(volunteer__user_id=user.pk)
        .exclude(recorded_by_id=user.pk)
        .select_related("volunteer__user", "activity__organization__parent")
        .order_by("recorded_at", "pk")
    )


def disputes_to_answer(user: User) -> models.QuerySet:
    """Open disputes of the user's organisations, the oldest first; not their own."""
    return (
        HoursDispute.objects.filter(
            scope_filter(
                user,
                Permission.SHIFT_MANAGE,
                organization="signup__shift__activity__organization",
            ),
            state=HoursDispute.State.OPEN,
        )
        .exclude(signup__volunteer__user_id=user.pk)
        .select_related(
            "signup__volunteer__user", "signup__shift__activity__organization"
        )
        .order_by("created_at", "pk")
    )


def sees_hours_desk(user: User) -> bool:
    """Whether anything of hours may ever wait for the user."""
    return any(
        has_permission(user, permission)
        for permission in (Permission.SHIFT_MANAGE, Permission.HOURS_OVERSEE)
    )


PARTS = ("settle", "check_outs", "confirm", "late", "disputes")


def waiting_in(part: str, user: User, *, now: datetime) -> models.QuerySet:
    """The rows of one part of the desk's queues."""
    return {
        "settle": lambda: shifts_to_settle(user, now=now),
        "check_outs": lambda: open_check_outs(user, now=now),
        "confirm": lambda: records_to_decide(user, state=State.RECORDED),
        "late": lambda: records_to_decide(user, state=State.IN_REVIEW),
        "disputes": lambda: disputes_to_answer(user),
    }[part]()


def desk_hours(user: User, *, today: date) -> dict | None:
    """What of hours waits for the user; None when nothing of it concerns them.

    `shifts` to be settled, the first due first; `counts` by part.
    """
    if not sees_hours_desk(user):
        return None
    now = timezone.now()
    counts = {part: waiting_in(part, user, now=now).count() for part in PARTS}
    shifts = []
    if counts["settle"]:
        shifts = list(shifts_to_settle(user, now=now)[:DESK_ROWS])
    return {
        "shifts": with_due(shifts, today=today),
        "counts": counts,
        "is_empty": not any(counts.values()),
    }


def hours_of_shift(user: User, shift: Shift, *, now: datetime) -> ShiftHours | None:
    """What the page of a shift says about hours; None before its end."""
    if shift.ends_at > now or not user.is_authenticated:
        return None
    settles = can_settle(user, shift) and shift.state == Shift.State.SCHEDULED
    due_on, due_text = due_of(shift) if settles else (None, "")
    return ShiftHours(
        own_settled_signup(user, shift, now=now), settles, due_on, due_text
    )


def roll_to_settle(shift: Shift) -> list[Signup]:
    """Everybody expected or given up late, with `came`, the attendance or None,
    `record`, the one that counts or may, and `can_be_excused`."""
    signups = list(
        shift.signups.filter(
            models.Q(state__in=Signup.ROLL_STATES)
            | models.Q(state=Signup.State.CANCELLED, is_late=True)
        )
        .select_related("volunteer__user")
        .order_by("pk")
    )
    came = {row.signup_id: row for row in Attendance.objects.filter(signup__in=signups)}
    live = ServiceRecord.objects.live().filter(signup__in=signups)
    records = {record.signup_id: record for record in live}
    for signup in signups:
        signup.shift = shift
        signup.came, signup.record = came.get(signup.pk), records.get(signup.pk)
        signup.can_be_excused = is_excusable(signup)
        if signup.came is not None:
            signup.came.signup = signup
    return signups
