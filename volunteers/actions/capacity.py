"""Who gives way when a shift gets smaller: the organiser says, never the portal."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import RuleError
from volunteers.actions.waitlist import free_place
from volunteers.day_rules import is_taken_back
from volunteers.models import Attendance, Shift, ShiftPost, Signup
from volunteers.notices.shifts import offer_taken_back, signup_moved


class ShiftRefused(RuleError):
    """The shift is not fit for what was asked."""


class CapacityRefused(ShiftRefused):
    """More people hold a place than there would be places.

    `needed` is how many heads have to give way, among those of `post` where the
    shift has posts. The organiser chooses whom, and asks again.
    """

    def __init__(self, text: str, *, needed: int, post: ShiftPost | None) -> None:
        super().__init__(text)
        self.needed = needed
        self.post = post


def make_room(
    shift: Shift,
    post: ShiftPost | None,
    capacity: int,
    *,
    moved: Collection[int],
    moves_latest: bool,
    by: User,
    now: datetime,
) -> list[Signup]:
    """Free as many places of the locked shift as `capacity` asks for.

    Offers nobody has answered are taken back first, the newest first. Then the sign-ups
    numbered in `moved` go to the waitlist, before all others there; or with
    `moves_latest` those who signed up last. Returns who was moved; save the counts
    with `save_counts`. Raises CapacityRefused when the choice does not fit: nobody was
    chosen, one of them holds no place any more or has checked in, they are too few or
    more than needed.
    Source: PRODUCT section 4, places; decision 0013.
    """
    needed = (shift.taken if post is None else post.taken) - capacity
    if needed <= 0:
        return []
    held = list(
        shift.signups.placed()
        .filter(**({} if post is None else {"post": post}))
        .select_for_update(of=("self",))
        .select_related("volunteer__user")
        .order_by("-pk")
    )
    newest_first = sorted(
        (signup for signup in held if signup.is_offered),
        key=lambda signup: (signup.offered_at, signup.pk),
        reverse=True,
    )
    for signup in newest_first:
        if needed <= 0:
            return []
        take_back(shift, signup, by=by)
        needed -= signup.heads
    if needed <= 0:
        return []
    there = _numbers_of_those_there(shift)
    sure = [
        signup
        for signup in held
        if signup.state == Signup.State.CONFIRMED and signup.pk not in there
    ]
    leaving = _latest(sure, needed) if moves_latest else _chosen(sure, moved)
    _check_choice(leaving, needed, post, is_chosen=bool(moved), asked=moved)
    for signup in reversed(leaving):
        _move(shift, signup, by=by, now=now)
    return leaving


def _numbers_of_those_there(shift: Shift) -> set[int]:
    """Sign-ups of people who have checked in: they do not wait for their place."""
    came = Attendance.objects.filter(signup__shift=shift)
    return {row.signup_id for row in came if not is_taken_back(row)}


def take_back(shift: Shift, signup: Signup, *, by: User | None) -> None:
    """Take an offer back on the locked shift; the person waits where they waited."""
    signup.shift = shift
    offered_at = signup.offered_at
    free_place(shift, signup)
    _wait(
        shift,
        signup,
        by=by,
        position=signup.position or _next_position(shift),
        offered_at=None,
        offer_ends_at=None,
    )
    offer_taken_back(signup, offered_at=offered_at)


def _move(shift: Shift, signup: Signup, *, by: User, now: datetime) -> None:
    signup.shift = shift
    free_place(shift, signup)
    _wait(shift, signup, by=by, position=_next_position(shift), is_moved=True)
    signup_moved(signup, now=now)


def _wait(shift: Shift, signup: Signup, *, by: User | None, **changes: object) -> None:
    shift.waiting += signup.heads
    signup.move_to(Signup.State.WAITLISTED, by=by, **changes)


def _next_position(shift: Shift) -> int:
    position = shift.next_position
    shift.next_position += 1
    return position


def _latest(sure: Sequence[Signup], needed: int) -> list[Signup]:
    """The last to sign up, as few as do; `sure` has the newest first."""
    leaving: list[Signup] = []
    for signup in sure:
        if _heads(leaving) >= needed:
            break
        leaving.append(signup)
    for signup in list(leaving):  # a group at the end may suffice without some
        if _heads(leaving) - signup.heads >= needed:
            leaving.remove(signup)
    return leaving


def _chosen(sure: Sequence[Signup], moved: Collection[int]) -> list[Signup]:
    return [signup for signup in sure if signup.pk in set(moved)]


def _check_choice(
    leaving: list[Signup],
    needed: int,
    post: ShiftPost | None,
    *,
    is_chosen: bool,
    asked: Collection[int],
) -> None:
    """Raise CapacityRefused unless those leaving are enough, and none too many."""
    words = {"needed": needed, "post": post}
    freed = _heads(leaving)
    is_too_many = any(freed - signup.heads >= needed for signup in leaving)
    if is_chosen and {signup.pk for signup in leaving} != set(asked):
        text = _("名单刚刚有变化，请重新选择移入候补的人（需让出 %(needed)d 个名额）。")
    elif is_too_many:
        text = _("所选的人多于需要，只需让出 %(needed)d 个名额。")
    elif freed < needed and post is None:
        text = _(
            "已报名的人数超出新的名额，需让出 %(needed)d 个名额，请选择谁移入候补。"
        )
    elif freed < needed:
        text = _(
            "岗位“%(post)s”已报名的人数超出新的名额，需让出 %(needed)d 个名额，"
            "请选择谁移入候补。"
        )
    else:
        return
    raise CapacityRefused(text % words, needed=needed, post=post)


def _heads(signups: Sequence[Signup]) -> int:
    return sum(signup.heads for signup in signups)
