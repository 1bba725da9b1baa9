"""Rows of the lists of shifts: plain values, every date written once.

A list is asked for most often of all pages. Its rows are read as tuples, without a
model instance for each of six joined tables, and reach a flat template.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.urls import reverse
from django.utils import timezone

from core.dates import WEEKDAYS, clock_between
from volunteers.models import Shift, Signup, status_of
from volunteers.queries.fitting import Candidate, Work

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
    "signup_opens_at",
    "waitlist_capacity",
    "is_adults_only",
    "activity__state",
    "activity__risk",
]
STATUS_LABELS = dict(Shift.Status.choices)
SIGNUP_LABELS = dict(Signup.State.choices)


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift as a list shows it. `state` and `label`: one's own sign-up, if any.

    `reason` says why the reader cannot sign up, or is empty.

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
    reason: str


def shift_rows(
    rows: Iterable[tuple],
    *,
    own: dict[int, str],
    now: datetime,
    reasons: dict[int, str] | None = None,
) -> list[ShiftRow]:
    """The rows of FIELDS as a list shows them.

    `own` is a dict of shift id to the state of the reader's live sign-up, `reasons`
    one to why the reader cannot sign up.
    """
    # One lookup of the path for the whole list; the number takes the place of 0.
    before, _zero, behind = reverse("volunteers:shift_detail", args=[0]).rpartition("0")
    reasons = reasons or {}
    zone = timezone.get_current_timezone()
    return [
        _row(row, own, now, (before, behind), reasons.get(row[0], ""), zone)
        for row in rows
    ]


def candidates_of(rows: Iterable[tuple]) -> list[Candidate]:
    """What the rules of signing up ask of the rows of FIELDS."""
    return [
        Candidate(
            pk=row[0],
            starts_at=row[1],
            ends_at=row[2],
            signup_closes_at=row[3],
            capacity=row[6],
            taken=row[7],
            waiting=row[8],
            state=row[9],
            signup_opens_at=row[15],
            waitlist_capacity=row[16],
            is_adults_only=row[17],
            activity=Work(state=row[18], risk=row[19]),
        )
        for row in rows
    ]


def position_of(row: tuple) -> str:
    """Where the next page starts: the start and number of the last row."""
    return f"{row[1].isoformat()}_{row[0]}"


def _row(
    row: tuple,
    own: dict[int, str],
    now: datetime,
    path: tuple[str, str],
    reason: str,
    zone: tzinfo,
) -> ShiftRow:
    (pk, starts_at, ends_at, closes_at, post, place, capacity, taken, waiting, state,
     activity, pillar_code, pillar_title, community, street, *_rest) = row  # fmt: skip
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
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
        iso_day=start.date().isoformat(),
        month=str(start.month),
        day=str(start.day),
        weekday=WEEKDAYS[start.weekday()],
        clock=clock_between(start, end),
        where=f"{street} · {community}" if community else place,
        pillar_code=pillar_code,
        pillar_title=pillar_title,
        state=shown,
        label=str(label),
        taken=str(taken),
        capacity=str(capacity),
        waiting=str(waiting or ""),
        is_full=is_full,
        reason=reason,
    )
