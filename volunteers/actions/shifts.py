"""Shifts are opened and changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_activity, lock_shift
from volunteers.actions.waitlist import offer_places, save_counts
from volunteers.models import Shift, Signup
from volunteers.notices.shifts import shift_changed

SAME_FORM = ("title", "starts_at", "ends_at", "place")


class ShiftRefused(RuleError):
    """The shift is not fit for what was asked."""


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
    if activity.state not in {Activity.State.DRAFT, Activity.State.PUBLISHED}:
        raise ShiftRefused(
            _("活动%(state)s，不能再增减班次。")
            % {"state": activity.get_state_display()}
        )
    if shift.ends_at <= shift.starts_at:
        raise ShiftRefused(_("结束时间必须晚于开始时间。"))
    if shift.starts_at < activity.starts_at or shift.ends_at > activity.ends_at:
        raise ShiftRefused(_("班次时间须在活动的起止时间之内。"))
    if shift.signup_closes_at > shift.starts_at:
        raise ShiftRefused(_("报名截止不能晚于班次开始。"))


@retried_atomic
def update_shift(
    *, shift: Shift, values: dict[str, object], by: User, now: datetime
) -> Shift:
    """Change a shift that has not started; new places are offered to who waits.

    Raises ShiftRefused when the capacity would fall below the confirmed number (the
    organiser decides who gives way, never the portal) or the shift has started.
    Those signed up are told of a new time or place.
    """
    shift = lock_shift(shift.pk)
    if shift.state != Shift.State.SCHEDULED or shift.starts_at <= now:
        raise ShiftRefused(_("班次已开始或已取消，不能再修改。"))
    if values.get("capacity", shift.capacity) < shift.taken:
        raise ShiftRefused(
            _("已有 %(taken)d 人报名，名额不能少于已报名人数。")
            % {"taken": shift.taken}
        )
    changed = [name for name, value in values.items() if getattr(shift, name) != value]
    for name in changed:
        setattr(shift, name, values[name])
    check_shift(shift, shift.activity)
    shift.save()
    offer_places(shift, now=now)
    save_counts(shift)
    audit.record("volunteers.shift_changed", target=shift, by=by, fields=changed)
    if {"starts_at", "ends_at", "place"} & set(changed):
        shift_changed(shift, live_signups(shift))
    return shift


def live_signups(shift: Shift) -> list[Signup]:
    return list(shift.signups.live().select_related("volunteer__user"))
