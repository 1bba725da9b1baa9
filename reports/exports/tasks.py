"""The report of tasks: one row for each organisation's share."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Initiative, Pillar, TaskAssignment
from campaigns.queries.task_work import counted_activities
from communities.models import Organization
from reports.boundaries import Names
from reports.exports.base import (
    ORGANIZATION_FILTERS,
    PERIOD_FILTERS,
    Report,
    ReportColumn,
)
from reports.queries import reported_assignments
from reports.queries.tasks import OVERDUE

PART_ROWS = 500


class TaskReport(Report):
    """Activities that count for an assignment follow it through re-assignments."""

    def full_rows(self, rows: QuerySet, boundary: str) -> Iterator[list]:
        names = Names(boundary)
        pillar, initiative = (
            names.lookup(model, "title") for model in (Pillar, Initiative)
        )
        name, unit = (
            names.lookup(Organization, what) for what in ("name", "unit_name")
        )
        today = timezone.localdate()
        found = rows.select_related(
            "task__campaign", "task__initiative", "continued_by"
        ).iterator(PART_ROWS)
        while part := list(islice(found, PART_ROWS)):
            done = counted_activities(part)
            for row in part:
                task, day = row.task, row.assigned_at
                heir = row.continued_by
                yield [
                    row.pk,
                    task.campaign.title,
                    task.title,
                    pillar(task.initiative.pillar_id, day),
                    initiative(task.initiative_id, day),
                    name(row.organization_id, day),
                    unit(row.organization_id, day),
                    task.due_on,
                    task.needed_count,
                    done[row.pk],
                    row.get_state_display(),
                    row.days_overdue(today),
                    row.assigned_at,
                    row.fulfilled_at,
                    heir and name(heir.organization_id, heir.assigned_at),
                ]


TASKS = TaskReport(
    slug="tasks",
    title=_("任务"),
    counts=_(
        "每个党组织的每项任务一行，改派和取消的也列出。计入活动数为已提交和已通过的"
        "关联活动，改派前的也计入。逾期指过了期限还没有完成，按今天统计。"
    ),
    period=_("期间按完成期限计。"),
    states=[*TaskAssignment.State.choices, (OVERDUE, _("逾期"))],
    rows=reported_assignments,
    moment="",
    filters=(
        "campaign",
        "pillar",
        *ORGANIZATION_FILTERS,
        *PERIOD_FILTERS,
        "state",
        "boundary",
    ),
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("campaign", _("行动"), width=24),
        ReportColumn("task", _("任务名称"), width=28),
        ReportColumn("pillar", _("板块"), width=20),
        ReportColumn("initiative", _("举措"), width=24),
        ReportColumn("organization", _("党组织"), width=32),
        ReportColumn("unit", _("所在单位"), width=24),
        ReportColumn("due_on", _("完成期限"), "date", 12),
        ReportColumn("needed_count", _("应办活动数"), "int", 10),
        ReportColumn("done_count", _("计入活动数"), "int", 10),
        ReportColumn("state", _("状态"), width=10),
        ReportColumn("days_overdue", _("逾期天数"), "int", 10),
        ReportColumn("assigned_at", _("分派时间"), "datetime", 17),
        ReportColumn("fulfilled_at", _("完成时间"), "datetime", 17),
        ReportColumn("heir", _("改派给"), width=24),
    ),
)
