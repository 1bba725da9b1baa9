"""The report of turnout: one row for each shift that is over, persons as counts.

Only who came is counted: beside the sign-ups of a small shift, a count of those who
did not come would name them.
"""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Pillar
from communities.models import Community, Organization
from reports.exports.base import VOLUNTEERING, Report, ReportColumn
from reports.queries import reported_shifts
from reports.queries.volunteering import OVERDUE_CHOICE, TURNOUT_STATES

TURNOUT = Report(
    slug="turnout",
    title=_("到场"),
    counts=_(
        "每个已结束或已取消的班次一行，未结束的和草稿活动的除外。到场按人数合计"
        "（含同行人），结算前为 0，不列个人，也不统计未到的人。"
    ),
    period=_("期间按班次的开始时间计。"),
    states=[*TURNOUT_STATES, OVERDUE_CHOICE],
    rows=reported_shifts,
    moment="starts_at",
    topic=VOLUNTEERING,
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("activity__title", _("活动名称"), width=32),
        ReportColumn("title", _("班次名称"), width=20),
        ReportColumn(
            "activity__organization_id",
            _("党组织"),
            width=32,
            named=(Organization, "name"),
        ),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("starts_at", _("开始时间"), "datetime", 17),
        ReportColumn("ends_at", _("结束时间"), "datetime", 17),
        ReportColumn("capacity", _("名额"), "int", 8),
        ReportColumn("taken", _("报名人数"), "int", 10),
        ReportColumn("attended", _("到场人数"), "int", 10),
        ReportColumn("outcome", _("状态"), width=10, choices=TURNOUT_STATES),
        ReportColumn("settled_at", _("结算时间"), "datetime", 17),
        ReportColumn(
            "activity__campaign__title", _("行动"), width=24, is_default=False
        ),
        ReportColumn(
            "activity__pillar_id",
            _("板块"),
            width=20,
            named=(Pillar, "title"),
            is_default=False,
        ),
        ReportColumn(
            "activity__organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
            is_default=False,
        ),
    ),
)
