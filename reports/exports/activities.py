"""The report of activities: one row each."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity, Initiative, Pillar
from communities.models import Community, Organization
from reports.exports.base import Report, ReportColumn
from reports.queries import reported_activities

ACTIVITY_STATES = [
    choice for choice in Activity.State.choices if choice[0] != Activity.State.DRAFT
]

ACTIVITIES = Report(
    slug="activities",
    title=_("活动"),
    counts=_(
        "每个活动一行，草稿除外。报名人数按各班次已占名额合计，不含已取消的班次。"
    ),
    period=_("期间按活动的开始时间计。"),
    states=ACTIVITY_STATES,
    rows=reported_activities,
    moment="starts_at",
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("campaign__title", _("行动"), width=24),
        ReportColumn("pillar_id", _("板块"), width=20, named=(Pillar, "title")),
        ReportColumn(
            "second_pillar_id", _("第二板块"), width=20, named=(Pillar, "title")
        ),
        ReportColumn("initiative_id", _("举措"), width=24, named=(Initiative, "title")),
        ReportColumn("title", _("活动名称"), width=32),
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
        ReportColumn("place", _("地点"), width=24),
        ReportColumn("starts_at", _("开始时间"), "datetime", 17),
        ReportColumn("ends_at", _("结束时间"), "datetime", 17),
        ReportColumn("participant_count", _("参加人数"), "int", 10),
        ReportColumn("photo_count", _("照片数"), "int", 8),
        ReportColumn("shift_count", _("班次数"), "int", 8),
        ReportColumn("signup_count", _("报名人数"), "int", 10),
        ReportColumn("state", _("状态"), width=10, choices=ACTIVITY_STATES),
        ReportColumn("submitted_at", _("提交时间"), "datetime", 17),
        ReportColumn("reviewed_at", _("审核时间"), "datetime", 17),
    ),
)
