"""Why somebody cannot check in or out: one place, used by pages and actions."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import moment_text
from core.errors import RuleError
from volunteers.models import Attendance, Shift, Signup

Method = Attendance.Method
# A second scan so soon is taken for the same one, never for going home.
SHORTEST_STAY = timedelta(minutes=5)
OLDEST_TAP = timedelta(hours=24)


class AttendanceRefused(RuleError):
    """A check-in or check-out is refused; `code` names the reason for machines."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class AlreadyDone(AttendanceRefused):
    """What was asked for has been done before; nothing changes."""


def opens_at(shift: Shift) -> datetime:
    """From when people may check in."""
    return shift.starts_at - timedelta(hours=settings.CHECK_IN_HOURS)


def closes_at(shift: Shift) -> datetime:
    """Until when people may check out."""
    return shift.ends_at + timedelta(hours=settings.CHECK_OUT_HOURS)


def is_day(shift: Shift, moment: datetime) -> bool:
    """Whether the moment lies between the first check-in and the last check-out."""
    return opens_at(shift) <= moment <= closes_at(shift)


def moment_of(shift: Shift, *, at: datetime | None, now: datetime) -> datetime:
    """The time to put down: of the tap where it can be true, else the server's.

    A queued tap counts when it lies inside the window, not in the future, and is not
    older than a day.
    """
    if at is None or not now - OLDEST_TAP <= at <= now or not is_day(shift, at):
        return now
    return at


def day_refusal(shift: Shift, moment: datetime) -> AttendanceRefused | None:
    """The reason against any check-in or check-out at the moment, or None."""
    if shift.state == Shift.State.CANCELLED:
        return AttendanceRefused("cancelled", _("该班次已取消，不用签到。"))
    if shift.state == Shift.State.SETTLED:
        return AttendanceRefused(
            "settled", _("该班次已结算，不能再签到签退；有出入请提出异议。")
        )
    if moment < opens_at(shift):
        return AttendanceRefused(
            "not_yet",
            _("还没到签到时间，%(when)s 开始签到。")
            % {"when": moment_text(opens_at(shift))},
        )
    if moment > closes_at(shift):
        return AttendanceRefused(
            "over",
            _("签到签退已于 %(when)s 结束，请联系负责人补登。")
            % {"when": moment_text(closes_at(shift))},
        )
    return None


def check_in_refusal(
    signup: Signup, attendance: Attendance | None, *, method: str, moment: datetime
) -> AttendanceRefused | None:
    """The reason against the person's check-in at the moment, or None."""
    if attendance is not None and not is_taken_back(attendance):
        return AlreadyDone("already_in", already_text(attendance))
    if refusal := day_refusal(signup.shift, moment):
        return refusal
    if signup.state != Signup.State.CONFIRMED:
        return _no_place(signup)
    if method != Method.ROLL and moment >= signup.shift.ends_at:
        return AttendanceRefused(
            "ended", _("班次已结束，不能再签到；确实到场的，请负责人在名单上登记。")
        )
    return None


def check_out_refusal(
    signup: Signup, attendance: Attendance | None, *, method: str, moment: datetime
) -> AttendanceRefused | None:
    """The reason against the person's check-out at the moment, or None."""
    if attendance is None or is_taken_back(attendance):
        return AttendanceRefused("not_in", _("还没有签到，不能签退。"))
    if attendance.checked_out_at is not None:
        return AlreadyDone("already_out", already_text(attendance))
    if refusal := day_refusal(signup.shift, moment):
        return refusal
    if moment <= attendance.checked_in_at:
        return AttendanceRefused(
            "before_in",
            _("签退不能早于签到（%(clock)s）。")
            % {"clock": _clock(attendance.checked_in_at)},
        )
    if method == Method.SCREEN and moment < attendance.checked_in_at + SHORTEST_STAY:
        return AlreadyDone("already_in", already_text(attendance))
    return None


def is_taken_back(attendance: Attendance) -> bool:
    """Whether it was a mistaken tap: a stay of no length, as if nobody had come."""
    return attendance.checked_out_at == attendance.checked_in_at


def already_text(attendance: Attendance) -> str:
    """ "已于 09:02 签到。", or with the time of leaving too."""
    words = {"first": _clock(attendance.checked_in_at)}
    if attendance.checked_out_at is None:
        return _("已于 %(first)s 签到。") % words
    words["last"] = _clock(attendance.checked_out_at)
    return _("已于 %(first)s 签到、%(last)s 签退。") % words


def _no_place(signup: Signup) -> AttendanceRefused:
    if signup.state == Signup.State.WAITLISTED:
        return AttendanceRefused("waitlisted", _("还在候补，没有名额。"))
    if signup.state == Signup.State.OFFERED:
        return AttendanceRefused("offered", _("已有名额为您保留，请先确认。"))
    return AttendanceRefused(
        "no_place",
        _("报名%(state)s，不能签到。") % {"state": signup.get_state_display()},
    )


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")
