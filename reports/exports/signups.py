"""The report of sign-ups: one row each, persons masked."""

from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organization
from reports.exports.base import VOLUNTEERING, Report, ReportColumn
from reports.exports.masks import mask_name, mask_number
from reports.queries import reported_signups
from volunteers.models import Signup


def told(state: str) -> str:
    """A state in the words of the report."""
    return str(dict(Signup.TOLD_CHOICES)[Signup.TOLD[state]])


SIGNUPS = Report(
    slug="signups",
    title=_("报名"),
    counts=_(
        "每次报名一行，含候补和已取消的，同行人计入人数；同一人重新报名另计一行。"
    ),
    period=_("期间按班次的开始时间计。"),
    states=Signup.TOLD_CHOICES,
    rows=reported_signups,
    moment="shift__starts_at",
    topic=VOLUNTEERING,
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("shift__activity__campaign__title", _("行动"), width=24),
        ReportColumn("shift__activity__pillar__title", _("板块"), width=20),
        ReportColumn("shift__activity__title", _("活动名称"), width=32),
        ReportColumn("shift__title", _("岗位"), width=20),
        ReportColumn(
            "shift__activity__organization_id",
            _("党组织"),
            width=32,
            named=(Organization, "name"),
        ),
        ReportColumn(
            "shift__community_id", _("街道（镇）"), named=(Community, "street")
        ),
        ReportColumn("shift__community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("shift__starts_at", _("班次开始"), "datetime", 17),
        ReportColumn("shift__ends_at", _("班次结束"), "datetime", 17),
        ReportColumn(
            "volunteer__user__display_name", _("姓名"), width=10, mask=mask_name
        ),
        ReportColumn(
            "volunteer__user__phone",
            _("手机号"),
            "phone",
            mask=mask_number,
        ),
        ReportColumn("heads", _("人数"), "int", 8),
        ReportColumn("state", _("状态"), width=10, shown=told),
        ReportColumn("position", _("候补序号"), "int", 10),
        ReportColumn("created_at", _("报名时间"), "datetime", 17),
        ReportColumn("cancelled_at", _("取消时间"), "datetime", 17),
    ),
)
