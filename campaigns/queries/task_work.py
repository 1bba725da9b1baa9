"""Reads of what was given for a task: links and reports, of predecessors as well."""

from collections import defaultdict
from collections.abc import Collection

from django.db import models

from campaigns.models import Activity, TaskAssignment, TaskLink, TaskReport
from communities.models import Organization

COUNTED_STATES = (Activity.State.SUBMITTED, Activity.State.APPROVED)


def lineage_of(assignments: Collection[TaskAssignment]) -> dict[int, set[int]]:
    """Assignment id to its own and those of all it continues, directly or not.

    What was submitted before a re-assignment or a merger is kept. Takes one query.
    """
    ended = TaskAssignment.objects.filter(
        task__in={row.task_id for row in assignments}, continued_by__isnull=False
    ).order_by()
    before: dict[int, set[int]] = defaultdict(set)
    for pk, heir in ended.values_list("pk", "continued_by_id"):
        before[heir].add(pk)
    found = {}
    for row in assignments:
        found[row.pk] = held = {row.pk}
        waiting = [row.pk]
        while waiting:
            more = before[waiting.pop()] - held
            held |= more
            waiting += more
    return found


def counted_activities(assignments: Collection[TaskAssignment]) -> dict[int, int]:
    """Assignment id to how many activities count for it: submitted or approved.

    One that was changed to another initiative or campaign since counts no more.
    Takes two queries.
    """
    lineage = lineage_of(assignments)
    links = TaskLink.objects.filter(
        assignment__in=set().union(*lineage.values()),
        activity__state__in=COUNTED_STATES,
        activity__initiative=models.F("assignment__task__initiative"),
        activity__campaign=models.F("assignment__task__campaign"),
    ).order_by()
    given: dict[int, set[int]] = defaultdict(set)
    for assignment, activity in links.values_list("assignment_id", "activity_id"):
        given[assignment].add(activity)
    return {
        pk: len(set().union(*(given[member] for member in members)))
        for pk, members in lineage.items()
    }


def with_counts(assignments: Collection[TaskAssignment]) -> list[TaskAssignment]:
    """The assignments, each with `done_count`; see counted_activities."""
    counts = counted_activities(assignments)
    for row in assignments:
        row.done_count = counts[row.pk]
    return list(assignments)


def links_of(assignment: TaskAssignment) -> list[TaskLink]:
    """Activities given for it, each with `is_own` and `counts`, the oldest first."""
    links = list(
        TaskLink.objects.filter(assignment__in=lineage_of([assignment])[assignment.pk])
        .select_related("activity__organization", "assignment__organization")
        .order_by("pk")
    )
    for link in links:
        link.is_own = link.assignment_id == assignment.pk
        link.fits = fits(link.activity, assignment)
        link.counts = link.fits and link.activity.state in COUNTED_STATES
    return links


def fits(activity: Activity, assignment: TaskAssignment) -> bool:
    """Whether it is of the task's initiative and campaign."""
    task = assignment.task
    return (activity.initiative_id, activity.campaign_id) == (
        task.initiative_id,
        task.campaign_id,
    )


def reports_of(assignment: TaskAssignment) -> models.QuerySet:
    """What was reported about it, under all who had it, the latest first."""
    return (
        TaskReport.objects.filter(
            assignment__in=lineage_of([assignment])[assignment.pk]
        )
        .select_related("created_by", "assignment__organization")
        .order_by("-pk")
    )


def activities_for(assignment: TaskAssignment) -> models.QuerySet:
    """Activities that may be given for it and are not yet, the latest first."""
    given = TaskLink.objects.filter(
        assignment__in=lineage_of([assignment])[assignment.pk]
    )
    below = Organization.objects.below(assignment.organization)
    return (
        Activity.objects.owned_by(below)
        .filter(
            campaign=assignment.task.campaign_id,
            initiative=assignment.task.initiative_id,
        )
        .exclude(state=Activity.State.CANCELLED)
        .exclude(pk__in=given.values("activity"))
    )
