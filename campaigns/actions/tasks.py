"""Writes to assignments by those who have them: report, give activities, fulfil.

Locks: organisation, campaign, activity, task, assignment. Review and cancelling of
activities hold the campaign's lock as well, so no activity changes under a count.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import lock_campaigns
from campaigns.actions.task_handing import TaskRefused
from campaigns.models import Activity, Task, TaskAssignment, TaskLink, TaskReport
from campaigns.queries.task_work import counted_activities, fits, lineage_of
from communities.models import Organization
from core import audit
from core.transactions import retried_atomic

State = TaskAssignment.State


def lock_organizations(numbers: set[int]) -> dict[int, Organization]:
    """Organisations as they are now, locked in ascending order: a merger waits."""
    rows = Organization.objects.select_for_update(no_key=True, of=("self",))
    return {row.pk: row for row in rows.filter(pk__in=numbers).order_by("pk")}


def locked_task(pk: int) -> Task:
    """The task as it is now, its campaign and its row locked."""
    campaign = Task.objects.values_list("campaign_id", flat=True).get(pk=pk)
    campaigns = lock_campaigns([campaign])
    task = _lock_task(pk)
    task.campaign = campaigns[campaign]
    return task


def _lock_task(pk: int) -> Task:
    # Without the key: rows that point at the task may still be written.
    tasks = Task.objects.select_for_update(of=("self",), no_key=True)
    return tasks.select_related("initiative").get(pk=pk)


def locked_assignment(
    assignment: TaskAssignment, *also: int, activity: Activity | None = None
) -> TaskAssignment:
    """The assignment as it is now, with all above it locked.

    `also`: numbers of further organisations to lock. An `activity` is locked, and
    read again, in its place in the order.
    """
    organizations = lock_organizations({assignment.organization_id, *also})
    campaign = assignment.task.campaign_id
    campaigns = lock_campaigns([campaign])
    if activity is not None:
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        activity.refresh_from_db()
    task = _lock_task(assignment.task_id)
    task.campaign = campaigns[campaign]
    rows = TaskAssignment.objects.select_for_update(of=("self",))
    held = rows.get(pk=assignment.pk)
    held.task, held.organization = task, organizations[held.organization_id]
    return held


@retried_atomic
def report_progress(*, assignment: TaskAssignment, text: str, by: User) -> TaskReport:
    """Say how far the organisation has come; what was waiting is under way.

    Raises TaskRefused when it is not to be done any more.
    """
    assignment = locked_assignment(assignment)
    _check_open(assignment)
    if not text.strip():
        raise TaskRefused(_("请写明进展。"))
    report = TaskReport.objects.create(
        assignment=assignment, text=text.strip(), created_by=by
    )
    audit.record("campaigns.task_report_created", target=report, by=by)
    _start(assignment, by)
    return report


@retried_atomic
def link_activity(
    *, assignment: TaskAssignment, activity: Activity, by: User
) -> TaskLink:
    """Give an activity for an assignment.

    It must be of the task's initiative and campaign, not cancelled, and owned by the
    organisation, by one below it, or jointly. Raises TaskRefused.
    """
    assignment = locked_assignment(assignment, activity=activity)
    _check_live(assignment)
    _check_records(assignment)
    _check_fits(assignment, activity)
    lineage = lineage_of([assignment])[assignment.pk]
    held = TaskLink.objects.filter(assignment__in=lineage, activity=activity)
    try:
        with transaction.atomic():
            if held.exists():
                raise IntegrityError
            link = TaskLink.objects.create(
                assignment=assignment, activity=activity, linked_by=by
            )
    except IntegrityError as error:
        raise TaskRefused(_("该活动已经关联到这项任务。")) from error
    audit.record("campaigns.task_link_added", target=link, by=by, activity=activity.pk)
    _start(assignment, by)
    return link


@retried_atomic
def unlink_activity(
    *, assignment: TaskAssignment, activity: Activity, by: User
) -> None:
    """Take back an activity given by mistake; what a predecessor gave stays.

    Raises TaskRefused once the assignment is fulfilled, or when it was not given.
    """
    assignment = locked_assignment(assignment)
    _check_open(assignment)
    link = assignment.links.filter(activity=activity).first()
    if link is None:
        raise TaskRefused(_("该活动没有关联到这项任务，请刷新页面。"))
    audit.record(
        "campaigns.task_link_removed", target=link, by=by, activity=activity.pk
    )
    link.delete()


@retried_atomic
def fulfil_assignment(*, assignment: TaskAssignment, by: User) -> TaskAssignment:
    """The organisation has done what was asked.

    Needs as many activities, submitted or approved, as the task asks for. Raises
    TaskRefused with how many are missing.
    """
    assignment = locked_assignment(assignment)
    _check_open(assignment)
    missing = (
        assignment.task.needed_count - counted_activities([assignment])[assignment.pk]
    )
    if missing > 0:
        raise TaskRefused(
            _("还差 %(missing)d 场活动：须关联已提交审核或已通过的活动。")
            % {"missing": missing}
        )
    assignment.move_to(State.FULFILLED, by=by, fulfilled_at=timezone.now())
    return assignment


def _start(assignment: TaskAssignment, by: User) -> None:
    if assignment.state == State.ASSIGNED:
        assignment.move_to(State.IN_PROGRESS, by=by)


def _check_open(assignment: TaskAssignment) -> None:
    _check_live(assignment)
    if not assignment.is_open:
        raise TaskRefused(_("任务已完成，不能再变动。"))


def _check_live(assignment: TaskAssignment) -> None:
    task = assignment.task
    if task.state != Task.State.ISSUED:
        raise TaskRefused(_("任务%(state)s。") % {"state": task.get_state_display()})
    if assignment.state not in TaskAssignment.LIVE_STATES:
        raise TaskRefused(
            _("任务%(state)s，请刷新页面。") % {"state": assignment.get_state_display()}
        )


def _check_records(assignment: TaskAssignment) -> None:
    campaign = assignment.task.campaign
    if not campaign.takes_records:
        raise TaskRefused(
            _("行动“%(campaign)s”%(state)s，不能再关联活动。")
            % {"campaign": campaign.title, "state": campaign.get_state_display()}
        )


def _check_fits(assignment: TaskAssignment, activity: Activity) -> None:
    task = assignment.task
    if activity.state == Activity.State.CANCELLED:
        raise TaskRefused(_("活动已取消，不能关联。"))
    if not fits(activity, assignment):
        raise TaskRefused(
            _(
                "该活动不属于任务的举措“%(initiative)s”或不在同一行动，不能关联。"
                "请选择同一举措的活动，或先修改活动的举措。"
            )
            % {"initiative": task.initiative.title}
        )
    below = Organization.objects.below(assignment.organization)
    if not Activity.objects.owned_by(below).filter(pk=activity.pk).exists():
        raise TaskRefused(_("只能关联本党组织及其下级举办或联办的活动。"))
