"""Reads of shifts and sign-ups."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from accounts.models import User
from volunteers.models import Shift, Signup

PAGE_SIZE = 25


def shift_page(filters: dict[str, object], *, now: datetime) -> tuple[list[Shift], str]:
    """One page of upcoming shifts and where the next one starts ("" at the end).

    Pages by key, not by number: page 2,000 costs what page 1 costs. `filters` is the
    cleaned data of ShiftFilterForm.
    """
    shifts = _filtered(Shift.objects.listed().upcoming(now), filters)
    if after := filters.get("after"):
        moment, pk = after
        shifts = shifts.filter(
            models.Q(starts_at__gt=moment) | models.Q(starts_at=moment, pk__gt=pk)
        ).filter(starts_at__gte=moment)
    rows = list(
        shifts.select_related(
            "activity__pillar", "activity__organization", "community__subdistrict"
        )[: PAGE_SIZE + 1]
    )
    page = rows[:PAGE_SIZE]
    if len(rows) <= PAGE_SIZE:
        return page, ""
    last = page[-1]
    return page, f"{last.starts_at.isoformat()}_{last.pk}"


def _filtered(shifts: models.QuerySet, filters: dict[str, object]) -> models.QuerySet:
    if filters.get("street"):
        shifts = shifts.filter(community__subdistrict=filters["street"])
    if filters.get("community"):
        shifts = shifts.filter(community=filters["community"])
    if filters.get("pillar"):
        shifts = shifts.filter(activity__pillar=filters["pillar"])
    if filters.get("places"):
        shifts = shifts.filter(taken__lt=models.F("capacity"))
    if day := filters.get("date"):
        start = timezone.make_aware(datetime.combine(day, time.min))
        shifts = shifts.filter(
            starts_at__gte=start, starts_at__lt=start + timedelta(days=1)
        )
    return shifts


def next_shifts(count: int, *, now: datetime) -> models.QuerySet:
    """The next shifts with a place for everybody to see."""
    return (
        Shift.objects.listed()
        .upcoming(now)
        .filter(signup_closes_at__gt=now, taken__lt=models.F("capacity"))
        .select_related("activity__pillar", "community__subdistrict")[:count]
    )


def live_signups(user: User, shifts: list[Shift]) -> dict[int, Signup]:
    """Dict of shift id to the user's live sign-up, for the shifts given."""
    if not user.is_authenticated or not shifts:
        return {}
    signups = Signup.objects.live().filter(
        volunteer__user=user, shift__in=[shift.pk for shift in shifts]
    )
    return {signup.shift_id: signup for signup in signups}


def signups_of(user: User) -> models.QuerySet:
    """A person's sign-ups with shift and activity."""
    return Signup.objects.filter(volunteer__user=user).select_related(
        "shift__activity__pillar", "shift__community"
    )
