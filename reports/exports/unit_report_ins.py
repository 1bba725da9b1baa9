"""The report of units' report-ins: one row each that was handed in."""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organization, OrganizationReportIn
from core.working_days import CalendarMissing, add_working_days
from reports.exports.base import LINKS, Report, ReportColumn
from reports.exports.masks import mask_name, mask_number
from reports.exports.pairings import LINK_FILTERS
from reports.queries import reported_unit_report_ins
from reports.queries.links import OVERDUE

State = OrganizationReportIn.State
STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


def answer_due_on(since: datetime) -> date | None:
    """By when the community answers; None where no calendar tells."""
    return _due_after(timezone.localdate(since), settings.REPORT_IN_WORKING_DAYS)


@lru_cache(maxsize=4096)
def _due_after(day: date, count: int) -> date | None:
    try:
        return add_working_days(day, count)
    except CalendarMissing:
        return None


UNIT_REPORT_INS = Report(
    slug="unit-report-ins",
    title=_("单位报到"),
    counts=_(
        "每份提交过的单位报到一行，草稿除外；退回后重新提交的仍是同一行。"
        "逾期指提交后超过规定工作日，社区（村）仍未签收或退回。"
    ),
    period=_("期间按最近一次提交的时间计。"),
    states=[*STATES, (OVERDUE, _("逾期未签收"))],
    rows=reported_unit_report_ins,
    moment="named_on",
    topic=LINKS,
    filters=LINK_FILTERS,
    columns=(
        ReportColumn("pk", _("序号"), "int", 8, is_default=False),
        ReportColumn("number", _("编号"), width=24),
        ReportColumn(
            "organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
        ),
        ReportColumn(
            "organization_id", _("党组织"), width=32, named=(Organization, "name")
        ),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("starts_on", _("报到期开始"), "date", 12),
        ReportColumn("ends_on", _("报到期结束"), "date", 12),
        ReportColumn("member_count", _("在职党员数"), "int", 10),
        ReportColumn("state", _("状态"), width=10, choices=STATES),
        ReportColumn("submitted_at", _("提交时间"), "datetime", 17),
        ReportColumn("due_from", _("签收期限"), "date", 12, shown=answer_due_on),
        ReportColumn("answered_at", _("签收或退回时间"), "datetime", 17),
        ReportColumn(
            "leader_name", _("带队领导"), width=10, mask=mask_name, is_default=False
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
        ReportColumn("offers", _("可提供的服务和资源"), width=40, is_default=False),
        ReportColumn("return_reason", _("退回理由"), width=24, is_default=False),
        ReportColumn("remark", _("备注"), width=24, is_default=False),
    ),
)
