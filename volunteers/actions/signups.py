"""Signing up and giving up a place. All ways of signing up end in `sign_up`."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.companions import end_group_of
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.actions.waitlist import (
    free_place,
    offer_places,
    save_counts,
    take_place,
)
from volunteers.models import Shift, ShiftPost, Signup, SignupGroup, Volunteer
from volunteers.notices.signups import (
    signup_cancelled,
    signup_cancelled_by_organizer,
    signup_made,
)
from volunteers.rules import (
    SignupClosed,
    SignupRefused,
    clash_refusal,
    minors_refusal,
    post_refusal,
    signup_refusal,
)


@retried_atomic
def sign_up(
    *,
    shift: Shift,
    volunteer: Volunteer,
    now: datetime,
    post: ShiftPost | None = None,
    group: SignupGroup | None = None,
    heads: int = 1,
    is_walk_in: bool = False,
) -> Signup:
    """Sign a person up: to free places, else to the waitlist.

    The only function that signs people up. Places are counted and positions on the
    waitlist are given under the shift's lock. `heads` places for the person and those
    with them; `is_walk_in` for who stands at the door: sign-up may be closed, but
    there is no waitlist. Raises SignupRefused with the reason.
    Source: PRODUCT section 4, places.
    """
    [volunteer] = lock_volunteers([volunteer.pk])
    shift = lock_shift(shift.pk)
    if is_walk_in:
        leave_waitlist(shift, volunteer, reason=_("改为现场报名"), now=now)
    refusal = signup_refusal(
        shift, volunteer, now=now, heads=heads, is_walk_in=is_walk_in
    )
    # Whoever waits and fits comes before a newcomer, also when a clash has just gone.
    if refusal is None and offer_places(shift, now=now):
        refusal = signup_refusal(
            shift, volunteer, now=now, heads=heads, is_walk_in=is_walk_in
        )
    post = _locked_post(shift, post)
    refusal = refusal or post_refusal(
        shift, post, volunteer, heads=heads, is_walk_in=is_walk_in
    )
    if refusal:
        raise refusal
    signup = Signup(
        shift=shift,
        volunteer=volunteer,
        post=post,
        group=group,
        heads=heads,
        is_walk_in=is_walk_in,
        **take_place(shift, heads, post),
    )
    try:
        with transaction.atomic():
            signup.save()
    except IntegrityError as error:
        raise SignupRefused("already_signed_up", _("您已报名该班次。")) from error
    save_counts(shift)
    audit.record(
        f"volunteers.signup_{signup.state}",
        target=signup,
        by=volunteer.user,
        position=signup.position,
    )
    signup_made(signup)
    return signup


def leave_waitlist(
    shift: Shift, volunteer: Volunteer, *, reason: str, now: datetime
) -> None:
    """Who waited and gets a place by another way waits no longer.

    The caller has locked person and shift, and saves the counts.
    """
    waiting = shift.signups.waitlisted().filter(volunteer=volunteer).first()
    if waiting is None:
        return
    waiting.shift = shift
    free_place(shift, waiting)
    waiting.move_to(
        Signup.State.CANCELLED,
        by=volunteer.user,
        reason=reason,
        cancelled_at=now,
        cancelled_by=volunteer.user,
    )
    end_group_of(waiting, now=now)


def _locked_post(shift: Shift, post: ShiftPost | None) -> ShiftPost | None:
    """The post as it is now: its count changes under the shift's lock alone."""
    if post is None:
        return None
    return shift.posts.select_related("skill").filter(pk=post.pk).first()


@retried_atomic
def accept_offer(*, signup: Signup, by: User, now: datetime) -> Signup:
    """Take the place that is held for the person.

    Raises SignupClosed when it is held no more, SignupRefused when another shift
    they have since signed up for clashes, or it is no longer one for minors.
    """
    [volunteer] = lock_volunteers([signup.volunteer_id])
    shift = lock_shift(signup.shift_id)
    signup = _locked_signup(signup.pk, shift)
    if shift.state != Shift.State.SCHEDULED:
        raise SignupClosed(_("该班次已取消。"))
    if not signup.is_held_at(now):
        raise SignupClosed(_("这个名额已不再为您保留。"))
    if volunteer.user.is_minor and (refusal := minors_refusal(shift)):
        raise refusal
    if refusal := clash_refusal(shift, volunteer):
        raise refusal
    signup.move_to(Signup.State.CONFIRMED, by=by)
    signup_made(signup)
    return signup


def _locked_signup(pk: int, shift: Shift) -> Signup:
    signup = (
        Signup.objects.select_for_update(of=("self",))
        .select_related("volunteer__user")
        .get(pk=pk)
    )
    signup.shift = shift
    return signup


@retried_atomic
def cancel_signup(
    *, signup: Signup, by: User, now: datetime, reason: str = ""
) -> list[Signup]:
    """Cancel a sign-up or turn an offer down; freed places are offered on.

    Returns the sign-ups offered a place. After `Shift.cancel_deadline` giving up a
    sure place counts as late. Raises SignupClosed once the shift has started or was
    cancelled.
    """
    shift = lock_shift(signup.shift_id)
    signup = _locked_signup(signup.pk, shift)
    if shift.state == Shift.State.CANCELLED:
        raise SignupClosed(_("该班次已取消。"))
    if shift.starts_at <= now:
        raise SignupClosed(_("班次已开始，不能取消报名。"))
    if not signup.is_live:
        raise SignupClosed(_("该报名已取消。"))
    _give_up(signup, by=by, now=now, reason=reason)
    offered = offer_places(shift, now=now)
    save_counts(shift)
    return offered


def _give_up(signup: Signup, *, by: User, now: datetime, reason: str) -> None:
    shift = signup.shift
    was_sure = signup.state == Signup.State.CONFIRMED
    free_place(shift, signup)
    signup.move_to(
        Signup.State.CANCELLED,
        by=by,
        reason=reason,
        cancelled_at=now,
        cancelled_by=by,
        is_late=was_sure and shift.cancel_deadline <= now,
    )
    signup_cancelled(signup)
    end_group_of(signup, now=now)
    if by.pk != signup.volunteer.user_id:
        signup.reason = reason
        signup.save(update_fields=["reason"])
        signup_cancelled_by_organizer(signup)
