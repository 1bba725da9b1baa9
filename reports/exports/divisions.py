"""The register of streets and communities, in the columns its import reads."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Subdistrict
from reports.exports.base import REGISTERS, Report, ReportColumn
from reports.queries.registers import ENDED, STANDING, reported_communities

DISTRICT_DIGITS, CODE_DIGITS = 6, 12


class DivisionReport(Report):
    """Each street stands before its communities."""

    def count(self, rows: QuerySet, boundary: str = "") -> int:
        return rows.count() + _streets_of(rows).count()

    def full_rows(self, rows: QuerySet, boundary: str) -> Iterator[list]:
        streets = {street.pk: street for street in _streets_of(rows)}
        told = None
        for row in rows.select_related("successor"):
            street = streets[row.subdistrict_id]
            if street != told:
                told = street
                yield _line_of(street)
            yield [
                row.code,
                row.official_name,
                gettext("社区/村"),
                street.code,
                row.name,
                row.get_kind_display(),
                row.ends_on,
                row.successor and row.successor.name,
            ]


def _streets_of(rows: QuerySet) -> QuerySet[Subdistrict]:
    return Subdistrict.objects.filter(
        pk__in=rows.order_by().values("subdistrict")
    ).order_by("code")


def _line_of(street: Subdistrict) -> list:
    district = street.code[:DISTRICT_DIGITS].ljust(CODE_DIGITS, "0")
    return [
        street.code,
        street.name,
        gettext("街道/镇"),
        district,
        street.name,
        None,
        None,
        None,
    ]


DIVISIONS = DivisionReport(
    slug="divisions",
    title=_("区划名册"),
    counts=_(
        "每个街道（镇）和每个社区（村）各一行，没有社区（村）的街道（镇）不列；"
        "按现在的名称和隶属，含已撤销、合并的。导出的表可以作为区划代码表重新导入。"
    ),
    period="",
    states=[(STANDING, _("现有")), (ENDED, _("已撤销或合并"))],
    rows=reported_communities,
    moment="",
    topic=REGISTERS,
    filters=("street", "state"),
    columns=(
        ReportColumn("code", _("统计用区划代码"), width=16),
        ReportColumn("official_name", _("名称"), width=24),
        ReportColumn("level", _("级别"), width=10),
        ReportColumn("upper_code", _("上级代码"), width=16),
        ReportColumn("name", _("简称"), width=16),
        ReportColumn("kind", _("类型"), width=10),
        ReportColumn("ends_on", _("最后一天"), "date", 12),
        ReportColumn("successor", _("合并后的社区（村）"), width=16),
    ),
)
