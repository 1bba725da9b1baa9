"""The report of whistles: one row each, with the moments of its course."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Urgency, Whistle
from communities.models import Community
from reports.exports.base import (
    ORGANIZATION_FILTERS,
    PERIOD_FILTERS,
    PLACE_FILTERS,
    WHISTLES,
    Report,
    ReportColumn,
)
from reports.queries.whistles import WHISTLE_STATES, reported_whistles

WHISTLE_FILTERS = (
    *ORGANIZATION_FILTERS,
    *PLACE_FILTERS,
    *PERIOD_FILTERS,
    "state",
    "boundary",
)

WHISTLES_REPORT = Report(
    slug="whistles",
    title=_("吹哨"),
    counts=_(
        "每次吹哨一行，草稿除外；撤回、并单的也列出，状态写明，不计入各项比率。"
        "居民的姓名和联系方式不导出。按党组织筛选时，为派给其与下级的吹哨。"
    ),
    period=_(
        "期间按吹哨时间计；筛选已办结、按时办结、已评价等统计项时，按办结时间计，"
        "与吹哨统计一致。"
    ),
    states=WHISTLE_STATES,
    rows=reported_whistles,
    moment="issued_at",
    topic=WHISTLES,
    filters=WHISTLE_FILTERS,
    columns=(
        ReportColumn("number", _("编号"), width=20),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("category__title", _("类别")),
        ReportColumn("urgency", _("紧急程度"), width=10, choices=Urgency.choices),
        ReportColumn("title", _("事由"), width=32),
        ReportColumn("issued_at", _("吹哨时间"), "datetime", 17),
        ReportColumn("dispatched_at", _("首次派单"), "datetime", 17),
        ReportColumn("next_due_at", _("当前时限"), "datetime", 17),
        ReportColumn("delivered_at", _("交付时间"), "datetime", 17),
        ReportColumn("ended_at", _("办结时间"), "datetime", 17),
        ReportColumn("is_on_time", _("按时办结"), "bool", 10),
        ReportColumn(
            "resolution", _("解决情况"), width=10, choices=Whistle.Resolution.choices
        ),
        ReportColumn("is_satisfied", _("是否满意"), "bool", 10),
        ReportColumn("state", _("状态"), width=12, choices=Whistle.State.choices),
        ReportColumn("rated_at", _("评价时间"), "datetime", 17, is_default=False),
        ReportColumn(
            "handled_minutes", _("办理用时（工作分钟）"), "int", 12, is_default=False
        ),
        ReportColumn("returned_count", _("被退单次数"), "int", 10, is_default=False),
        ReportColumn("reopened_count", _("重办次数"), "int", 10, is_default=False),
        ReportColumn("merged_into__number", _("并入"), width=20, is_default=False),
    ),
)
