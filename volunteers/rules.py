"""Why a person cannot sign up for a shift: one function, used by page and action."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import models
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


class Known(Protocol):
    """What of a person's sign-ups was fetched at once for many shifts."""

    def state(self, shift: Shift) -> str | None:
        """The state of their kept sign-up for the shift, or None."""

    def clash(self, shift: Shift) -> tuple[str, datetime, datetime] | None:
        """Name, start and end of a confirmed shift at that time, or None."""


@dataclass(frozen=True)
class Newcomer:
    """A person known to have no kept sign-up for the shift; see `Known`."""

    volunteer: Volunteer

    def state(self, shift: Shift) -> None:
        return None

    def clash(self, shift: Shift) -> tuple[str, datetime, datetime] | None:
        return clash_of(shift, self.volunteer)


def signup_refusal(
    shift: Shift,
    volunteer: Volunteer,
    *,
    now: datetime,
    heads: int = 1,
    is_walk_in: bool = False,
    known: Known | None = None,
) -> SignupRefused | None:
    """The first reason against signing up, or None.

    Which post is asked for is looked at by `post_refusal`. What `known` holds is not
    asked from the database: all for the rows of a list.
    Source: PRODUCT section 4, places ("refusals name the reason").
    """
    return (
        (_not_at_the_door(shift, now) if is_walk_in else _closed(shift, now))
        or _already_in(shift, volunteer, is_walk_in, known)
        or _too_young(shift, volunteer)
        or clash_refusal(shift, volunteer, known)
        or _no_room(shift, heads, is_walk_in)
    )


def refusal_of_all(shift: Shift, *, now: datetime) -> SignupRefused | None:
    """The reason against anybody's signing up for one place, or None."""
    return _closed(shift, now) or _no_room(shift, 1, is_walk_in=False)


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
    return _unskilled(post, volunteer) or _post_full(
        shift, post, heads, is_walk_in=is_walk_in
    )


def posts_refusal(
    shift: Shift, posts: Collection[ShiftPost], *, skills: Collection[int]
) -> SignupRefused | None:
    """The reason against all posts of a shift, or None; it may have no posts.

    `skills` are the numbers of the person's own. Nothing is asked from the database
    when the posts come with their skills.
    """
    fitting = [post for post in posts if post.skill_id in (None, *skills)]
    if posts and not fitting:
        titles = dict.fromkeys(str(post.skill) for post in posts)
        return SignupRefused(
            "skill",
            _("该班次的岗位需要技能：%(skills)s。可在“我的资料”中填写自己的技能。")
            % {"skills": "、".join(titles)},
        )
    refusals = [_post_full(shift, post, 1, is_walk_in=False) for post in fitting]
    return None if None in refusals else next(iter(refusals), None)


def _post_full(
    shift: Shift, post: ShiftPost, heads: int, *, is_walk_in: bool
) -> SignupRefused | None:
    if not post.capacity:
        return SignupRefused("full", _("该岗位不再招募。"))
    if post.places_left >= heads:
        return None
    if is_walk_in or not shift.waitlist_capacity:
        return SignupRefused("full", _("该岗位名额已满。"))
    return _waitlist_full(shift, heads)


def _not_at_the_door(shift: Shift, now: datetime) -> SignupRefused | None:
    """Signing up on the spot: while check-in is open."""
    activity = shift.activity
    if shift.state == Shift.State.CANCELLED or activity.state == "cancelled":
        return SignupRefused("cancelled", _("该班次已取消。"))
    if activity.state == Activity.State.DRAFT:
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


def _already_in(
    shift: Shift, volunteer: Volunteer, is_walk_in: bool, known: Known | None
) -> SignupRefused | None:
    """Who waits may take a place left at the door, or held for them."""
    if known is not None:
        state = known.state(shift)
    elif volunteer.pk:
        kept = shift.signups.kept().filter(volunteer=volunteer).order_by()
        state = next(iter(kept.values_list("state", flat=True)[:1]), None)
    else:
        state = None
    if state is None or (is_walk_in and state == Signup.State.WAITLISTED):
        return None
    if state == Signup.State.OFFERED:
        return SignupRefused("offered", _("已有名额为您保留，请先确认。"))
    return SignupRefused("already_signed_up", _("您已报名该班次。"))


