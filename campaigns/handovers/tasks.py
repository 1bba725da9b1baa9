"""Tasks still to be done: they go to the successor with what was given for them."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.actions.task_handing import end_for, hand_on
from campaigns.models import Task, TaskAssignment
from campaigns.notices import tasks as notices
from communities.actions.handovers import Handover, Held
from communities.models import Organization
from core.dates import day_text


class TaskHandover(Handover):
    """Open assignments of an organisation; fulfilled ones stay under its name.

    Where the successor has the task as well, its own goes on, and what was reported
    and given by the other is shown and counts there.
    """

    name = "tasks"
    label = gettext_lazy("未完成的任务")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        live = _live_of(to) if to else {}
        return [
            Held(
                str(row.pk),
                _("%(task)s（%(day)s前）")
                % {"task": row.task.title, "day": day_text(row.task.due_on)},
                _outcome(row, to, live),
                row.get_absolute_url(),
            )
            for row in _open_of(node).select_related("task")
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        ended = node.task_assignments.exclude(state__in=TaskAssignment.OPEN_STATES)
        return ended.count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        """Give them to `to`; not under the campaigns' locks.

        The handover of activities has locked some, and campaigns come before these.
        """
        # Before its assignments, or one made here would survive the task's end.
        tasks = Task.objects.select_for_update(of=("self",), no_key=True)
        tasks = tasks.filter(pk__in=_open_of(node).order_by().values("task"))
        tasks = {row.pk: row for row in tasks.order_by("pk")}
        rows = _open_of(node).filter(task__in=tasks).select_for_update(of=("self",))
        moved = [row for row in rows if keys is None or str(row.pk) in keys]
        live = _live_of(to)
        for row in moved:
            row.task = tasks[row.task_id]
            outcome = _outcome(row, to, live)
            if held := live.get(row.task_id):
                end_for(row, held, reason=outcome, by=by)
            else:
                new = hand_on(row, to, reason=outcome, by=by, keeps_clock=True)
                notices.task_assigned(row.task, [new])
        return len(moved)


def _open_of(node: Organization) -> models.QuerySet:
    return node.task_assignments.open().order_by("pk")


def _live_of(to: Organization) -> dict[int, TaskAssignment]:
    """What the successor has itself, by task."""
    rows = to.task_assignments.filter(state__in=TaskAssignment.LIVE_STATES)
    return {row.task_id: row for row in rows}


def _outcome(
    row: TaskAssignment, to: Organization | None, live: dict[int, TaskAssignment]
) -> str:
    if to is None:
        return _("由承接方继续办理")
    if row.task_id in live:
        return _("并入%(to)s的同一任务") % {"to": to.name}
    return _("由%(to)s承接") % {"to": to.name}
