"""Fulfilled assignments that lack an activity again; called under the campaign's lock.

Apart from the other writes to tasks, which stand on those to activities.
"""

from django.db import models

from accounts.models import User
from campaigns.actions.task_handing import end_for, hand_on
from campaigns.models import Activity, Task, TaskAssignment
from campaigns.notices import tasks as notices
from campaigns.queries.task_work import counted_activities
from communities.models import Organization
from communities.queries.history import successors

State = TaskAssignment.State


def reopen_assignments_of(activity: Activity, by: User | None) -> None:
    """Take back what rested on an activity that was returned or cancelled.

    Fulfilled assignments left with too few activities are under way again; those of
    closed tasks stay. The organisation is told, or the one it was merged into, where
    the assignment goes on. The caller holds the locks of the campaign and the
    activity.
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
    reason = f"{activity.title}：{activity.get_state_display()}"
    assignment.move_to(State.IN_PROGRESS, by=by, reason=reason, fulfilled_at=None)
    if assignment.organization.is_over:
        assignment = _heir_of(assignment, reason, by)
    if assignment.is_open:
        notices.assignment_reopened(assignment, activity)


def _heir_of(
    assignment: TaskAssignment, reason: str, by: User | None
) -> TaskAssignment:
    """What continues it: the assignment of who stands for its organisation today.

    Without a successor it is left where it is, for the office to hand on.
    """
    pk = assignment.organization_id
    successor = Organization.objects.filter(
        pk=successors(Organization).get(pk, pk), state__in=Organization.STANDING_STATES
    ).first()
    if successor is None:
        return assignment
    live = successor.task_assignments.filter(
        task=assignment.task_id, state__in=TaskAssignment.LIVE_STATES
    )
    if held := live.select_for_update(of=("self",)).first():
        end_for(assignment, held, reason=reason, by=by)
        return held
    return hand_on(assignment, successor, reason=reason, by=by, keeps_clock=True)
