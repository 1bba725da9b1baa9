"""Reads of the day: who is expected, who came, what one may do oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import RuleError
from core.text import pinyin_of
from volunteers.day_rules import (
    already_text,
    check_in_refusal,
    check_out_refusal,
    day_refusal,
    is_day,
    is_taken_back,
    opens_at,
)
from volunteers.models import Attendance, Shift, ShiftPost, Signup
from volunteers.permissions import can_run_day
from volunteers.queries.volunteers import own_volunteer
from volunteers.rules import signup_refusal

ROWS_A_PAGE = 50
BY_THE_PERSON = Attendance.Method.SCREEN


@dataclass(frozen=True)
class RollRow:
    """One sign-up on the leader's list; a mistaken tap counts as not come."""

    signup: Signup
    attendance: Attendance | None
    spelled: str = ""

    @property
    def state(self) -> str:
        """What the list shows: expected, in or out."""
        if self.attendance is None:
            return "expected"
        return "in" if self.attendance.checked_out_at is None else "out"

    @property
    def can_undo_check_in(self) -> bool:
        """Whether the check-in was a tap of somebody else, to be taken back."""
        return self.state == "in" and (self.attendance.check_in_method != BY_THE_PERSON)


@dataclass(frozen=True)
class DayCounts:
    """Heads of a shift: expected, come so far, there now."""

    expected: int
    came: int
    there: int


def day_counts(shift: Shift) -> DayCounts:
    """The heads of a shift, counted anew."""
    came = models.Q(attendance__isnull=False) & (
        models.Q(attendance__checked_out_at=None)
        | models.Q(attendance__checked_out_at__gt=models.F("attendance__checked_in_at"))
    )
    there = models.Q(attendance__isnull=False, attendance__checked_out_at=None)
    sums = shift.signups.on_roll().aggregate(
        expected=models.Sum("heads"),
        came=models.Sum("attendance__heads", filter=came),
        there=models.Sum("attendance__heads", filter=there),
    )
    return DayCounts(**{name: value or 0 for name, value in sums.items()})


def roll_page(shift: Shift, *, text: str, number: object) -> Page:
    """A page of RollRow, by pinyin of the name; `text` is part of name or pinyin."""
    people = shift.signups.on_roll().values_list(
        "pk", "volunteer__user__display_name", "volunteer__user__username"
    )
    spelled = {pk: (name or username) for pk, name, username in people}
    words = {pk: " ".join([name, *pinyin_of(name)]) for pk, name in spelled.items()}
    sought = text.replace(" ", "").lower()
    found = [pk for pk, word in words.items() if sought in word.lower()]
    found.sort(key=lambda pk: (pinyin_of(spelled[pk])[0], pk))
    page = Paginator(found, ROWS_A_PAGE).get_page(number)
    page.object_list = roll_rows(shift, list(page.object_list), words)
    return page


def roll_rows(
    shift: Shift, pks: Sequence[int], words: dict[int, str] | None = None
) -> list[RollRow]:
    """The rows of these sign-ups of the shift, in this order."""
    signups = (
        shift.signups.on_roll()
        .filter(pk__in=pks)
        .select_related("volunteer__user", "post")
    )
    came = {
        row.signup_id: row
        for row in Attendance.objects.filter(signup__in=pks)
        if not is_taken_back(row)
    }
    rows = {
        signup.pk: RollRow(
            signup, came.get(signup.pk), (words or {}).get(signup.pk, "")
        )
        for signup in signups
    }
    return [rows[pk] for pk in pks if pk in rows]


@dataclass(frozen=True)
class OwnDay:
    """What a person can do at a shift by the code on the screen.

    `deed` is in, out, walk_in or nothing; then `refusal` says why.
    """

    signup: Signup | None
    attendance: Attendance | None
    deed: str
    refusal: RuleError | None
    posts: Sequence[ShiftPost] = ()


def own_day(shift: Shift, user: User, *, now: datetime) -> OwnDay:
    """What the signed-in person can do at the shift now."""
    signup = shift.signups.kept().filter(volunteer__user_id=user.pk).first()
    if signup is None or signup.state == Signup.State.WAITLISTED:
        return _at_the_door(shift, user, signup, now=now)
    signup.shift = shift
    attendance = Attendance.objects.filter(signup=signup).first()
    if attendance is not None and is_taken_back(attendance):
        attendance = None
    deed, judge = "in", check_in_refusal
    if attendance is not None:
        deed, judge = "out", check_out_refusal
    refusal = judge(signup, attendance, method=BY_THE_PERSON, moment=now)
    return OwnDay(signup, attendance, "" if refusal else deed, refusal)


def _at_the_door(
    shift: Shift, user: User, signup: Signup | None, *, now: datetime
) -> OwnDay:
    refusal = day_refusal(shift, now) or signup_refusal(
        shift, own_volunteer(user), now=now, is_walk_in=True
    )
    if refusal:
        return OwnDay(signup, None, "", refusal)
    posts = [post for post in shift.posts.select_related("skill") if post.places_left]
    return OwnDay(signup, None, "walk_in", None, posts)


def day_part(
    user: User, shift: Shift, signup: Signup | None, *, now: datetime
) -> dict[str, object]:
    """What the shift's page says about its day: `runs`, and `own` in words."""
    is_soon = now >= opens_at(shift) - timedelta(days=1)
    if not is_soon or shift.state != Shift.State.SCHEDULED:
        return {"runs": False, "own": ""}
    own = ""
    if signup and signup.state == Signup.State.CONFIRMED and is_day(shift, now):
        came = Attendance.objects.filter(signup=signup).first()
        if came is None or is_taken_back(came):
            own = _("到场后扫负责人屏幕上的二维码签到，离开时再扫一次签退。")
        else:
            own = already_text(came)
    return {"runs": can_run_day(user, shift), "own": own}


def signups_run_by(user: User, volunteer_id: int, *, now: datetime) -> list[RollRow]:
    """Places of a person in today's shifts whose day the user runs."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    signups = (
        Signup.objects.on_roll()
        .filter(
            volunteer_id=volunteer_id,
            shift__state=Shift.State.SCHEDULED,
            shift__starts_at__lt=start
            + timedelta(days=1, hours=settings.CHECK_IN_HOURS),
            shift__ends_at__gte=start - timedelta(hours=settings.CHECK_OUT_HOURS),
        )
        .select_related("volunteer__user", "post", "shift__activity__organization")
        .order_by("shift__starts_at", "pk")
    )
    run = [signup for signup in signups if can_run_day(user, signup.shift)]
    came = {
        row.signup_id: row
        for row in Attendance.objects.filter(signup__in=run)
        if not is_taken_back(row)
    }
    return [RollRow(signup, came.get(signup.pk)) for signup in run]
