"""What a new activity begins from: a template, a task, or another activity."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from campaigns.models import (
    Activity,
    ActivityTemplate,
    Deed,
    Initiative,
    StudySession,
    TaskAssignment,
)
from communities.permissions import Permission, has_permission, organizations_for

HOUR = timedelta(hours=1)
# Neither days nor people: those are of the one that was held.
COPIED = (
    "second_pillar",
    "title",
    "place",
    "community",
    "text",
    "risk",
    "insurance",
    "safety_briefing",
    "is_public",
)


@dataclass(frozen=True)
class Start:
    """What was chosen before the form; each may be None."""

    initiative: Initiative | None = None
    template: ActivityTemplate | None = None
    assignment: TaskAssignment | None = None
    copy: Activity | None = None

    @property
    def draft_key(self) -> str:
        """Names the draft of the form that begins here."""
        for kind in ("copy", "assignment", "template", "initiative"):
            if chosen := getattr(self, kind):
                return f"activity-{kind}-{chosen.pk}"
        return "activity-new"

    @property
    def leading_initiative(self) -> Initiative | None:
        """The initiative that follows from what was chosen."""
        if self.initiative:
            return self.initiative
        if self.template:
            return self.template.initiative
        if self.assignment:
            return self.assignment.task.initiative
        return self.copy.initiative if self.copy else None


def initial_of(start: Start, *, user: User, now: datetime) -> dict[str, Any]:
    """What stands in the form at first, by field."""
    initial: dict[str, Any] = {}
    if start.copy:
        initial |= _of_copy(start.copy, user)
    if start.template:
        initial |= _of_template(start.template, now)
    if start.assignment:
        initial["campaign"] = start.assignment.task.campaign_id
        organizations = organizations_for(user, Permission.ACTIVITY_RECORD)
        if organizations.filter(pk=start.assignment.organization_id).exists():
            initial["organization"] = start.assignment.organization_id
    if initiative := start.leading_initiative:
        initial["initiative"] = initiative.pk
    return initial


def _of_template(template: ActivityTemplate, now: datetime) -> dict[str, Any]:
    """Its words; it begins at the next full hour."""
    starts_at = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    starts_at += HOUR
    return {
        "title": template.title,
        "place": template.place,
        "text": template.text,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=template.duration_minutes),
    }


def _of_copy(activity: Activity, user: User) -> dict[str, Any]:
    initial = {name: getattr(activity, name) for name in COPIED}
    initial["second_pillar"] = activity.second_pillar_id
    initial["community"] = activity.community_id
    records = has_permission(
        user, Permission.ACTIVITY_RECORD, organization=activity.organization
    )
    if records:
        initial["organization"] = activity.organization_id
    kind = activity.initiative.kind
    if kind == Initiative.Kind.STUDY:
        study = StudySession.objects.filter(activity=activity).first()
        initial["topic"] = study.topic if study else ""
    if kind == Initiative.Kind.DEED:
        deed = Deed.objects.filter(activity=activity).first()
        initial["promise"] = deed.promise if deed else ""
    return initial


def ways_to_start() -> list[Initiative]:
    """Open initiatives in the order of the pillars, each with `open_templates`."""
    initiatives = list(Initiative.objects.filter(is_open=True).select_related("pillar"))
    held: dict[int, list] = {}
    for template in ActivityTemplate.objects.filter(is_open=True):
        held.setdefault(template.initiative_id, []).append(template)
    for initiative in initiatives:
        initiative.open_templates = held.get(initiative.pk, [])
    return initiatives


def open_assignments_of(user: User, *, most: int) -> list[TaskAssignment]:
    """Tasks the user's organisations still have to do, the soonest due first."""
    rows = TaskAssignment.objects.open().filter(
        organization__in=organizations_for(user, Permission.TASK_REPORT)
    )
    rows = rows.select_related("task__initiative", "organization")
    return list(rows.order_by("task__due_on", "pk")[:most])
