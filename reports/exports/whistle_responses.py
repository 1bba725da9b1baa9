"""The report of the units asked about whistles: one row each time one was asked."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Urgency, WhistleExtension, WhistleResponse
from communities.models import Community, Organization
from reports.exports.base import WHISTLES, Report, ReportColumn
from reports.exports.whistles import WHISTLE_FILTERS
from reports.queries.whistles import RESPONSE_STATES, reported_responses

WHISTLE_RESPONSES = Report(
    slug="whistle-responses",
    title=_("吹哨响应"),
    counts=_(
        "每次派给一个单位一行，退回后再派的另计一行。“按时响应”为空的不计入响应率："
        "未到时限的、已退回或提前解除的，以及撤回、并单的吹哨。"
    ),
    period=_(
        "期间按派单时间计；筛选应响应、按时响应时，按应响应时间计，与吹哨统计一致。"
    ),
    states=RESPONSE_STATES,
    rows=reported_responses,
    moment="asked_at",
    topic=WHISTLES,
    filters=WHISTLE_FILTERS,
    columns=(
        ReportColumn("whistle__number", _("吹哨编号"), width=20),
        ReportColumn(
            "whistle__community_id", _("街道（镇）"), named=(Community, "street")
        ),
        ReportColumn(
            "whistle__community_id", _("社区（村）"), named=(Community, "name")
        ),
        ReportColumn("whistle__category__title", _("类别")),
        ReportColumn(
            "organization_id", _("党组织"), width=32, named=(Organization, "name")
        ),
        ReportColumn(
            "organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
        ),
        ReportColumn("asked_at", _("派单时间"), "datetime", 17),
        ReportColumn("moment", _("应响应时间"), "datetime", 17),
        ReportColumn("accepted_at", _("接单时间"), "datetime", 17),
        ReportColumn("is_in_time", _("按时响应"), "bool", 10),
        ReportColumn(
            "state", _("状态"), width=10, choices=WhistleResponse.State.choices
        ),
        ReportColumn("return_reason", _("退回理由"), width=24),
        ReportColumn("delivered_at", _("交付时间"), "datetime", 17),
        ReportColumn("is_late", _("超时交付"), "bool", 10),
        ReportColumn("extension__until", _("申请延期到"), "date", 12),
        ReportColumn(
            "extension__state",
            _("延期答复"),
            width=10,
            choices=WhistleExtension.State.choices,
            is_default=False,
        ),
        ReportColumn(
            "handled_minutes", _("办理用时（工作分钟）"), "int", 12, is_default=False
        ),
        ReportColumn("by_dispatcher", _("街道或文明办派单"), "bool", is_default=False),
        ReportColumn("whistle__title", _("事由"), width=32, is_default=False),
        ReportColumn(
            "whistle__urgency",
            _("紧急程度"),
            width=10,
            choices=Urgency.choices,
            is_default=False,
        ),
    ),
)
