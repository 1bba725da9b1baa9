"""Fulfilled assignments that lack an activity again; called under the campaign's lock.

Apart from the other writes to tasks, which stand on those to activities.
"""

from django.db import models

from accounts.models import User
from campaigns.models import Activity, Task, TaskAssignment
from campaigns.notices import tasks as notices
from campaigns.queries.task_work import counted_activities

State = TaskAssignment.State


def reopen_assignments_of(activity: Activity, by: User | None) -> None:
    """Take back what rested on an activity that was returned or cancelled.

    Fulfilled assignments left with too few activities are under way again, and the
    organisation is told; those of closed tasks stay. The caller holds the locks of
    the campaign and the activity.
    """
    rows = TaskAssignment.objects.filter(
        pk__in=_holders_of(activity),
        state=State.FULFILLED,
        task__state=Task.State.ISSUED,
    ).order_by()
    tasks = Task.objects.select_for_update(no_key=True).order_by("pk")
    for task in tasks.filter(pk__in=set(rows.values_list("task", flat=True))):
        for row in _locked(rows.filter(task=task)):
            row.task = task
            if counted_activities([row])[row.pk] < task.needed_count:
                _reopen(row, activity, by)


def _holders_of(activity: Activity) -> set[int]:
    """Numbers of the assignments it was given for, and of those that continue them."""
    held: set[int] = set()
    links = activity.task_links.order_by()
    found = set(links.values_list("assignment_id", flat=True))
    while found - held:
        held |= found
        ended = TaskAssignment.objects.filter(pk__in=found).order_by()
        heirs = set(ended.values_list("continued_by_id", flat=True)) - {None}
        found = heirs - held
    return held


def _locked(rows: models.QuerySet) -> list[TaskAssignment]:
    rows = rows.select_for_update(of=("self",)).select_related("organization")
    return list(rows.order_by("pk"))


def _reopen(assignment: TaskAssignment, activity: Activity, by: User | None) -> None:
    assignment.move_to(
        State.IN_PROGRESS,
        by=by,
        reason=f"{activity.title}：{activity.get_state_display()}",
        fulfilled_at=None,
    )
    notices.assignment_reopened(assignment, activity)
