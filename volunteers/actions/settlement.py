"""A shift is settled: who came, who did not, and the minutes that count."""

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Notification, User
from accounts.notifications.kind_settings import is_on, leads_of
from communities.queries.officials import responsible_officials
from core import audit
from core.dates import moment_text
from core.transactions import retried_atomic
from core.working_days import CalendarMissing, working_days_between
from volunteers.actions.hours import HoursRefused, Kind, needed_reason, write_record
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.day_rules import is_taken_back
from volunteers.models import Attendance, Shift, Signup, Volunteer
from volunteers.notices.hours import (
    SETTLEMENT_REMINDER,
    settlement_due,
    signups_settled,
)
from volunteers.queries.hours_desk import due_of, unsettled_shifts

logger = logging.getLogger(__name__)
# Ten working days are never longer; what lies further back was reminded of.
_REMINDED_DAYS = timedelta(days=40)


@retried_atomic
def settle_shift(
    *, shift: Shift, excused: Iterable[int], by: User, now: datetime
) -> int:
    """Say of everybody on the roll whether they came; returns how many were settled.

    Who checked in and out gets a record of the minutes inside the shift; who did
    not check out stays as they are, in the queue of forgotten check-outs; of the
    rest those in `excused` (sign-up ids) are excused, never by themselves. Asked
    again it settles what has come since and leaves the rest alone. Raises
    HoursRefused before the end, and while somebody may still check out.
    Source: PRODUCT section 4 (民政部令第67号 art. 11).
    """
    people = {
        volunteer.pk: volunteer
        for volunteer in lock_volunteers(
            list(shift.signups.confirmed().values_list("volunteer_id", flat=True))
        )
    }
    shift = lock_shift(shift.pk)
    if shift.state == Shift.State.CANCELLED:
        raise HoursRefused(_("该班次已取消，不用结算。"))
    if shift.ends_at > now:
        raise HoursRefused(_("班次还没有结束，结束后才能结算。"))
    signups = _roll(shift, people)
    _refuse_before_check_out_closes(shift, signups, now)
    excused = set(excused)
    with ExitStack() as lines:
        if shift.state == Shift.State.SCHEDULED:
            lines.enter_context(audit.under(shift.move_to(Shift.State.SETTLED, by=by)))
        settled = [
            signup
            for signup in signups
            if _settle(signup, excused=excused, by=by, now=now)
        ]
    signups_settled(settled)
    return len(settled)


def check_out_closes_at(shift: Shift) -> datetime:
    """Until when people of the shift may check out."""
    return shift.ends_at + timedelta(hours=settings.CHECK_OUT_HOURS)


def _roll(
    shift: Shift, people: dict[int, Volunteer], only: Signup | None = None
) -> list[Signup]:
    """Who is still expected, locked, with attendance, shift and person at hand.

    `people` by number, locked before; `only` that sign-up, if it is expected still.
    """
    expected = shift.signups.confirmed()
    if only is not None:
        expected = expected.filter(pk=only.pk)
    signups = list(expected.select_for_update().order_by("pk"))
    attendances = {
        row.signup_id: row
        for row in Attendance.objects.select_for_update().filter(signup__in=signups)
    }
    for signup in signups:
        if signup.volunteer_id not in people:
            raise HoursRefused(_("名单刚刚有变动，请刷新后再结算。"))
        signup.shift, signup.volunteer = shift, people[signup.volunteer_id]
        signup.came = attendances.get(signup.pk)
        if signup.came is not None:
            signup.came.signup = signup
    return signups


def _refuse_before_check_out_closes(
    shift: Shift, signups: list[Signup], now: datetime
) -> None:
    closes_at = check_out_closes_at(shift)
    if now < closes_at and any(row.came and row.came.is_open for row in signups):
        raise HoursRefused(
            _("还有人没有签退，%(when)s 签退截止后再结算。")
            % {"when": moment_text(closes_at)}
        )


def _settle(signup: Signup, *, excused: set[int], by: User, now: datetime) -> bool:
    """Settle one of the locked roll; False for a check-out that is missing."""
    if signup.came is None or is_taken_back(signup.came):
        state = Signup.State.NO_SHOW
        if signup.pk in excused and by.pk != signup.volunteer.user_id:
            state = Signup.State.EXCUSED
        signup.move_to(state, by=by)
        return True
    if signup.came.is_open:
        return False
    signup.move_to(Signup.State.ATTENDED, by=by)
    _record(signup, by=by, now=now)
    return True


