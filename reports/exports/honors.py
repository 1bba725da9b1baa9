"""The report of honours: one row each that was applied for."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Honor
from communities.models import Community, Organization
from reports.exports.base import Report, ReportColumn
from reports.exports.masks import mask_name
from reports.exports.pairings import LINK_FILTERS
from reports.queries import reported_honors

STATES = [choice for choice in Honor.State.choices if choice[0] != Honor.State.DRAFT]

HONORS = Report(
    slug="honors",
    title=_("荣誉"),
    counts=_(
        "每项申报过的荣誉一行，草稿除外，含未通过和已终止的。"
        "党组织不属于街道（镇），按街道或社区筛选时只列文明家庭。"
    ),
    period=_("期间按申报时间计。"),
    states=STATES,
    rows=reported_honors,
    moment="named_on",
    filters=LINK_FILTERS,
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("kind", _("荣誉"), width=16, choices=Honor.Kind.choices),
        ReportColumn("public_holder", _("称号对象"), width=24),
        ReportColumn("family", _("家庭"), width=14, mask=mask_name),
        ReportColumn(
            "organization_id", _("党组织"), width=32, named=(Organization, "name")
        ),
        ReportColumn(
            "organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
        ),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("state", _("状态"), width=10, choices=STATES),
        ReportColumn("applied_at", _("申报时间"), "datetime", 17),
        ReportColumn("notice_ends_on", _("公示结束"), "date", 12),
        ReportColumn("number", _("文号"), width=24),
        ReportColumn("awarded_on", _("命名日期"), "date", 12),
        ReportColumn("check_due_on", _("年度复核期限"), "date", 12),
        ReportColumn("ended_on", _("终止日期"), "date", 12),
        ReportColumn("notice_starts_on", _("公示开始"), "date", 12, is_default=False),
    ),
)
