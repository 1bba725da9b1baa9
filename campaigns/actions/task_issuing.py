"""Writes to tasks by those who hand them out: issue, change, end, re-assign."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import lock_campaigns
from campaigns.actions.task_handing import TaskRefused, hand_on
from campaigns.actions.tasks import (
    lock_organizations,
    locked_assignment,
    locked_task,
)
from campaigns.models import Campaign, Task, TaskAssignment
from campaigns.notices import tasks as notices
from campaigns.notices.tasks import names_text
from communities.models import Organization
from core import audit
from core.transactions import retried_atomic

State = TaskAssignment.State
SECOND_CLICK = timedelta(minutes=1)
SAME_FORM = ("campaign", "initiative", "title", "text", "due_on", "needed_count")


@retried_atomic
def issue_task(
    *, task: Task, organizations: Collection[Organization], by: User
) -> Task:
    """Hand a task to organisations, an assignment each; their officials are told.

    The same one sent twice within a minute is issued once. Raises TaskRefused when
    no organisation is named, one is not active, the day is past, the initiative is
    closed or the campaign takes no more tasks.
    """
    rows = lock_organizations({row.pk for row in organizations})
    task.campaign = lock_campaigns([task.campaign_id])[task.campaign_id]
    _check_campaign(task.campaign)
    _check_day(task.due_on)
    if not task.initiative.is_open:
        raise TaskRefused(_("举措“%(name)s”已停用。") % {"name": task.initiative})
    if held := _sent_before(task, by):
        return held
    task.issued_by = by
    task.save(force_insert=True)
    with audit.batch(
        "campaigns.task_created", target=task, by=by, organizations=len(rows)
    ):
        _assign(task, list(rows.values()), by)
    return task


@retried_atomic
def add_organizations(
    *, task: Task, organizations: Collection[Organization], by: User
) -> list[TaskAssignment]:
    """Hand a task under way to further organisations; returns the new assignments.

    Those that have it already are left as they are. Raises TaskRefused as issue_task.
    """
    rows = lock_organizations({row.pk for row in organizations})
    task = locked_task(task.pk)
    _check_issued(task)
    _check_campaign(task.campaign)
    live = task.assignments.filter(state__in=TaskAssignment.LIVE_STATES)
    held = set(live.values_list("organization_id", flat=True))
    new = [row for pk, row in rows.items() if pk not in held]
    with audit.batch(
        "campaigns.task_widened", target=task, by=by, organizations=len(new)
    ):
        return _assign(task, new, by)


@retried_atomic
def change_task(*, task: Task, values: dict[str, object], by: User) -> Task:
    """Change title, text or due date; those who still have it to do are told once.

    With another day the steps upward begin anew. Raises TaskRefused when it is over
    or the new day is past.
    """
    task = locked_task(task.pk)
    _check_issued(task)
    due_before = task.due_on
    changed = [name for name, value in values.items() if getattr(task, name) != value]
    if not changed:
        return task
    said = audit.edits(task, {name: values[name] for name in changed})
    for name in changed:
        setattr(task, name, values[name])
    rows = _open_assignments(task)
    if "due_on" in changed:
        _check_day(task.due_on)
        task.assignments.filter(pk__in=[row.pk for row in rows]).update(overdue_step=0)
    task.save(update_fields=changed)
    audit.record(
        "campaigns.task_changed",
        target=task,
        by=by,
        fields=changed,
        changes=said,
        due_on=task.due_on if "due_on" in changed else None,
    )
    notices.task_changed(task, rows, due_before=due_before)
    return task


@retried_atomic
def cancel_task(*, task: Task, reason: str, by: User) -> Task:
    """Call a task off for a reason; what is still open is cancelled with it."""
    return _end_task(task, Task.State.CANCELLED, reason=reason, by=by)


@retried_atomic
def close_task(*, task: Task, reason: str, by: User) -> Task:
    """End a task; what is not fulfilled is cancelled for the reason."""
    return _end_task(task, Task.State.CLOSED, reason=reason, by=by)


@retried_atomic
def reassign(
    *,
    assignment: TaskAssignment,
    organization: Organization,
    reason: str,
    by: User,
) -> TaskAssignment:
    """Give an open assignment to another organisation; returns the new one.

    What was reported and given under the old one is kept and counts for the new
    (see campaigns.queries.task_work). Raises TaskRefused when it is over, or the
    other organisation is not active or has the task already.
    """
    if not reason.strip():
        raise TaskRefused(_("请写明改派理由。"))
    assignment = locked_assignment(assignment, organization.pk)
    _check_issued(assignment.task)
    _check_campaign(assignment.task.campaign)
    if not assignment.is_open:
        raise TaskRefused(
            _("任务%(state)s，不能改派。") % {"state": assignment.get_state_display()}
        )
    organization = Organization.objects.get(pk=organization.pk)
    _check_active([organization])
    new = hand_on(assignment, organization, reason=reason.strip(), by=by)
    notices.assignment_taken_away(assignment, reason=reason.strip())
    notices.task_assigned(assignment.task, [new])
    return new


def _assign(
    task: Task, organizations: list[Organization], by: User
) -> list[TaskAssignment]:
    if not organizations:
        raise TaskRefused(_("请至少选择一个还没有这项任务的党组织。"))
    _check_active(organizations)
    new = TaskAssignment.objects.bulk_create(
        TaskAssignment(task=task, organization=row) for row in organizations
    )
    for assignment in new:
        audit.record("campaigns.task_assignment_created", target=assignment, by=by)
    notices.task_assigned(task, new)
    return new


def _end_task(task: Task, state: str, *, reason: str, by: User) -> Task:
    reason = reason.strip()
    if not reason:
        raise TaskRefused(_("请写明理由。"))
    task = locked_task(task.pk)
    _check_issued(task)
    rows = _open_assignments(task)
    for row in rows:
        row.move_to(State.CANCELLED, by=by, reason=reason)
    task.move_to(state, by=by, reason=reason)
    notices.task_over(task, rows, reason=reason)
    return task


def _open_assignments(task: Task) -> list[TaskAssignment]:
    rows = task.assignments.open().select_for_update(of=("self",))
    rows = list(rows.select_related("organization").order_by("pk"))
    for row in rows:
        row.task = task
    return rows


def _sent_before(task: Task, by: User) -> Task | None:
    """The task that a form just like this one issued a moment ago."""
    same = {name: getattr(task, name) for name in SAME_FORM}
    since = timezone.now() - SECOND_CLICK
    return Task.objects.filter(
        **same, issued_by=by, issued_at__gt=since, state=Task.State.ISSUED
    ).first()


def _check_active(organizations: list[Organization]) -> None:
    others = [row for row in organizations if row.state != Organization.State.ACTIVE]
    if others:
        raise TaskRefused(
            _("%(names)s已停用、合并或撤销，请重新选择。")
            % {"names": names_text(others)}
        )


def _check_campaign(campaign: Campaign) -> None:
    if campaign.state not in Task.CAMPAIGN_STATES:
        raise TaskRefused(
            _("行动“%(campaign)s”%(state)s，不能下达任务。")
            % {"campaign": campaign.title, "state": campaign.get_state_display()}
        )


def _check_issued(task: Task) -> None:
    if task.state != Task.State.ISSUED:
        raise TaskRefused(
            _("任务%(state)s，不能再变动。") % {"state": task.get_state_display()}
        )


def _check_day(day: date) -> None:
    if day < timezone.localdate():
        raise TaskRefused(_("完成期限不能早于今天。"))
