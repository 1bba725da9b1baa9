"""Demonstration hours: settled shifts, and every case that waits for somebody."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import Notification
from volunteers.actions import sign_up
from volunteers.actions.attendance import check_in, check_out
from volunteers.actions.certificates import issue_certificate
from volunteers.actions.corrections import correct_record
from volunteers.actions.disputes import open_dispute
from volunteers.actions.late_entries import claim_late_entry
from volunteers.actions.settlement import settle_shift
from volunteers.models import Attendance, ServiceRecord, Shift, Signup, Volunteer
from xiangcheng_portal.demo.pictures import draw_photo
from xiangcheng_portal.demo.stage import DAY, HOUR, Stage

# Eight hours on each of these days lead to the first star.
STAR_DAYS = [day for day in range(-39, -26) if day != -34]


@dataclass
class Held:
    """A shift that was held, and its sign-ups in the order of the people."""

    shift: Shift
    signups: list[Signup]


def make_hours(stage: Stage, *, dice: random.Random) -> None:
    """Past shifts of the demonstration unit, from the oldest to the newest."""
    me, people = stage.me, stage.volunteers
    first = hold(stage, -34, "宣传单发放", 9, 3, [me, people[30], people[31]])
    settle(stage, first)
    for days in STAR_DAYS:
        settle(stage, hold(stage, days, "文明监督岗", 8, 8, [me]))
    _certify(stage, -40, -30)
    _make_corrected(stage)
    _make_disputed(stage)
    _make_full_roll(stage)
    _make_long_days(stage)
    _make_late_entry(stage, dice)
    _make_waiting(stage)
    _read_messages(stage)


def _read_messages(stage: Stage) -> None:
    """Who looked in since then has read what came of all that."""
    for user in (stage.me.user, stage.unit):
        Notification.objects.visible_to(user).unread().update(read_at=stage.now)


def _make_corrected(stage: Stage) -> None:
    """Certified, corrected afterwards, certified anew; then once more, with more."""
    held = hold(stage, -24, "花坛养护", 14, 2, [stage.me, stage.volunteers[30]])
    settle(stage, held)
    _certify(stage, -28, -18)
    record = ServiceRecord.objects.get(signup=held.signups[0])
    correct_record(
        record=record,
        starts_at=record.starts_at,
        ends_at=record.ends_at + HOUR,
        reason="收尾多留了一小时，由现场负责人证实。",
        by=stage.unit,
        now=stage.now,
    )
    _certify(stage, -28, -18)
    more = hold(stage, -20, "读书会布置", 9, 2, [stage.me])
    settle(stage, more)
    _certify(stage, -28, -18)


def _make_disputed(stage: Stage) -> None:
    """The person says that they were there longer."""
    held = hold(
        stage, -15, "广场便民服务", 9, 3, [stage.me, stage.volunteers[32]], late=90
    )
    settle(stage, held)
    open_dispute(
        signup=Signup.objects.get(pk=held.signups[0].pk),
        text="九点就到了，当时在帮忙搬桌椅，忘了签到。",
        by=stage.me.user,
        now=stage.now,
    )


def _make_full_roll(stage: Stage) -> None:
    """Most came, one did not, one had asked to be excused."""
    people = stage.volunteers[22:29]
    held = hold(stage, -12, "社区义诊协助", 8, 3, people, absent=2)
    settle(stage, held, excused=[held.signups[-1].pk])


def _make_long_days(stage: Stage) -> None:
    """More than eight and more than twelve hours a day: others confirm."""
    ten = hold(stage, -8, "大型活动引导", 7, 10, stage.volunteers[32:34])
    settle(stage, ten)
    thirteen = hold(stage, -7, "活动保障值守", 7, 13, stage.volunteers[34:35])
    settle(stage, thirteen)


def _make_late_entry(stage: Stage, dice: random.Random) -> None:
    starts_at = stage.at(-10, 14)
    claim_late_entry(
        volunteer=stage.me,
        activity=stage.activities["daily"],
        starts_at=starts_at,
        ends_at=starts_at + 2 * HOUR,
        reason="临时帮忙布置展板，当天没有开班次。",
        proof=draw_photo(dice),
        now=stage.now,
    )


def _make_waiting(stage: Stage) -> None:
    """Over and not settled; one of them forgot to check out."""
    held = hold(stage, -2, "楼道清理", 9, 2, stage.volunteers[35:38], absent=1)
    _come(stage, held, stage.volunteers[38], leaves=False)


def hold(
    stage: Stage,
    days: int,
    title: str,
    hour: int,
    length: int,
    people: Sequence[Volunteer],
    *,
    absent: int = 0,
    late: int = 0,
    activity: str = "daily",
) -> Held:
    """A past shift; all but the last `absent` came, the first `late` minutes late."""
    starts_at = stage.at(days, hour)
    shift = stage.shift(activity, title, starts_at, starts_at + length * HOUR)
    held = Held(shift, [])
    for number, volunteer in enumerate(people):
        if number < len(people) - absent:
            _come(stage, held, volunteer, late=0 if number else late)
        else:
            held.signups.append(_signed_up(shift, volunteer))
    return held


def _signed_up(shift: Shift, volunteer: Volunteer) -> Signup:
    return sign_up(shift=shift, volunteer=volunteer, now=shift.starts_at - 3 * DAY)


def _come(
    stage: Stage,
    held: Held,
    volunteer: Volunteer,
    *,
    late: int = 0,
    leaves: bool = True,
) -> None:
    signup = _signed_up(held.shift, volunteer)
    came_at = held.shift.starts_at + timedelta(minutes=late)
    method, by = Attendance.Method.ROLL, stage.unit
    check_in(signup=signup, method=method, by=by, now=came_at)
    if leaves:
        check_out(signup=signup, method=method, by=by, now=held.shift.ends_at)
    held.signups.append(signup)


def settle(stage: Stage, held: Held, excused: Sequence[int] = ()) -> None:
    """Settle it the day after."""
    now = held.shift.ends_at + DAY
    settle_shift(shift=held.shift, excused=excused, by=stage.unit, now=now)


def _certify(stage: Stage, first: int, last: int) -> None:
    today = timezone.localdate(stage.now)
    issue_certificate(
        volunteer=stage.me,
        from_on=today + first * DAY,
        until_on=today + last * DAY,
        by=stage.me.user,
        now=stage.now,
    )
