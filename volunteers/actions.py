"""Writes to shifts and sign-ups. One function signs people up; everybody calls it.

Locks are taken in one order: activity, person, shift, sign-up; ids ascending (TRAPS).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Notification, User
from campaigns.actions import cancel_activity
from campaigns.actions.activities import locked_activity
from campaigns.models import Activity
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers import notices
from volunteers.models import Shift, Signup, Volunteer
from volunteers.rules import (
    SignupClosed,
    SignupRefused,
    clashing_signup,
    signup_refusal,
)

PROMOTION_CANDIDATES = 20
SAME_FORM = ("title", "starts_at", "ends_at", "place")


class ShiftRefused(RuleError):
    """The shift is not fit for what was asked."""


def lock_shift(pk: int) -> Shift:
    """The shift with its row locked until the transaction ends."""
    return (
        Shift.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=pk)
    )


def lock_volunteers(pks: list[int], *, skip_locked: bool = False) -> list[Volunteer]:
    """The people with their rows locked, ids ascending."""
    return list(
        Volunteer.objects.select_for_update(of=("self",), skip_locked=skip_locked)
        .select_related("user")
        .filter(pk__in=pks)
        .order_by("pk")
    )


def volunteer_of(user: User) -> Volunteer:
    """The person's volunteer record, made at first use."""
    return Volunteer.objects.select_related("user").get_or_create(user=user)[0]


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
    _save_counts(shift)
    audit.record(
        f"volunteers.signup_{signup.state}",
        target=signup,
        by=volunteer.user,
        position=signup.position,
    )
    notices.signup_made(signup)
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
    lock_volunteers([signup.volunteer_id, *_first_waiting(signup.shift_id)])
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
    promoted = _promote(shift, now=now)
    _save_counts(shift)
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
    notices.signup_cancelled(signup)
    if by.pk != signup.volunteer.user_id:
        signup.reason = reason
        signup.save(update_fields=["reason"])
        notices.signup_cancelled_by_organizer(signup)


def _first_waiting(shift_id: int, places: int = 1) -> list[int]:
    """Who waits longest, as volunteer ids: enough for the places, some may clash."""
    waiting = Signup.objects.filter(shift_id=shift_id).waitlisted()
    most = places + PROMOTION_CANDIDATES
    return list(waiting.values_list("volunteer_id", flat=True)[:most])


def _promote(shift: Shift, *, now: datetime) -> list[Signup]:
    """Give the free places of the locked shift to the longest-waiting people.

    The caller has locked who waited before it locked the shift. Who came in between
    is locked here without waiting, against the order, so that nobody deadlocks.
    """
    freeze = timedelta(hours=settings.PROMOTION_FREEZE_HOURS)
    if not (shift.has_places and shift.waiting) or shift.starts_at - freeze <= now:
        return []
    first = _first_waiting(shift.pk, shift.places_left)
    people = {person.pk: person for person in lock_volunteers(first, skip_locked=True)}
    promoted = []
    for signup in shift.signups.waitlisted().filter(volunteer__in=people):
        signup.shift, signup.volunteer = shift, people[signup.volunteer_id]
        if shift.has_places and clashing_signup(shift, signup.volunteer) is None:
            signup.move_to(Signup.State.CONFIRMED, by=None)
            shift.waiting -= 1
            shift.taken += 1
            notices.signup_promoted(signup)
            promoted.append(signup)
    return promoted


def _save_counts(shift: Shift) -> None:
    shift.save(update_fields=["taken", "waiting", "next_position"])


@transaction.atomic
def open_shift(*, shift: Shift, by: User) -> Shift:
    """Add a shift to an activity that is a draft or published.

    Raises ShiftRefused for another state, a time outside the activity's, or a shift
    that is there already (the form was sent twice).
    """
    activity = _lock_activity(shift.activity_id)
    _check_shift(shift, activity)
    same = {name: getattr(shift, name) for name in SAME_FORM}
    if activity.shifts.filter(state=Shift.State.SCHEDULED, **same).exists():
        raise ShiftRefused(_("已有时间、地点和名称都相同的班次。"))
    shift.save()
    audit.record("volunteers.shift_opened", target=shift, by=by)
    return shift


def _lock_activity(pk: int) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).get(pk=pk)


def _check_shift(shift: Shift, activity: Activity) -> None:
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
    """Change a shift that has not started; raised capacity promotes from the waitlist.

    Raises ShiftRefused when the capacity would fall below the confirmed number (the
    organiser decides who gives way, never the portal) or the shift has started.
    Those signed up are told of a new time or place.
    """
    more = max(values.get("capacity", shift.capacity) - shift.taken, 0)
    lock_volunteers(_first_waiting(shift.pk, more))
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
    _check_shift(shift, shift.activity)
    shift.save()
    _promote(shift, now=now)
    _save_counts(shift)
    audit.record("volunteers.shift_changed", target=shift, by=by, fields=changed)
    if {"starts_at", "ends_at", "place"} & set(changed):
        notices.shift_changed(shift, _live_signups(shift))
    return shift


