"""Coming and going: written once each, under the lock of the shift."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_shift
from volunteers.actions.signups import sign_up
from volunteers.day_rules import (
    AlreadyDone,
    AttendanceRefused,
    already_text,
    check_in_refusal,
    check_out_refusal,
    day_refusal,
    is_taken_back,
    moment_of,
)
from volunteers.models import Attendance, Shift, ShiftPost, Signup, Volunteer

Method = Attendance.Method
BY_OTHERS = (Method.ROLL, Method.OWN_CODE)


@retried_atomic
def check_in(
    *,
    signup: Signup,
    method: str,
    by: User,
    now: datetime,
    at: datetime | None = None,
    heads: int | None = None,
) -> Attendance:
    """Put down that a person with a place has come, with how many heads.

    `at` is the time of a tap that was queued on a telephone; what cannot be true
    gives way to `now`. Raises AlreadyDone when they are in, AttendanceRefused
    outside the window, without a place, and for oneself but by the screen.
    Source: PRODUCT section 4, attendance and hours.
    """
    shift, signup, attendance = _locked(signup)
    moment = moment_of(shift, at=at, now=now)
    if refusal := check_in_refusal(signup, attendance, method=method, moment=moment):
        raise refusal
    _refuse_oneself(signup, method=method, by=by)
    attendance = attendance or Attendance(signup=signup)
    attendance.heads = _heads(signup, signup.heads if heads is None else heads)
    attendance.checked_in_at, attendance.checked_in_by = moment, by
    attendance.check_in_method = method
    attendance.checked_out_at, attendance.checked_out_by = None, None
    attendance.check_out_method = ""
    _save_new(attendance)
    audit.record(
        "volunteers.attendance_checked_in",
        target=attendance,
        by=by,
        method=method,
        at=moment.isoformat(),
        heads=attendance.heads,
    )
    return attendance


def _refuse_oneself(signup: Signup, *, method: str, by: User) -> None:
    """The roll is kept for others: nobody puts down their own time from afar."""
    if method != Method.SCREEN and by.pk == signup.volunteer.user_id:
        raise AttendanceRefused(
            "oneself", _("不能登记本人的签到签退，请扫屏幕上的码，或由其他负责人登记。")
        )


def _save_new(attendance: Attendance) -> None:
    try:
        with transaction.atomic():
            attendance.save()
    except IntegrityError as error:
        held = Attendance.objects.get(signup=attendance.signup)
        raise AlreadyDone("already_in", already_text(held)) from error


@retried_atomic
def check_out(
    *,
    signup: Signup,
    method: str,
    by: User,
    now: datetime,
    at: datetime | None = None,
) -> Attendance:
    """Put down that a person has left.

    Raises AlreadyDone when they are out, or when the screen was scanned twice within
    `SHORTEST_STAY`; AttendanceRefused before the check-in, outside the window, and
    for oneself but by the screen.
    """
    shift, signup, attendance = _locked(signup)
    moment = moment_of(shift, at=at, now=now)
    if refusal := check_out_refusal(signup, attendance, method=method, moment=moment):
        raise refusal
    _refuse_oneself(signup, method=method, by=by)
    _leave(attendance, method=method, by=by, moment=moment)
    return attendance


@retried_atomic
def check_out_present(*, shift: Shift, by: User, now: datetime) -> int:
    """Put down that all who are there leave now; returns how many sign-ups."""
    shift = lock_shift(shift.pk)
    if refusal := day_refusal(shift, now):
        raise refusal
    present = (
        Attendance.objects.select_for_update(of=("self",))
        .filter(signup__shift=shift, checked_out_at=None, checked_in_at__lt=now)
        .select_related("signup")
        .order_by("signup_id")
    )
    gone = list(present)
    for attendance in gone:
        attendance.signup.shift = shift
        _leave(attendance, method=Method.ROLL, by=by, moment=now)
    return len(gone)


def _leave(attendance: Attendance, *, method: str, by: User, moment: datetime) -> None:
    attendance.checked_out_at, attendance.checked_out_by = moment, by
    attendance.check_out_method = method
    _save_end(attendance)
    audit.record(
        "volunteers.attendance_checked_out",
        target=attendance,
        by=by,
        method=method,
        at=moment.isoformat(),
    )


def _save_end(attendance: Attendance) -> None:
    attendance.save(
        update_fields=["checked_out_at", "checked_out_by", "check_out_method"]
    )


@retried_atomic
def come_to_the_door(
    *, shift: Shift, volunteer: Volunteer, now: datetime, post: ShiftPost | None = None
) -> Attendance:
    """Sign a person up on the spot and check them in, or neither.

    Raises SignupRefused or AttendanceRefused.
    """
    signup = sign_up(
        shift=shift, volunteer=volunteer, now=now, post=post, is_walk_in=True
    )
    return check_in(signup=signup, method=Method.SCREEN, by=volunteer.user, now=now)


@retried_atomic
def take_back_check_in(*, signup: Signup, by: User, now: datetime) -> Attendance:
    """Undo a mistaken tap: the person was marked as come and had not.

    The row stays, as a stay of no length; a check-in later writes it anew. Raises
    AttendanceRefused for what the person did themselves, and once the day is over.
    """
    attendance = _locked_mark(signup, now)
    if attendance.checked_out_at is not None:
        raise AttendanceRefused("already_out", _("已签退，请先撤销签退。"))
    if attendance.check_in_method not in BY_OTHERS:
        raise AttendanceRefused(
            "own", _("本人自己扫码签到的，不能撤销；已离开的请登记签退。")
        )
    attendance.checked_out_at = attendance.checked_in_at
    attendance.checked_out_by = by
    attendance.check_out_method = Method.ROLL
    _save_end(attendance)
    audit.record("volunteers.attendance_undone", target=attendance, by=by, mark="in")
    return attendance


@retried_atomic
def take_back_check_out(*, signup: Signup, by: User, now: datetime) -> Attendance:
    """Undo a mistaken check-out: the person is still there.

    Raises AttendanceRefused once the day is over; the official then puts it right
    when the shift is settled.
    """
    attendance = _locked_mark(signup, now)
    if attendance.checked_out_at is None:
        raise AlreadyDone("already_in", already_text(attendance))
    _refuse_oneself(attendance.signup, method=Method.ROLL, by=by)
    attendance.checked_out_at, attendance.checked_out_by = None, None
    attendance.check_out_method = ""
    _save_end(attendance)
    audit.record("volunteers.attendance_undone", target=attendance, by=by, mark="out")
    return attendance


@retried_atomic
def set_heads(*, signup: Signup, heads: int, by: User, now: datetime) -> Attendance:
    """Put down how many of a group have come, the contact included."""
    attendance = _locked_mark(signup, now)
    if attendance.heads != heads:
        attendance.heads = _heads(attendance.signup, heads)
        attendance.save(update_fields=["heads"])
        audit.record(
            "volunteers.attendance_changed", target=attendance, by=by, heads=heads
        )
    return attendance


def _locked(signup: Signup) -> tuple[Shift, Signup, Attendance | None]:
    """Shift, sign-up and attendance as they are now, their rows locked."""
    shift = lock_shift(signup.shift_id)
    signup = (
        Signup.objects.select_for_update(of=("self",))
        .select_related("volunteer")
        .get(pk=signup.pk)
    )
    signup.shift = shift
    held = Attendance.objects.select_for_update().filter(signup=signup).first()
    if held is not None:
        held.signup = signup
    return shift, signup, held


def _locked_mark(signup: Signup, now: datetime) -> Attendance:
    """The attendance to put right; refused when there is none or the day is over."""
    shift, signup, attendance = _locked(signup)
    if attendance is None or is_taken_back(attendance):
        raise AttendanceRefused("not_in", _("还没有签到。"))
    if refusal := day_refusal(shift, now):
        raise refusal
    return attendance


def _heads(signup: Signup, heads: int) -> int:
    if not 1 <= heads <= signup.heads:
        raise AttendanceRefused(
            "heads",
            _("到场人数须在 1 至 %(most)d 之间。") % {"most": signup.heads},
        )
    return heads
