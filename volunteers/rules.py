"""Why a person cannot sign up for a shift: one function, used by page and action."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.models import Activity
from core.dates import moment_text, span_text
from core.errors import RuleError
from volunteers.models import Shift, ShiftPost, Signup, Volunteer


class SignupRefused(RuleError):
    """A sign-up is refused; `code` names the reason for machines."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class SignupClosed(RuleError):
    """The shift has started: nothing about its sign-ups changes any more."""


def signup_refusal(
    shift: Shift,
    volunteer: Volunteer,
    *,
    now: datetime,
    heads: int = 1,
    is_walk_in: bool = False,
) -> SignupRefused | None:
    """The first reason against signing up, or None.

    Which post is asked for is looked at by `post_refusal`.
    Source: PRODUCT section 4, places ("refusals name the reason").
    """
    return (
        (_not_at_the_door(shift, now) if is_walk_in else _closed(shift, now))
        or _already_in(shift, volunteer)
        or _too_young(shift, volunteer)
        or clash_refusal(shift, volunteer)
        or _no_room(shift, heads, is_walk_in)
    )


def post_refusal(
    shift: Shift,
    post: ShiftPost | None,
    volunteer: Volunteer,
    *,
    heads: int = 1,
    is_walk_in: bool = False,
) -> SignupRefused | None:
    """The reason against this post of the shift, or None."""
    if post is None:
        if shift.posts.exists():
            return SignupRefused("post", _("请选择一个岗位。"))
        return None
    if post.skill_id and not volunteer.skills.filter(pk=post.skill_id).exists():
        return SignupRefused(
            "skill",
            _("岗位“%(post)s”需要技能：%(skill)s。可在“我的资料”中填写自己的技能。")
            % {"post": post, "skill": post.skill},
        )
    if is_walk_in and post.places_left < heads:
        return SignupRefused("full", _("该岗位名额已满。"))
    return None


def _not_at_the_door(shift: Shift, now: datetime) -> SignupRefused | None:
    """Signing up on the spot: while check-in is open."""
    if shift.state != Shift.State.SCHEDULED:
        return SignupRefused("cancelled", _("该班次已取消。"))
    if shift.activity.state not in Activity.OPEN_STATES:
        return SignupRefused("not_open", _("该活动尚未发布，还不能报名。"))
    opens_at = shift.starts_at - timedelta(hours=settings.CHECK_IN_HOURS)
    if not opens_at <= now < shift.ends_at:
        return SignupRefused("closed", _("现在不是现场报名的时间。"))
    return None


def _closed(shift: Shift, now: datetime) -> SignupRefused | None:
    activity = shift.activity
    if shift.state == Shift.State.CANCELLED or activity.state == "cancelled":
        return SignupRefused("cancelled", _("该班次已取消。"))
    if activity.state == Activity.State.DRAFT:
        return SignupRefused("not_open", _("该活动尚未发布，还不能报名。"))
    if shift.starts_at <= now or activity.state != Activity.State.PUBLISHED:
        return SignupRefused("closed", _("班次已开始或已结束，不能报名。"))
    if shift.signup_opens_at and now < shift.signup_opens_at:
        return SignupRefused(
            "not_open",
            _("报名还没开始，%(when)s 开放报名。")
            % {"when": moment_text(shift.signup_opens_at)},
        )
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
    if shift.is_adults_only:
        return SignupRefused("age", _("该班次仅限18周岁及以上参加。"))
    if shift.activity.risk != Activity.Risk.LOW or shift.is_at_night:
        return SignupRefused("age", _("未满18周岁不能参加夜间或有风险的班次。"))
    if volunteer.needs_guardian:
        return SignupRefused(
            "needs_guardian",
            _("未满18周岁须监护人同意，请先在“我的资料”中填写监护人信息。"),
        )
    return None


def clash_refusal(shift: Shift, volunteer: Volunteer) -> SignupRefused | None:
    """Another shift the person has a place in at that time, as a refusal, or None."""
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


def _no_room(shift: Shift, heads: int, is_walk_in: bool) -> SignupRefused | None:
    if shift.places_left >= heads:
        return None
    if is_walk_in:
        return SignupRefused("full", _("名额已满。"))
    if shift.waiting + heads <= shift.waitlist_capacity:
        return None
    if shift.waitlist_capacity:
        return SignupRefused("waitlist_full", _("名额和候补名额都已满。"))
    return SignupRefused("full", _("名额已满。"))