def minors_refusal(shift: Shift) -> SignupRefused | None:
    """The reason against anybody under 18, or None."""
    if shift.is_adults_only:
        return SignupRefused("age", _("该班次仅限18周岁及以上参加。"))
    if shift.activity.risk != Activity.Risk.LOW or shift.is_at_night:
        return SignupRefused("age", _("未满18周岁不能参加夜间或有风险的班次。"))
    return None


def _too_young(shift: Shift, volunteer: Volunteer) -> SignupRefused | None:
    if not volunteer.user.is_minor:
        return None
    if refusal := minors_refusal(shift):
        return refusal
    if volunteer.needs_guardian:
        return SignupRefused(
            "needs_guardian",
            _("未满18周岁须监护人同意，请先在“我的资料”中请监护人同意。"),
        )
    return None


def clash_refusal(
    shift: Shift, volunteer: Volunteer, known: Known | None = None
) -> SignupRefused | None:
    """Another shift the person has a place in at that time, as a refusal, or None."""
    other = known.clash(shift) if known else clash_of(shift, volunteer)
    if other is None:
        return None
    name, starts_at, ends_at = other
    return SignupRefused(
        "clash",
        _("与您已报名的班次时间冲突：%(shift)s（%(time)s）。")
        % {"shift": name, "time": span_text(starts_at, ends_at)},
    )


def clash_of(
    shift: Shift, volunteer: Volunteer
) -> tuple[str, datetime, datetime] | None:
    """Name, start and end of a confirmed shift of the person at that time, or None."""
    if not volunteer.pk:
        return None
    # Values, not models: this is asked at every sign-up, and mostly finds nothing.
    elsewhere = binding_elsewhere(shift).filter(volunteer=volunteer).order_by()
    found = elsewhere.values_list(
        "shift__activity__title", "shift__title", "shift__starts_at", "shift__ends_at"
    )[:1]
    for activity, title, starts_at, ends_at in found:
        return f"{activity} · {title}", starts_at, ends_at
    return None


def binding_elsewhere(shift: Shift) -> models.QuerySet:
    """Confirmed sign-ups for other shifts that share time with this one.

    Sign-ups of a cancelled shift keep their state but bind nobody any more.
    """
    return (
        Signup.objects.confirmed()
        .overlapping(shift.starts_at, shift.ends_at)
        .exclude(shift=shift)
        .exclude(shift__state=Shift.State.CANCELLED)
    )


def _no_room(shift: Shift, heads: int, is_walk_in: bool) -> SignupRefused | None:
    if shift.places_left >= heads:
        return None
    if is_walk_in or not shift.waitlist_capacity:
        return SignupRefused("full", _("名额已满。"))
    return _waitlist_full(shift, heads)


def _waitlist_full(shift: Shift, heads: int) -> SignupRefused | None:
    if shift.waiting + heads <= shift.waitlist_capacity:
        return None
    return SignupRefused("waitlist_full", _("名额和候补名额都已满。"))


def join_refusal(
    shift: Shift, post: ShiftPost | None, volunteer: Volunteer, *, now: datetime
) -> SignupRefused | None:
    """The reason against taking over a place that a group holds, or None."""
    return _closed(shift, now) or person_refusal(shift, post, volunteer)


def person_refusal(
    shift: Shift, post: ShiftPost | None, volunteer: Volunteer
) -> SignupRefused | None:
    """The reason that lies in the person, or None; for a place that is held for them.

    Neither the clock nor the places are looked at; who waits may take it.
    """
    return (
        _already_in(shift, volunteer, is_walk_in=True, known=None)
        or _too_young(shift, volunteer)
        or clash_refusal(shift, volunteer)
        or _unskilled(post, volunteer)
    )


def _unskilled(post: ShiftPost | None, volunteer: Volunteer) -> SignupRefused | None:
    if post is None or post.skill_id is None:
        return None
    if volunteer.skills.filter(pk=post.skill_id).exists():
        return None
    return SignupRefused(
        "skill",
        _("岗位“%(post)s”需要技能：%(skill)s。可在“我的资料”中填写自己的技能。")
        % {"post": post, "skill": post.skill},
    )
