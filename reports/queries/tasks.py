"""The rows behind the report of tasks."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from campaigns.models import TaskAssignment
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_organization

OVERDUE = "overdue"


def reported_assignments(
    user: User, filters: Filters, *, today: date | None = None
) -> QuerySet[TaskAssignment]:
    """Each organisation's share of a task, the latest due first.

    A period keeps those due in it. The state is that of the assignment, or `overdue`:
    still to be done although its day has passed.
    """
    rows = TaskAssignment.objects.filter(
        scope_filter(user, Permission.REPORT_EXPORT, organization="organization"),
        of_organization(filters, "organization"),
    )
    if filters.campaign:
        rows = rows.filter(task__campaign=filters.campaign)
    if filters.pillar:
        rows = rows.filter(task__initiative__pillar=filters.pillar)
    if filters.starts_on:
        rows = rows.filter(task__due_on__gte=filters.starts_on)
    if filters.ends_on:
        rows = rows.filter(task__due_on__lte=filters.ends_on)
    if filters.state == OVERDUE:
        rows = rows.overdue(today or timezone.localdate())
    elif filters.state:
        rows = rows.filter(state=filters.state)
    return rows.order_by("-task__due_on", "-pk")
