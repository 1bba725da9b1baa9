"""The report of members' report-ins: who reported in stays masked, also unasked.

Nobody but the community reads the persons' names; the office follows the counts.
So the name is shortened for good, and there is no mask to leave out.
"""

from django.utils.translation import gettext_lazy as _

from communities.models import Community, MemberReportIn, Organization
from reports.exports.base import LINKS, Report, ReportColumn
from reports.exports.masks import mask_name
from reports.exports.pairings import LINK_FILTERS
from reports.queries import reported_member_report_ins

MEMBER_REPORT_INS = Report(
    slug="member-report-ins",
    title=_("党员报到"),
    counts=_(
        "每次党员报到一行，签收前本人撤回的除外；转到别处的另起一行。"
        "报到出于本人自愿，不列未报到的人；姓名只由所在社区（村）查看，这里始终隐去。"
    ),
    period=_("期间按提交时间计。"),
    states=MemberReportIn.State.choices,
    rows=reported_member_report_ins,
    moment="named_on",
    topic=LINKS,
    filters=LINK_FILTERS,
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn(
            "organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
        ),
        ReportColumn("user__display_name", _("姓名"), width=10, shown=mask_name),
        ReportColumn(
            "state", _("状态"), width=10, choices=MemberReportIn.State.choices
        ),
        ReportColumn("submitted_at", _("提交时间"), "datetime", 17),
        ReportColumn("answered_at", _("签收或退回时间"), "datetime", 17),
        ReportColumn("starts_on", _("报到日期"), "date", 12),
        ReportColumn("ends_on", _("结束日期"), "date", 12),
        ReportColumn(
            "organization_id",
            _("党组织"),
            width=32,
            named=(Organization, "name"),
            is_default=False,
        ),
    ),
)
