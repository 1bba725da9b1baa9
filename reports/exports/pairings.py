"""The report of pairings: one row each, ended ones too."""

from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organization, Pairing, PairingNotice
from reports.exports.base import (
    LINKS,
    ORGANIZATION_FILTERS,
    PERIOD_FILTERS,
    PLACE_FILTERS,
    Report,
    ReportColumn,
)
from reports.exports.masks import mask_name, mask_number
from reports.queries import reported_pairings
from reports.queries.links import REPORTED, UNREPORTED

LINK_FILTERS = (
    *ORGANIZATION_FILTERS,
    *PLACE_FILTERS,
    *PERIOD_FILTERS,
    "state",
    "boundary",
)
STATES = [
    choice for choice in Pairing.State.choices if choice[0] != Pairing.State.VOIDED
]
YES_OR_NO = [(True, _("是")), (False, _("否"))]

PAIRINGS = Report(
    slug="pairings",
    title=_("结对"),
    counts=_(
        "每次结对一行，含已结束的，生效前作废的除外；换了挂钩领导等情况另起一行。"
        "状态和单位报到按今天统计，名称按今天的，已结束的按结束当日的。"
        "筛选“生效中”后导出的表，可以作为“整体调整”通知重新导入。"
    ),
    period=_("期间内任何一天有效的结对都列入。"),
    states=[
        *STATES,
        (REPORTED, _("生效中，单位已报到")),
        (UNREPORTED, _("生效中，单位未报到")),
    ],
    rows=reported_pairings,
    moment="named_on",
    topic=LINKS,
    filters=LINK_FILTERS,
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn(
            "organization_id",
            _("挂钩单位"),
            width=24,
            named=(Organization, "unit_name"),
        ),
        ReportColumn(
            "organization_id", _("党组织"), width=32, named=(Organization, "name")
        ),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("is_lead", _("是否牵头"), width=10, choices=YES_OR_NO),
        ReportColumn("state_today", _("状态"), width=10, choices=STATES),
        ReportColumn(
            "report_in_today",
            _("单位报到"),
            width=10,
            choices=[(REPORTED, _("已报到")), (UNREPORTED, _("未报到"))],
        ),
        ReportColumn("starts_on", _("开始日期"), "date", 12),
        ReportColumn("ends_on", _("结束日期"), "date", 12),
        ReportColumn("notice__number", _("文号"), width=24),
        ReportColumn("ended_by__number", _("结束依据"), width=24),
        ReportColumn("continues_id", _("承接自（编号）"), "int", 10),
        ReportColumn(
            "notice__kind",
            _("通知类型"),
            choices=PairingNotice.Kind.choices,
            is_default=False,
        ),
        ReportColumn(
            "leader_name", _("挂钩领导"), width=10, mask=mask_name, is_default=False
        ),
        ReportColumn("leader_title", _("职务"), is_default=False),
        ReportColumn(
            "contact_name", _("联络员"), width=10, mask=mask_name, is_default=False
        ),
        ReportColumn(
            "contact_phone",
            _("联系电话"),
            "phone",
            mask=mask_number,
            is_default=False,
        ),
        ReportColumn("remark", _("备注"), width=24, is_default=False),
    ),
)
