"""Rows of the lists of shifts: plain values, every date written once.

A list is asked for most often of all pages. Its rows are read as tuples, without a
model instance for each of six joined tables, and reach a flat template.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from core.dates import WEEKDAYS, clock_text
from volunteers.models import Shift, Signup, status_of

FIELDS = [
    "pk",
    "starts_at",
    "ends_at",
    "signup_closes_at",
    "title",
    "place",
    "capacity",
    "taken",
    "waiting",
    "state",
    "activity__title",
    "activity__pillar__code",
    "activity__pillar__title",
    "community__name",
    "community__subdistrict__name",
]
STATUS_LABELS = dict(Shift.Status.choices)
SIGNUP_LABELS = dict(Signup.State.choices)


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift as a list shows it. `state` and `label`: one's own sign-up, if any.

    Figures are texts: a template spends more on writing a number than on a text.
    """

    pk: int
    url: str
    activity: str
    post: str
    iso_day: str
    month: str
    day: str
    weekday: str
    clock: str
    where: str
    pillar_code: str
    pillar_title: str
    state: str
    label: str
    taken: str
    capacity: str
    waiting: str
    is_full: bool


def shift_rows(
    rows: Iterable[tuple], *, own: dict[int, str], now: datetime
) -> list[ShiftRow]:
    """The rows of FIELDS as a list shows them.

    `own` is a dict of shift id to the state of the reader's live sign-up.
    """
    # One lookup of the path for the whole list; the number takes the place of 0.
    before, _zero, behind = reverse("volunteers:shift_detail", args=[0]).rpartition("0")
    return [_row(row, own, now, (before, behind)) for row in rows]


def position_of(row: tuple) -> str:
    """Where the next page starts: the start and number of the last row."""
    return f"{row[1].isoformat()}_{row[0]}"


def _row(
    row: tuple, own: dict[int, str], now: datetime, path: tuple[str, str]
) -> ShiftRow:
    (pk, starts_at, ends_at, closes_at, post, place, capacity, taken, waiting, state,
     activity, pillar_code, pillar_title, community, street) = row  # fmt: skip
    start = timezone.localtime(starts_at)
    is_full = taken >= capacity
    shown = own.get(pk)
    label = SIGNUP_LABELS.get(shown)
    if shown is None:
        shown = status_of(
            state, starts_at, ends_at, closes_at, has_places=not is_full, now=now
        )
        label = STATUS_LABELS[shown]
    return ShiftRow(
        pk=pk,
        url=f"{path[0]}{pk}{path[1]}",
        activity=activity,
        post=post,
        iso_day=f"{start:%Y-%m-%d}",
        month=str(start.month),
        day=str(start.day),
        weekday=WEEKDAYS[start.weekday()],
        clock=clock_text(starts_at, ends_at),
        where=f"{street} · {community}" if community else place,
        pillar_code=pillar_code,
        pillar_title=pillar_title,
        state=shown,
        label=str(label),
        taken=str(taken),
        capacity=str(capacity),
        waiting=str(waiting or ""),
        is_full=is_full,
    )
