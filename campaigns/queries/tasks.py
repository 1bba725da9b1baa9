"""Reads of tasks and assignments: lists, figures, and what waits on the desk."""

from datetime import date

from django.db import models

from accounts.models import User
from campaigns.models import Activity, ActivityPartner, Task, TaskAssignment
from campaigns.queries.task_work import with_counts
from communities.models import Organization
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)

DESK_ROWS = 5
State = TaskAssignment.State
OPEN, OVERDUE, FULFILLED, OVER = "open", "overdue", "fulfilled", "over"


def with_figures(tasks: models.QuerySet, day: date) -> models.QuerySet:
    """Each with `live_count`, `fulfilled_count`, `open_count` and `overdue_count`.

    Of the assignments that were not re-assigned or cancelled; overdue on `day`.
    """

    def count(**condition: object) -> models.Count:
        of_them = {f"assignments__{name}": value for name, value in condition.items()}
        return models.Count("assignments", filter=models.Q(**of_them))

    is_open = {"state__in": TaskAssignment.OPEN_STATES}
    return tasks.annotate(
        live_count=count(state__in=TaskAssignment.LIVE_STATES),
        fulfilled_count=count(state=State.FULFILLED),
        open_count=count(**is_open),
        overdue_count=count(**is_open, task__due_on__lt=day),
    )


def filtered_tasks(
    tasks: models.QuerySet,
    *,
    day: date,
    text: str = "",
    state: str = "",
    pillar: object = None,
    initiative: object = None,
    is_overdue: bool = False,
) -> models.QuerySet:
    """Tasks that match, with figures: those under way by due date, then the rest."""
    if text:
        tasks = tasks.filter(title__icontains=text)
    if state:
        tasks = tasks.filter(state=state)
    if pillar:
        tasks = tasks.filter(initiative__pillar=pillar)
    if initiative:
        tasks = tasks.filter(initiative=initiative)
    tasks = with_figures(tasks, day)
    if is_overdue:
        tasks = tasks.filter(overdue_count__gt=0)
    under_way = models.Case(
        models.When(state=Task.State.ISSUED, then=models.F("due_on"))
    )
    return tasks.select_related("initiative__pillar", "campaign").order_by(
        under_way.asc(nulls_last=True), "-due_on", "-pk"
    )


def filtered_assignments(
    assignments: models.QuerySet,
    *,
    day: date,
    user: User | None = None,
    text: str = "",
    state: str = "",
    pillar: object = None,
    whose: str = "",
) -> models.QuerySet:
    """Assignments that match: open ones by due date, then the rest, latest first.

    `state` is one of the groups OPEN, OVERDUE, FULFILLED and OVER; `whose` "own" or
    "below" tells the user's organisations from those below them.
    """
    if text:
        assignments = assignments.filter(
            models.Q(task__title__icontains=text)
            | models.Q(organization__name__icontains=text)
            | models.Q(organization__unit_name__icontains=text)
            | models.Q(organization__initials__startswith=text.lower())
        )
    if state == OVERDUE:
        assignments = assignments.overdue(day)
    elif state:
        assignments = assignments.filter(state__in=_states_of(state))
    if pillar:
        assignments = assignments.filter(task__initiative__pillar=pillar)
    if whose:
        own = [row.organization_id for row in _held(user)]
        is_own = models.Q(organization__in=own)
        assignments = assignments.filter(is_own if whose == "own" else ~is_own)
    return assignments.select_related(
        "task__initiative__pillar", "organization"
    ).order_by(_due_of_open().asc(nulls_last=True), "-task__due_on", "-pk")


def _states_of(group: str) -> tuple[str, ...]:
    return {
        OPEN: TaskAssignment.OPEN_STATES,
        FULFILLED: (State.FULFILLED,),
        OVER: (State.REASSIGNED, State.CANCELLED),
    }[group]


def _due_of_open() -> models.Case:
    is_open = models.Q(state__in=TaskAssignment.OPEN_STATES)
    return models.Case(models.When(is_open, then=models.F("task__due_on")))


def _held(user: User) -> list:
    return memberships_with(user, Permission.TASK_REPORT)


def name_days(assignments: list[TaskAssignment], day: date) -> list[TaskAssignment]:
    """The assignments, each with `days_late` and `days_left` on `day`."""
    for row in assignments:
        row.days_late = row.days_overdue(day)
        row.days_left = (row.task.due_on - day).days if row.is_open else None
    return assignments


def open_assignments_for(user: User) -> models.QuerySet:
    """What is still to be done by the organisations the user reports for."""
    own = scope_filter(user, Permission.TASK_REPORT, organization="organization")
    rows = TaskAssignment.objects.open().filter(own, task__state=Task.State.ISSUED)
    return rows.select_related("task__initiative__pillar", "organization")


def assignments_for(activity: Activity, user: User) -> models.QuerySet:
    """Open assignments the user may give the activity for, and has not."""
    owners = {activity.organization_id} | set(
        activity.partners.filter(state=ActivityPartner.State.CONFIRMED).values_list(
            "organization_id", flat=True
        )
    )
    paths = Organization.objects.filter(pk__in=owners).values_list("path", flat=True)
    above = {int(pk) for path in paths for pk in path.split("/") if pk}
    return (
        open_assignments_for(user)
        .filter(
            organization__in=above,
            task__initiative=activity.initiative_id,
            task__campaign=activity.campaign_id,
        )
        .exclude(links__activity=activity)
        .order_by("task__due_on", "pk")
    )


def links_shown(activity: Activity, user: User) -> models.QuerySet:
    """The tasks it is given for, as far as the user may see their assignments."""
    visible = TaskAssignment.objects.visible_to(user)
    return (
        activity.task_links.filter(assignment__in=visible.values("pk"))
        .select_related("assignment__task", "assignment__organization")
        .order_by("pk")
    )


def desk_tasks(user: User, *, today: date) -> dict | None:
    """What of the tasks waits for the user; None when nothing of it concerns them.

    For organisations `open`: assignments still to be done by due date, so overdue
    ones first, `open_count` and `overdue_count` of them all. For those who issue
    `late`: tasks with overdue assignments, `late_count` of them, `issued_count` of
    all under way and `late_assignment_count`.
    """
    reports = has_permission(user, Permission.TASK_REPORT)
    issues = has_permission(user, Permission.TASK_ASSIGN)
    if not (reports or issues):
        return None
    context = {"reports": reports, "issues": issues, "today": today}
    if reports:
        context |= _waiting_for_organizations(user, today)
    if issues:
        context |= _waiting_for_issuers(today)
    return context


def _waiting_for_organizations(user: User, today: date) -> dict:
    rows = open_assignments_for(user)
    counts = rows.aggregate(
        open_count=models.Count("pk"),
        overdue_count=models.Count("pk", filter=models.Q(task__due_on__lt=today)),
    )
    first = rows.order_by("task__due_on", "pk")[:DESK_ROWS]
    return {"open": name_days(with_counts(list(first)), today), **counts}


def _waiting_for_issuers(today: date) -> dict:
    issued = Task.objects.issued().order_by()
    late = with_figures(issued.filter(due_on__lt=today), today)
    late = late.filter(overdue_count__gt=0)
    counts = late.aggregate(
        late_count=models.Count("pk"), late_assignment_count=models.Sum("overdue_count")
    )
    return {
        "issued_count": issued.count(),
        "late": list(late.select_related("initiative").order_by("due_on", "pk"))[
            :DESK_ROWS
        ],
        **counts,
    }
