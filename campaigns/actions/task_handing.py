"""The step by which an assignment goes on at another organisation."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import TaskAssignment
from communities.models import Organization
from core import audit
from core.errors import RuleError


class TaskRefused(RuleError):
    """The task or its assignment is not fit for what was asked."""


def hand_on(
    assignment: TaskAssignment,
    organization: Organization,
    *,
    reason: str,
    by: User | None,
    keeps_clock: bool = False,
) -> TaskAssignment:
    """End an open assignment in favour of a new one of the organisation.

    With `keeps_clock` steps told upwards are not told again. The caller holds the
    locks. Raises TaskRefused when it has the task already.
    """
    task = assignment.task
    try:
        with transaction.atomic():
            new = TaskAssignment.objects.create(
                task=task,
                organization=organization,
                state=assignment.state,
                **_clock_of(assignment if keeps_clock else None),
            )
    except IntegrityError as error:
        raise TaskRefused(
            _("%(name)s已有这项任务，请选择其他党组织。") % {"name": organization}
        ) from error
    end_for(assignment, new, reason=reason, by=by)
    audit.record(
        "campaigns.task_assignment_created", target=new, by=by, instead_of=assignment.pk
    )
    return new


def end_for(
    assignment: TaskAssignment, heir: TaskAssignment, *, reason: str, by: User | None
) -> None:
    """End an open assignment; what was given for it counts for the other's."""
    assignment.move_to(
        TaskAssignment.State.REASSIGNED, by=by, reason=reason, continued_by=heir
    )


def _clock_of(assignment: TaskAssignment | None) -> dict[str, object]:
    if assignment is None:
        return {}
    names = ("assigned_at", "overdue_step")
    return {name: getattr(assignment, name) for name in names}
