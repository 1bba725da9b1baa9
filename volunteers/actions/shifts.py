"""Shifts are opened and changed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.capacity import ShiftRefused, make_room
from volunteers.actions.locks import lock_activity, lock_shift
from volunteers.actions.waitlist import offer_end, offer_places, save_counts
from volunteers.day_rules import is_taken_back, opens_at
from volunteers.models import Attendance, Companion, Shift, Signup
from volunteers.notices.shifts import (
    offer_end_changed,
    shift_changed,
    shift_clashes,
)
from volunteers.rules import binding_elsewhere, minors_refusal

SAME_FORM = ("title", "starts_at", "ends_at", "place")


@transaction.atomic
def open_shift(*, shift: Shift, by: User) -> Shift:
    """Add a shift to an activity that is a draft or published.

    Raises ShiftRefused for another state, a time outside the activity's, or a shift
    that is there already (the form was sent twice).
    """
    activity = lock_activity(shift.activity_id)
    check_shift(shift, activity)
    same = {name: getattr(shift, name) for name in SAME_FORM}
    if activity.shifts.filter(state=Shift.State.SCHEDULED, **same).exists():
        raise ShiftRefused(_("已有时间、地点和名称都相同的班次。"))
    shift.save()
    audit.record("volunteers.shift_opened", target=shift, by=by)
    return shift


def check_shift(shift: Shift, activity: Activity) -> None:
    """Raise ShiftRefused when the activity takes no such shift."""
    check_takes_shifts(activity)
    if shift.ends_at <= shift.starts_at:
        raise ShiftRefused(_("结束时间必须晚于开始时间。"))
    if shift.starts_at < activity.starts_at or shift.ends_at > activity.ends_at:
        raise ShiftRefused(_("班次时间须在活动的起止时间之内。"))
    if shift.signup_closes_at > shift.starts_at:
        raise ShiftRefused(_("报名截止不能晚于班次开始。"))
    if shift.signup_opens_at and shift.signup_opens_at >= shift.signup_closes_at:
        raise ShiftRefused(_("报名开始必须早于报名截止。"))
    if shift.cancel_closes_at and shift.cancel_closes_at > shift.starts_at:
        raise ShiftRefused(_("取消截止不能晚于班次开始。"))
    if shift.minimum > shift.capacity:
        raise ShiftRefused(_("最少人数不能多于名额。"))


def check_takes_shifts(activity: Activity) -> None:
    """Raise ShiftRefused unless the activity is a draft or published."""
    if activity.state not in {Activity.State.DRAFT, Activity.State.PUBLISHED}:
        raise ShiftRefused(
            _("活动%(state)s，不能再增减班次。")
            % {"state": activity.get_state_display()}
        )


@retried_atomic
def update_shift(
    *,
    shift: Shift,
    values: dict[str, object],
    by: User,
    now: datetime,
    moved: Collection[int] = (),
    moves_latest: bool = False,
) -> Shift:
    """Change a shift that has not started; new places are offered to who waits.

    A capacity below the places taken takes unanswered offers back and then moves the
    sign-ups numbered in `moved`, or the latest ones with `moves_latest`, to the
    waitlist. Those signed up are told of a new time or place, of the new end of an
    offer and of clashes. Raises CapacityRefused while nobody is chosen who gives way,
    ShiftRefused when the shift has started, does not fit its activity, or would no
    longer be one for minors while some are signed up; and for a new start that is
    past, or so late that who has come would have come too early.
    """
    shift = lock_shift(shift.pk)
    check_changeable(shift, now=now)
    was_for_minors = minors_refusal(shift) is None
    changed = [name for name, value in values.items() if getattr(shift, name) != value]
    if "capacity" in changed:
        if shift.posts.exists():
            raise ShiftRefused(_("该班次分岗位招募，请在“岗位”中修改名额。"))
        capacity = values["capacity"]
        make_room(
            shift,
            None,
            capacity,
            moved=moved,
            moves_latest=moves_latest,
            by=by,
            now=now,
        )
    was_at = shift.starts_at
    said = audit.edits(shift, {name: values[name] for name in changed})
    for name in changed:
        setattr(shift, name, values[name])
    check_shift(shift, shift.activity)
    if "starts_at" in changed:
        _check_new_start(shift, now=now)
    if was_for_minors and minors_refusal(shift) and _has_minors(shift):
        raise ShiftRefused(
            _("已有未满18周岁的人报名，不能改为夜间或仅限成年人，请另开一个班次。")
        )
    shift.save()
    audit.record(
        "volunteers.shift_changed",
        target=shift,
        by=by,
        fields=changed,
        changes=said,
    )
    _tell_changes(shift, set(changed), was_at=was_at, now=now)
    offer_places(shift, now=now)
    save_counts(shift)
    return shift


def _check_new_start(shift: Shift, *, now: datetime) -> None:
    """Raise ShiftRefused for a start in the past, or with check-ins for the old one.

    They would count from the new start on, whether the people came again or not.
    """
    if shift.starts_at <= now:
        raise ShiftRefused(_("开始时间已过。"))
    early = Attendance.objects.filter(
        signup__shift=shift, checked_in_at__lt=opens_at(shift)
    )
    if any(not is_taken_back(attendance) for attendance in early):
        raise ShiftRefused(
            _("已有人签到，不能推迟这么久。请取消该班次，另开一个班次。")
        )


def _has_minors(shift: Shift) -> bool:
    """Whether anybody under 18 holds or waits for a place, or comes along."""
    ages = Companion.AgeBand
    companions = Companion.objects.held().filter(group__shift=shift)
    return (
        shift.signups.live()
        .filter(volunteer__user__age_band=User.AgeBand.MINOR)
        .exists()
        or companions.filter(age_band__in=[ages.CHILD, ages.MINOR]).exists()
    )


def check_changeable(shift: Shift, *, now: datetime) -> None:
    """Raise ShiftRefused once the locked shift has started or was called off."""
    if shift.state != Shift.State.SCHEDULED or shift.starts_at <= now:
        raise ShiftRefused(_("班次已开始或已取消，不能再修改。"))


def _tell_changes(
    shift: Shift, changed: set[str], *, was_at: datetime, now: datetime
) -> None:
    if changed & {"starts_at", "ends_at", "place"}:
        shift_changed(shift, live_signups(shift), was_at=was_at)
    if "starts_at" in changed:
        _renew_offers(shift, now=now)
    if changed & {"starts_at", "ends_at"}:
        shift_clashes(shift, _clashing(shift), now=now)


def _renew_offers(shift: Shift, *, now: datetime) -> None:
    """Offers run until a new moment: the old one may lie behind the new start."""
    offered = shift.signups.select_for_update(of=("self",)).filter(
        state=Signup.State.OFFERED, offer_ends_at__gt=now
    )
    for signup in offered.select_related("volunteer").order_by("pk"):
        signup.shift = shift
        signup.offer_ends_at = offer_end(shift, now=now)
        signup.save(update_fields=["offer_ends_at"])
        offer_end_changed(signup, now=now)


def _clashing(shift: Shift) -> list[Signup]:
    """Sure sign-ups of the shift's people elsewhere at the time it has now."""
    people = shift.signups.placed().order_by().values("volunteer")
    return list(
        binding_elsewhere(shift)
        .filter(volunteer__in=people)
        .select_related("shift__activity", "volunteer")
        .order_by("pk")
    )


def live_signups(shift: Shift) -> list[Signup]:
    """Those who hold or wait for a place, with the person and their account."""
    return list(shift.signups.live().select_related("volunteer__user"))
