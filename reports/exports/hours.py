"""The report of hours: one row for each service record, persons masked."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from campaigns.models import Pillar
from communities.models import Community, Organization
from core.dates import hours_text
from reports.exports.base import VOLUNTEERING, Report, ReportColumn
from reports.exports.masks import mask_name, mask_number
from reports.queries import reported_records
from volunteers.models import ServiceRecord


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours with one decimal, half a tenth up."""
    return Decimal(hours_text(minutes))


HOURS = Report(
    slug="hours",
    title=_("服务时长"),
    counts=_(
        "每条服务记录一行；只有已确认的计入个人时长和证明。已更正、已作废的不列，"
        "除非筛选该状态；更正后的另有一行。不按个人合计。"
    ),
    period=_("期间按服务的开始时间计。"),
    states=ServiceRecord.State.choices,
    rows=reported_records,
    moment="starts_at",
    topic=VOLUNTEERING,
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn(
            "volunteer__user__display_name", _("姓名"), width=10, mask=mask_name
        ),
        ReportColumn("volunteer__user__phone", _("手机号"), "phone", mask=mask_number),
        ReportColumn("activity__title", _("活动名称"), width=32),
        ReportColumn("shift__title", _("班次名称"), width=20),
        ReportColumn(
            "activity__organization_id",
            _("党组织"),
            width=32,
            named=(Organization, "name"),
        ),
        ReportColumn("community_number", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_number", _("社区（村）"), named=(Community, "name")),
        ReportColumn("starts_at", _("开始时间"), "datetime", 17),
        ReportColumn("ends_at", _("结束时间"), "datetime", 17),
        ReportColumn("minutes", _("分钟"), "int", 8),
        ReportColumn("hours", _("小时"), "decimal", 8, shown=hours_of),
        ReportColumn("kind", _("来源"), width=8, choices=ServiceRecord.Kind.choices),
        ReportColumn("state", _("状态"), width=12, choices=ServiceRecord.State.choices),
        ReportColumn("decided_at", _("确认时间"), "datetime", 17),
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
        ReportColumn("content", _("服务内容"), width=24, is_default=False),
        ReportColumn("recorded_at", _("登记时间"), "datetime", 17, is_default=False),
    ),
)
