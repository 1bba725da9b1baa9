"""The report of communities: what took place there, by the boundary of then or now."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from reports.boundaries import Names
from reports.exports.activities import ACTIVITY_STATES
from reports.exports.base import Report, ReportColumn
from reports.queries import activities_by_community_and_day

NOWHERE = ("", _("未限定社区"))


class CommunityReport(Report):
    """One row for each community, under the name and street of the boundary.

    By the boundary of then, a community that was renamed or moved has a row for each
    of its names; by that of now all it did stands in one row, together with what the
    communities merged into it did.
    """

    def count(self, rows: QuerySet, boundary: str = "") -> int:
        return len(self._folded(rows, boundary))

    def full_rows(self, rows: QuerySet, boundary: str) -> Iterator[list]:
        return iter(self._folded(rows, boundary))

    def _folded(self, rows: QuerySet, boundary: str) -> list[list]:
        """Street, community and the sums, in the order of the register."""
        names = Names(boundary)
        street = names.lookup(Community, "street")
        name = names.lookup(Community, "name")
        code = names.lookup(Community, "code")
        sums: dict[tuple, list[int]] = {}
        for pk, day, *figures in rows.iterator():
            key = (code(pk, day) or "", street(pk, day) or "", name(pk, day) or "")
            held = sums.setdefault(key, [0] * len(figures))
            sums[key] = [
                one + (two or 0) for one, two in zip(held, figures, strict=True)
            ]
        return [
            [*(key[1:] if key[0] else map(str, NOWHERE)), *figures]
            for key, figures in sorted(sums.items())
        ]


COMMUNITIES = CommunityReport(
    slug="communities",
    title=_("社区活动统计"),
    counts=_(
        "每个社区（村）一行，草稿除外。按活动当日口径，更名或调整前后分别列示；"
        "按现在口径，合并、更名前的活动计入现在的社区（村），分设的计入承接主体。"
    ),
    period=_("期间按活动的开始时间计。"),
    states=ACTIVITY_STATES,
    rows=activities_by_community_and_day,
    moment="day",
    columns=(
        ReportColumn("street", _("街道（镇）")),
        ReportColumn("community", _("社区（村）")),
        ReportColumn("activities", _("活动数"), "int", 10),
        ReportColumn("approved", _("已通过"), "int", 10),
        ReportColumn("participants", _("参加人数"), "int", 10),
    ),
)
