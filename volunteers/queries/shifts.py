"""Reads of shifts for lists."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models import Community
from volunteers.models import Shift, Signup
from volunteers.queries.listing import FIELDS, ShiftRow, position_of, shift_rows

PAGE_SIZE = 25


def shift_page(
    filters: dict[str, object], *, user: User, now: datetime
) -> tuple[list[ShiftRow], str]:
    """One page of upcoming shifts and where the next one starts ("" at the end).

    Pages by key, not by number: page 2,000 costs what page 1 costs. `filters` is the
    cleaned data of ShiftFilterForm; the user's own sign-ups stand in the rows.
    """
    shifts = _filtered(Shift.objects.listed().upcoming(now), filters)
    if after := filters.get("after"):
        moment, pk = after
        shifts = shifts.filter(
            models.Q(starts_at__gt=moment) | models.Q(starts_at=moment, pk__gt=pk)
        ).filter(starts_at__gte=moment)
    rows = list(shifts.values_list(*FIELDS)[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    own = _live_states(user, [row[0] for row in page])
    after = position_of(page[-1]) if len(rows) > PAGE_SIZE else ""
    return shift_rows(page, own=own, now=now), after


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


def next_shifts(count: int, *, now: datetime) -> list[ShiftRow]:
    """The next shifts with a place for everybody to see."""
    shifts = (
        Shift.objects.listed()
        .upcoming(now)
        .filter(signup_closes_at__gt=now, taken__lt=models.F("capacity"))
    )
    return shift_rows(shifts.values_list(*FIELDS)[:count], own={}, now=now)


def shifts_of_community(
    community: Community, count: int, *, user: User, now: datetime
) -> list[ShiftRow]:
    """The next shifts in a community, full ones too, with the user's own sign-ups."""
    shifts = Shift.objects.listed().upcoming(now).filter(community=community)
    rows = list(shifts.values_list(*FIELDS)[:count])
    own = _live_states(user, [row[0] for row in rows])
    return shift_rows(rows, own=own, now=now)


def _live_states(user: User, shift_ids: list[int]) -> dict[int, str]:
    if not user.is_authenticated or not shift_ids:
        return {}
    signups = Signup.objects.live().filter(
        volunteer__user_id=user.pk, shift_id__in=shift_ids
    )
    return dict(signups.values_list("shift_id", "state"))
