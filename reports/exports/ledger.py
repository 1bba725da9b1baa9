"""The report of the ledger: approved activities with their partners and facts."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import ActivityPartner, Initiative, Pillar
from communities.models import Community, Organization
from reports.boundaries import Lookup, Names
from reports.exports.base import Report, ReportColumn
from reports.exports.reading import CHUNK_ROWS
from reports.periods import month_text
from reports.queries.ledger import LEDGER_STATES, reported_ledger


def told(is_addendum: bool) -> str:
    """Where the activity stands, in words."""
    return str(LEDGER_STATES[is_addendum][1])


NAMED = (Organization, "name")
PARTNERS = ReportColumn("joined", _("共同单位"), width=32)


class LedgerReport(Report):
    """Activities with those who joined; these are read for some thousands at a time."""

    def _queried(
        self,
        rows: QuerySet,
        boundary: str,
        columns: tuple[ReportColumn, ...],
        part: slice,
    ) -> Iterator[list]:
        found = super()._queried(rows, boundary, columns, part)
        if PARTNERS not in columns:
            yield from found
            return
        place, name = columns.index(PARTNERS), Names(boundary).lookup(*NAMED)
        while lines := list(islice(found, CHUNK_ROWS)):
            joined = _partners_of([cells[place] for cells in lines], name)
            for cells in lines:
                cells[place] = "、".join(joined[cells[place]])
                yield cells


def _partners_of(activities: list[int], name: Lookup) -> dict[int, list[str]]:
    """Activity to the names of those who had joined, by the boundary of `name`."""
    joined = ActivityPartner.objects.filter(
        activity__in=activities, state=ActivityPartner.State.CONFIRMED
    ).order_by("pk")
    names = defaultdict(list)
    for activity, organization, moment in joined.values_list(
        "activity_id", "organization_id", "activity__starts_at"
    ):
        names[activity].append(name(organization, moment) or "")
    return names


LEDGER = LedgerReport(
    slug="ledger",
    title=_("台账"),
    counts=_(
        "每个已通过的活动一行，未通过的除外。按党组织筛选时，含其与下级主办和共同举办的"
        "活动；行动已冻结的，按冻结当日的隶属。"
    ),
    period=_("期间按活动的开始时间计。"),
    states=LEDGER_STATES,
    rows=reported_ledger,
    moment="starts_at",
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("campaign__title", _("行动"), width=24),
        ReportColumn("pillar_id", _("板块"), width=20, named=(Pillar, "title")),
        ReportColumn("month", _("月份"), width=12, shown=month_text),
        ReportColumn("initiative_id", _("举措"), width=24, named=(Initiative, "title")),
        ReportColumn("title", _("活动名称"), width=32),
        ReportColumn("organization_id", _("党组织"), width=32, named=NAMED),
        PARTNERS,
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("place", _("地点"), width=24),
        ReportColumn("starts_at", _("开始时间"), "datetime", 17),
        ReportColumn("participant_count", _("参加人数"), "int", 10),
        ReportColumn("photo_count", _("照片数"), "int", 8),
        ReportColumn("in_addendum", _("统计口径"), width=12, shown=told),
        ReportColumn(
            "organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
            is_default=False,
        ),
        ReportColumn("ends_at", _("结束时间"), "datetime", 17, is_default=False),
        ReportColumn(
            "second_pillar_id",
            _("第二板块"),
            width=20,
            named=(Pillar, "title"),
            is_default=False,
        ),
        ReportColumn("study__topic", _("学习主题"), width=24, is_default=False),
        ReportColumn("deed__promise", _("承诺事项"), width=24, is_default=False),
        ReportColumn("deed__promised_for", _("承诺完成"), "date", 12, is_default=False),
        ReportColumn("deed__done_on", _("实际完成"), "date", 12, is_default=False),
        ReportColumn("deed__result", _("办理结果"), width=24, is_default=False),
        ReportColumn("reviewed_at", _("审核时间"), "datetime", 17, is_default=False),
    ),
)
