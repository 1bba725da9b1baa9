"""Why a person cannot sign up for a shift: one function, used by page and action."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Activity
from core.dates import span_text
from core.errors import RuleError
from volunteers.models import Shift, Signup, Volunteer


class SignupRefused(RuleError):
    """A sign-up is refused; `code` names the reason for machines."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class SignupClosed(RuleError):
    """The shift has started: nothing about its sign-ups changes any more."""


def signup_refusal(
    shift: Shift, volunteer: Volunteer, *, now: datetime
) -> SignupRefused | None:
    """The first reason against signing up, or None.

    Source: PRODUCT section 4, places ("refusals name the reason").
    """
    return (
        _closed(shift, now)
        or _already_in(shift, volunteer)
        or _too_young(shift, volunteer)
        or _clash(shift, volunteer)
        or _no_room(shift)
    )


def _closed(shift: Shift, now: datetime) -> SignupRefused | None:
    activity = shift.activity
    if shift.state == Shift.State.CANCELLED or activity.state == "cancelled":
        return SignupRefused("cancelled", _("该班次已取消。"))
    if activity.state == Activity.State.DRAFT:
        return SignupRefused("not_open", _("该活动尚未发布，还不能报名。"))
    if shift.starts_at <= now or activity.state != Activity.State.PUBLISHED:
        return SignupRefused("closed", _("班次已开始或已结束，不能报名。"))
    if shift.signup_closes_at <= now:
        return SignupRefused("closed", _("报名已截止。"))
    return None


def _already_in(shift: Shift, volunteer: Volunteer) -> SignupRefused | None:
    if volunteer.pk and shift.signups.live().filter(volunteer=volunteer).exists():
        return SignupRefused("already_signed_up", _("您已报名该班次。"))
    return None


def _too_young(shift: Shift, volunteer: Volunteer) -> SignupRefused | None:
    if not volunteer.user.is_minor:
        return None
    if shift.activity.risk != Activity.Risk.LOW or shift.is_at_night:
        return SignupRefused("age", _("未满18周岁不能参加夜间或有风险的班次。"))
    if volunteer.needs_guardian:
        return SignupRefused(
            "needs_guardian",
            _("未满18周岁须监护人同意，请先在“我的资料”中填写监护人信息。"),
        )
    return None


def _clash(shift: Shift, volunteer: Volunteer) -> SignupRefused | None:
    other = clashing_signup(shift, volunteer)
    if other is None:
        return None
    return SignupRefused(
        "clash",
        _("与您已报名的班次时间冲突：%(shift)s（%(time)s）。")
        % {
            "shift": other.shift,
            "time": span_text(other.shift.starts_at, other.shift.ends_at),
        },
    )


def clashing_signup(shift: Shift, volunteer: Volunteer) -> Signup | None:
    """The person's confirmed sign-up that shares time with the shift, or None.

    Sign-ups of a cancelled shift keep their state but bind nobody any more.
    """
    if not volunteer.pk:
        return None
    return (
        volunteer.signups.confirmed()
        .overlapping(shift.starts_at, shift.ends_at)
        .exclude(shift=shift)
        .exclude(shift__state=Shift.State.CANCELLED)
        .select_related("shift__activity")
        .first()
    )


def _no_room(shift: Shift) -> SignupRefused | None:
    if shift.has_places or shift.waiting < shift.waitlist_capacity:
        return None
    if shift.waitlist_capacity:
        return SignupRefused("waitlist_full", _("名额和候补名额都已满。"))
    return SignupRefused("full", _("名额已满。"))