def _live_signups(shift: Shift) -> list[Signup]:
    return list(shift.signups.live().select_related("volunteer__user"))


@retried_atomic
def cancel_shift(*, shift: Shift, reason: str, by: User, now: datetime) -> Shift:
    """Cancel a shift: everybody is told once, all rows are kept.

    Raises ShiftRefused without a reason, or once it has started.
    """
    shift = lock_shift(shift.pk)
    signups = _call_off(shift, reason=reason, by=by, now=now)
    notices.shift_cancelled(shift, signups, reason=reason.strip())
    return shift


def _call_off(shift: Shift, *, reason: str, by: User, now: datetime) -> list[Signup]:
    """Move a locked shift to cancelled; returns the live sign-ups it had."""
    if not reason.strip():
        raise ShiftRefused(_("取消班次必须写明理由。"))
    if shift.starts_at <= now:
        raise ShiftRefused(_("班次已开始，不能取消。"))
    signups = _live_signups(shift)
    shift.move_to(Shift.State.CANCELLED, by=by, reason=reason.strip())
    for signup in signups:
        signup.shift = shift
        notices.signup_cancelled(signup)
    return signups


@retried_atomic
def cancel_activity_with_shifts(
    *, activity: Activity, reason: str, by: User, now: datetime
) -> Activity:
    """Cancel an activity and every shift of it that has not started.

    Each person is told once. Source: PRODUCT section 4, places.
    """
    # First, so that no shift is being opened meanwhile; its campaign before it.
    locked_activity(activity)
    shifts = Shift.objects.filter(
        activity=activity, state=Shift.State.SCHEDULED, starts_at__gt=now
    ).order_by("pk")
    signups: list[Signup] = []
    for pk in list(shifts.values_list("pk", flat=True)):
        signups += _call_off(lock_shift(pk), reason=reason, by=by, now=now)
    activity = cancel_activity(activity=activity, reason=reason, by=by)
    notices.activity_cancelled(activity, signups, reason=reason.strip())
    return activity


@transaction.atomic
def save_volunteer(*, volunteer: Volunteer, by: User) -> Volunteer:
    """Keep what a person changed about themselves; returns their one record."""
    if volunteer.pk is None:
        held = volunteer_of(volunteer.user)  # it may have been made a moment ago
        for name in ("home_community", "guardian_name", "guardian_consented_at"):
            setattr(held, name, getattr(volunteer, name))
        volunteer = held
    volunteer.save()
    audit.record("volunteers.volunteer_changed", target=volunteer, by=by)
    return volunteer


def plan_shift_reminders(*, now: datetime) -> int:
    """Write the reminders that are due now; returns how many sign-ups were looked at.

    A reminder is due `SHIFT_REMINDER_HOURS` before the start and stale
    `REMINDER_STALE_HOURS` later: stale ones are dropped, not sent late. The slot
    holds the start, so a moved shift is reminded anew and a second run says nothing.
    Source: PRODUCT section 4, reminders.
    """
    stale = timedelta(hours=settings.REMINDER_STALE_HOURS)
    planned = 0
    for hours in settings.SHIFT_REMINDER_HOURS:
        lead = timedelta(hours=hours)
        due = Shift.objects.filter(
            state=Shift.State.SCHEDULED,
            activity__state=Activity.State.PUBLISHED,
            starts_at__gt=max(now, now + lead - stale),
            starts_at__lte=now + lead,
        ).values_list("pk", flat=True)
        planned += sum(_remind(pk, hours, before=now + lead) for pk in due)
    return planned


@transaction.atomic
def _remind(shift_id: int, hours: int, *, before: datetime) -> int:
    shift = lock_shift(shift_id)
    if shift.state != Shift.State.SCHEDULED or shift.starts_at > before:
        return 0  # cancelled or moved since it was listed
    slot = f"T-{hours}@{shift.starts_at:%Y%m%dT%H%MZ}"
    said = Notification.objects.filter(
        kind=notices.SHIFT_REMINDER,
        object_type=Signup._meta.label,
        slot=slot,
        object_id__in=shift.signups.values("pk"),
    ).values("object_id")
    signups = list(
        shift.signups.confirmed().exclude(pk__in=said).select_related("volunteer")
    )
    notices.shift_reminders(shift, signups, slot=slot)
    return len(signups)
