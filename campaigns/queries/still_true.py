"""Whether what was said about whistles, tasks and honours holds when it is sent.

Each takes (number of the record, slot) pairs and gives back those that hold; a fixed
number of queries, however many.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import models
from django.utils import timezone

from campaigns.models import Honor, Task, TaskAssignment, Whistle, WhistleResponse

Pairs = Collection[tuple[int, str]]


def clocks_overdue(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Alerts of a whistle that waits for dispatch, or of a unit that is late.

    Both are said under one kind; the due date in the slot tells which is meant.
    """
    late = {"due_at__lt": now}
    waiting = _due(pairs, Whistle.objects.filter(state=Whistle.State.ISSUED, **late))
    asked = _due(
        pairs,
        WhistleResponse.objects.filter(state__in=WhistleResponse.OPEN_STATES, **late),
    )
    due = waiting | asked
    return {(pk, slot) for pk, slot in pairs if (pk, slot.rpartition("-")[0]) in due}


def ratings_awaited(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Recalls of whistles that were delivered, until the same moment."""
    rows = Whistle.objects.filter(state__in=Whistle.ANSWERABLE_STATES, due_at__gt=now)
    return _due(pairs, rows) & set(pairs)


def ratings_open(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """News of whistles whose community has not said its word."""
    return _still(pairs, Whistle.objects.filter(state__in=Whistle.ANSWERABLE_STATES))


def answers_awaited(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Calls to units that have not answered."""
    return _still(
        pairs, WhistleResponse.objects.filter(state=WhistleResponse.State.ASKED)
    )


def responses_open(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Calls to units that have something to do."""
    return _still(
        pairs, WhistleResponse.objects.filter(state__in=WhistleResponse.OPEN_STATES)
    )


def tasks_due_soon(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Recalls of tasks due on the day they name, with something left to do."""
    open_work = TaskAssignment.objects.open().filter(task=models.OuterRef("pk"))
    rows = Task.objects.issued().filter(
        models.Exists(open_work), due_on__gte=timezone.localdate(now)
    )
    return _dated(pairs, rows, "due_on")


def tasks_overdue(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Alerts of tasks overdue since the day they name, with something left to do.

    The first step speaks to the units in its slot: what they have done themselves is
    not called overdue.
    """
    rows = TaskAssignment.objects.open().filter(
        task__in=_of(pairs, Task.objects.issued()).values("pk"),
        task__due_on__lt=timezone.localdate(now),
    )
    left: dict[tuple[int, str], set[str]] = {}
    for task, due_on, row in rows.values_list("task_id", "task__due_on", "pk"):
        left.setdefault((task, due_on.isoformat()), set()).add(str(row))
    return {pair for pair in pairs if _has_work_left(*pair, left)}


def _has_work_left(pk: int, slot: str, left: dict[tuple[int, str], set[str]]) -> bool:
    rest, _dash, named = slot.rpartition("-")
    due_on, _dash, step = rest.rpartition("-")
    rows = left.get((pk, due_on), set())
    if step == "1" and not named.endswith("+"):
        rows = rows.intersection(named.split("."))
    return bool(rows)


def honor_checks_due(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Recalls of honours that are to be checked by the day they name."""
    rows = Honor.objects.filter(
        state=Honor.State.AWARDED, check_due_on__gte=timezone.localdate(now)
    )
    return _dated(pairs, rows, "check_due_on")


def _still(pairs: Pairs, rows: models.QuerySet) -> set[tuple[int, str]]:
    held = set(_of(pairs, rows).values_list("pk", flat=True))
    return {(pk, slot) for pk, slot in pairs if pk in held}


def _due(pairs: Pairs, rows: models.QuerySet) -> set[tuple[int, str]]:
    """The rows that are spoken of, each with the moment it is due."""
    moments: list[tuple[int, datetime]] = _of(pairs, rows).values_list("pk", "due_at")
    return {(pk, moment.isoformat()) for pk, moment in moments}


def _dated(pairs: Pairs, rows: models.QuerySet, field: str) -> set[tuple[int, str]]:
    days: list[tuple[int, date]] = _of(pairs, rows).values_list("pk", field)
    return {(pk, day.isoformat()) for pk, day in days} & set(pairs)


def _of(pairs: Pairs, rows: models.QuerySet) -> models.QuerySet:
    return rows.filter(pk__in={pk for pk, _slot in pairs}).order_by()
