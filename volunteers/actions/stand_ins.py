"""A person who cannot come hands their place on; who opens the link takes it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers.actions.companions import end_group_of
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.actions.signups import leave_waitlist
from volunteers.actions.waitlist import save_counts
from volunteers.day_rules import is_day, is_taken_back
from volunteers.models import Attendance, Shift, Signup, StandIn, Volunteer
from volunteers.notices.signups import signup_cancelled, signup_made
from volunteers.notices.stand_ins import place_taken_over
from volunteers.rules import SignupRefused, person_refusal


class StandInRefused(RuleError):
    """The place cannot be handed on."""


def stand_in_refusal(signup: Signup, *, now: datetime) -> StandInRefused | None:
    """Why the place cannot be handed on, or None.

    Who waits comes first: while one of them can still be offered the place it is
    given up, not handed on. Source: issue 6, "stand-in".
    """
    shift = signup.shift
    if shift.state != Shift.State.SCHEDULED:
        return StandInRefused(_("该班次已取消。"))
    if shift.starts_at <= now or shift.activity.state != Activity.State.PUBLISHED:
        return StandInRefused(_("班次已开始或已结束，不能再替班。"))
    if signup.state != Signup.State.CONFIRMED:
        return StandInRefused(_("这个名额已不在原来的人手里，不能再接替。"))
    if signup.heads != 1:
        return StandInRefused(_("几个人一起报的名额不能转给别人，请取消或减少人数。"))
    freeze = timedelta(hours=settings.OFFER_FREEZE_HOURS)
    if shift.waiting and shift.starts_at - freeze > now:
        return StandInRefused(
            _("有人在候补，名额先给他们。不能来请直接取消，系统会通知候补的人。")
        )
    if is_day(shift, now) and _has_come(signup):
        return StandInRefused(_("原来的人已到场签到，不用接替了。"))
    return None


def _has_come(signup: Signup) -> bool:
    held = Attendance.objects.filter(signup=signup).first()
    return held is not None and not is_taken_back(held)


@retried_atomic
def open_stand_in(*, signup: Signup, by: User, now: datetime) -> StandIn:
    """Make the link by which somebody takes the place; a second time the same one.

    The place stays the person's own until somebody has taken it. Raises
    StandInRefused with the reason.
    """
    signup = _locked_signup(signup)
    if refusal := stand_in_refusal(signup, now=now):
        raise refusal
    if held := signup.stand_ins.filter(state=StandIn.State.OPEN).first():
        return held
    stand_in = StandIn.objects.create(signup=signup)
    audit.record("volunteers.stand_in_opened", target=stand_in, by=by)
    return stand_in


@retried_atomic
def withdraw_stand_in(*, signup: Signup, by: User) -> None:
    """Make the link of a sign-up worthless; nothing happens where there is none.

    Raises StandInRefused when somebody has taken the place already.
    """
    signup = _locked_signup(signup)
    if signup.stand_ins.filter(state=StandIn.State.TAKEN).exists():
        raise StandInRefused(_("已有人接替，不能收回。"))
    for stand_in in signup.stand_ins.filter(state=StandIn.State.OPEN):
        stand_in.move_to(StandIn.State.WITHDRAWN, by=by)


@retried_atomic
def take_over(*, stand_in: StandIn, volunteer: Volunteer, now: datetime) -> Signup:
    """Take the place that is handed on; returns the new sign-up.

    The places taken stay as they are: one person goes, one comes, who may have waited.
    For who goes it is not a late cancellation. Raises StandInRefused when the place is
    not to be had any more, SignupRefused when the person cannot come to this shift.
    Source: issue 6, "stand-in".
    """
    [volunteer] = lock_volunteers([volunteer.pk])
    signup = _locked_signup(stand_in.signup)
    stand_in = StandIn.objects.select_for_update().get(pk=stand_in.pk)
    stand_in.signup = signup
    if refusal := takeover_refusal(stand_in, volunteer, now=now):
        raise refusal
    stand_in.move_to(StandIn.State.TAKEN, by=volunteer.user)
    leave_waitlist(signup.shift, volunteer, reason=_("改为替班"), now=now)
    save_counts(signup.shift)
    _leave(signup, by=volunteer.user, now=now)
    return _come(signup, volunteer)


def takeover_refusal(
    stand_in: StandIn, volunteer: Volunteer | None, *, now: datetime
) -> RuleError | None:
    """Why the place cannot be taken by this person (None: by anybody), or None."""
    signup = stand_in.signup
    if stand_in.state == StandIn.State.TAKEN:
        return StandInRefused(_("已有人接替这个名额，谢谢您。"))
    if stand_in.state == StandIn.State.WITHDRAWN:
        return StandInRefused(_("对方已收回这个链接，不需要接替了。"))
    if refusal := stand_in_refusal(signup, now=now):
        return refusal
    if volunteer is None:
        return None
    return person_refusal(signup.shift, signup.post, volunteer)


def _locked_signup(signup: Signup) -> Signup:
    """The sign-up with its shift, both locked; the shift first."""
    shift = lock_shift(signup.shift_id)
    signup = (
        Signup.objects.select_for_update(of=("self",))
        .select_related("volunteer__user", "post__skill")
        .get(pk=signup.pk)
    )
    signup.shift = shift
    return signup


def _leave(signup: Signup, *, by: User, now: datetime) -> None:
    reason = _("由他人替班")
    signup.reason = reason
    signup.save(update_fields=["reason"])
    signup.move_to(
        Signup.State.CANCELLED,
        by=by,
        reason=reason,
        cancelled_at=now,
        cancelled_by=signup.volunteer.user,
        is_late=False,
    )
    end_group_of(signup, now=now)
    signup_cancelled(signup)
    place_taken_over(signup)


def _come(left: Signup, volunteer: Volunteer) -> Signup:
    signup = Signup(
        shift=left.shift,
        volunteer=volunteer,
        post=left.post,
        state=Signup.State.CONFIRMED,
        stands_in_for=left,
    )
    try:
        with transaction.atomic():
            signup.save()
    except IntegrityError as error:
        raise SignupRefused("already_signed_up", _("您已报名该班次。")) from error
    audit.record(
        "volunteers.signup_confirmed",
        target=signup,
        by=volunteer.user,
        stands_in_for=left.pk,
    )
    signup_made(signup)
    return signup
