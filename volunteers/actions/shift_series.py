"""Several shifts are added to an activity at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core import audit
from core.dates import day_text, span_text
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_activity
from volunteers.actions.shifts import ShiftRefused, check_shift, check_takes_shifts
from volunteers.models import Shift, ShiftPost
from volunteers.queries.shift_series import copied_to, key_of, keys_of, shifts_of_day

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Opened:
    """What was added, and what had been there before."""

    made: list[Shift]
    skipped: list[Shift]


@retried_atomic
def open_shifts(
    *, activity: Activity, shifts: Sequence[Shift], by: User, now: datetime
) -> Opened:
    """Add several shifts, all or none; one that is there already is skipped.

    So a form sent twice makes none twice. Raises ShiftRefused naming the shift that
    has begun or does not fit the activity.
    """
    activity = lock_activity(activity.pk)
    check_takes_shifts(activity)
    _check_number(len(shifts))
    return _open_all(activity, [(shift, []) for shift in shifts], by=by, now=now)


@retried_atomic
def copy_day(
    *, activity: Activity, day: date, to: Sequence[date], by: User, now: datetime
) -> Opened:
    """Add all shifts of a day, with their posts, on other days too.

    Those that are there already are skipped. Raises ShiftRefused when the day has no
    shift, or a copy has begun or does not fit the activity.
    """
    activity = lock_activity(activity.pk)
    check_takes_shifts(activity)
    shifts = shifts_of_day(activity, day)
    if not shifts:
        raise ShiftRefused(_("%(day)s没有班次。") % {"day": day_text(day)})
    wanted = sorted(set(to) - {day})
    _check_number(len(shifts) * len(wanted))
    rows = [
        (copied_to(shift, other), list(shift.posts.all()))
        for shift in shifts
        for other in wanted
    ]
    return _open_all(activity, rows, by=by, now=now)


def _check_number(count: int) -> None:
    if not count:
        raise ShiftRefused(_("没有要添加的班次。"))
    if count > MOST_AT_ONCE:
        raise ShiftRefused(_("一次最多添加 %(most)d 个班次。") % {"most": MOST_AT_ONCE})


def _open_all(
    activity: Activity,
    rows: Sequence[tuple[Shift, list[ShiftPost]]],
    *,
    by: User,
    now: datetime,
) -> Opened:
    """Add shifts with copies of the posts given; the activity is locked."""
    there = keys_of(activity)
    opened = Opened([], [])
    for shift, posts in rows:
        if key_of(shift) in there:
            opened.skipped.append(shift)
            continue
        there.add(key_of(shift))
        check_coming(shift, activity, now=now)
        shift.save()
        ShiftPost.objects.bulk_create(
            ShiftPost(
                shift=shift, title=post.title, skill=post.skill, capacity=post.capacity
            )
            for post in posts
        )
        audit.record("volunteers.shift_opened", target=shift, by=by)
        opened.made.append(shift)
    return opened


def check_coming(shift: Shift, activity: Activity, *, now: datetime) -> None:
    """Raise ShiftRefused, naming its time, when the activity takes no such shift."""
    try:
        if shift.starts_at <= now:
            raise ShiftRefused(_("开始时间已过。"))
        check_shift(shift, activity)
    except ShiftRefused as error:
        span = span_text(shift.starts_at, shift.ends_at)
        raise ShiftRefused(
            _("%(span)s：%(why)s") % {"span": span, "why": error}
        ) from error
