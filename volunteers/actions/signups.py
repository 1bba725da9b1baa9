"""Signing up and giving up a place. All ways of signing up end in `sign_up`."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.actions.waitlist import first_waiting, promote, save_counts
from volunteers.models import Shift, Signup, Volunteer
from volunteers.notices.signups import (
    signup_cancelled,
    signup_cancelled_by_organizer,
    signup_made,
)
from volunteers.rules import (
    SignupClosed,
    SignupRefused,
    signup_refusal,
)


@retried_atomic
def sign_up(*, shift: Shift, volunteer: Volunteer, now: datetime) -> Signup:
    """Sign a person up: a place when one is free, else a place on the waitlist.

    Exactly `capacity` people are confirmed under any load; positions on the waitlist
    are given under the shift's lock. Raises SignupRefused with the reason.
    Source: PRODUCT section 4, places.
    """
    [volunteer] = lock_volunteers([volunteer.pk])
    shift = lock_shift(shift.pk)
    refusal = signup_refusal(shift, volunteer, now=now)
    if refusal:
        raise refusal
    signup = Signup(shift=shift, volunteer=volunteer, **_take_place(shift))
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


def _take_place(shift: Shift) -> dict[str, object]:
    """Count a place of the locked shift as taken; the sign-up's state and position."""
    if shift.has_places:
        shift.taken += 1
        return {"state": Signup.State.CONFIRMED}
    position = shift.next_position
    shift.next_position += 1
    shift.waiting += 1
    return {"state": Signup.State.WAITLISTED, "position": position}


@retried_atomic
def cancel_signup(
    *, signup: Signup, by: User, now: datetime, reason: str = ""
) -> Signup | None:
    """Cancel a sign-up; a freed place goes to the longest-waiting person.

    Persons whose other shifts clash are skipped and keep their position. Returns
    the promoted sign-up, or None. After sign-up has closed the cancellation counts
    as late. Raises SignupClosed once the shift has started or was cancelled.
    """
    lock_volunteers([signup.volunteer_id, *first_waiting(signup.shift_id)])
    shift = lock_shift(signup.shift_id)
    signup = (
        Signup.objects.select_for_update(of=("self",))
        .select_related("volunteer__user")
        .get(pk=signup.pk)
    )
    signup.shift = shift
    if shift.state == Shift.State.CANCELLED:
        raise SignupClosed(_("该班次已取消。"))
    if shift.starts_at <= now:
        raise SignupClosed(_("班次已开始，不能取消报名。"))
    if not signup.is_live:
        raise SignupClosed(_("该报名已取消。"))
    _give_up(signup, by=by, now=now, reason=reason)
    promoted = promote(shift, now=now)
    save_counts(shift)
    return promoted[0] if promoted else None


def _give_up(signup: Signup, *, by: User, now: datetime, reason: str) -> None:
    shift = signup.shift
    if signup.state == Signup.State.CONFIRMED:
        shift.taken -= 1
    else:
        shift.waiting -= 1
    signup.move_to(
        Signup.State.CANCELLED,
        by=by,
        reason=reason,
        cancelled_at=now,
        cancelled_by=by,
        is_late=shift.signup_closes_at <= now,
    )
    signup_cancelled(signup)
    if by.pk != signup.volunteer.user_id:
        signup.reason = reason
        signup.save(update_fields=["reason"])
        signup_cancelled_by_organizer(signup)