def _record(signup: Signup, *, by: User, now: datetime) -> None:
    """The minutes inside the shift, where it gives hours and they are not taken.

    A late entry may stand there already: then nothing is written, and who is to
    correct it finds the sign-up without a record.
    """
    shift, span = signup.shift, signup.came.counted_span
    if span is None or not shift.activity.counts_as_service:
        return
    if signup.volunteer.service_records.live().overlapping(*span).exists():
        return
    write_record(
        volunteer=signup.volunteer,
        activity=shift.activity,
        span=span,
        kind=Kind.SHIFT,
        by=by,
        now=now,
        shift=shift,
        signup=signup,
        content=str(shift)[:100],
    )


@retried_atomic
def resolve_check_out(
    *,
    attendance: Attendance,
    checked_out_at: datetime,
    reason: str,
    by: User,
    now: datetime,
) -> Attendance:
    """Put down when somebody left who did not check out; settled shifts follow suit.

    An official says it who is not the person, between the check-in and the end of
    the check-out. Raises HoursRefused otherwise, without a reason, while the person
    may still check out themselves, and when it was done meanwhile.
    """
    [volunteer] = lock_volunteers([attendance.signup.volunteer_id])
    shift = lock_shift(attendance.signup.shift_id)
    [signup] = _roll(shift, {volunteer.pk: volunteer}, attendance.signup) or [None]
    if signup is None or not signup.came.is_open:
        raise HoursRefused(_("这位志愿者的签退已处理。"))
    if by.pk == signup.volunteer.user_id:
        raise HoursRefused(_("不能补登本人的签退，请由其他负责人办理。"))
    closes_at = check_out_closes_at(shift)
    if now < closes_at:
        raise HoursRefused(
            _("%(when)s 前本人还可以签退，之后再补登。")
            % {"when": moment_text(closes_at)}
        )
    attendance = signup.came
    if not attendance.checked_in_at <= checked_out_at <= closes_at:
        raise HoursRefused(
            _("签退时间须在签到（%(first)s）至签退截止（%(last)s）之间。")
            % {
                "first": moment_text(attendance.checked_in_at),
                "last": moment_text(closes_at),
            }
        )
    attendance.reason = needed_reason(reason)
    attendance.checked_out_at = checked_out_at
    attendance.check_out_method = Attendance.Method.LATER
    attendance.checked_out_by = by
    attendance.save(
        update_fields=["reason", "checked_out_at", "check_out_method", "checked_out_by"]
    )
    audit.record("volunteers.attendance_resolved", target=attendance, by=by)
    if shift.state == Shift.State.SETTLED:
        _settle(signup, excused=set(), by=by, now=now)
        signups_settled([signup])
    return attendance


def remind_of_settlement(*, now: datetime) -> int:
    """Remind officials of shifts to be settled; returns how many shifts.

    On the working days set for the kind, after the end, once each: the slot
    holds the day. A run that comes late says the latest one. Where the calendar is
    missing that is logged, and the other shifts are reminded of all the same.
    Source: PRODUCT section 4 (民政部令第67号 art. 11).
    """
    if not is_on(SETTLEMENT_REMINDER):
        return 0
    today, days = timezone.localdate(now), leads_of(SETTLEMENT_REMINDER)
    shifts = (
        unsettled_shifts(now)
        .filter(ends_at__gt=now - _REMINDED_DAYS)
        .select_related("activity__organization")
        .order_by("pk")
    )
    due = {shift: slot for shift in shifts if (slot := _slot_of(shift, today, days))}
    said = set(
        Notification.objects.filter(
            kind=SETTLEMENT_REMINDER,
            object_type=Shift._meta.label,
            object_id__in=[shift.pk for shift in due],
        ).values_list("object_id", "slot")
    )
    unsaid = [shift for shift, slot in due.items() if (shift.pk, slot) not in said]
    officials = responsible_officials(row.activity.organization for row in unsaid)
    for shift in unsaid:
        due_on, _why = due_of(shift)
        people = officials[shift.activity.organization_id]
        settlement_due(shift, people, due_on=due_on, slot=due[shift])
    return len(unsaid)


def _slot_of(shift: Shift, today: date, days: list[int]) -> str:
    """The latest reminder that is due, as "D-5"; "" before the first."""
    try:
        passed = working_days_between(timezone.localdate(shift.ends_at), today)
    except CalendarMissing as error:
        logger.error("settlement of shift %s is not reminded of: %s", shift.pk, error)
        return ""
    due = [day for day in days if day <= passed]
    return f"D-{max(due)}" if due else ""
