"""Coverage of units and pillars: the progress matrix in a few figures."""

from django.utils.translation import gettext as _

from reports.charts import Line, bar_chart
from reports.overview.asked import Asked
from reports.overview.figures import (
    Figure,
    Part,
    Section,
    Table,
    TableRow,
    percent_text,
)
from reports.overview.units import progress_asked
from reports.progress import Kind, Progress


def coverage_section(asked: Asked) -> Section:
    """How many units have work in each pillar, and how much there is."""
    progress = progress_asked(asked)
    sums = progress.total.cells
    covered = _covered(progress)
    rows = [
        _row(asked, cell, count, len(progress.rows))
        for cell, count in zip(sums, covered, strict=True)
    ]
    lines = [
        Line(
            row.label,
            [figure.value for figure in row.figures[1:3]],
            _("%(part)s / %(whole)s") % {"part": count, "whole": len(progress.rows)},
        )
        for row, count in zip(rows, covered, strict=True)
    ][:-1]
    gist = _("%(part)s 个单位中有 %(count)s 个至少开展了一项活动。") % {
        "part": len(progress.rows),
        "count": covered[-1],
    }
    chart = bar_chart(
        "coverage",
        title=_("各板块已开展活动的单位"),
        gist=gist,
        lines=lines,
        parts=(_("已开展的单位"), _("未开展的单位")),
        whole=len(progress.rows),
    )
    headings = [_("已通过活动"), _("已开展单位"), _("未开展单位"), _("待审核活动")]
    total = rows[-1].figures
    return Section(
        "coverage",
        _("板块覆盖"),
        _about(asked),
        total,
        [Part(chart, Table(_("各板块的活动和单位"), _("板块"), headings, rows))],
        [(_("看各单位、各板块的进度"), asked.progress_url("reports:progress"))],
    )


def _about(asked: Asked) -> str:
    said = _("按单位和板块统计已通过的活动，联办活动计入每个单位，合计只计一次。")
    if asked.street:
        said += _("活动覆盖按单位统计，不随街道（镇）筛选变化。")
    if asked.campaign.is_frozen:
        said += _("行动已冻结，已通过的数字不再变动。")
    return said


def _covered(progress: Progress) -> list[int]:
    """For each pillar, and in all, how many units have an approved activity."""
    return [
        sum(bool(row.cells[place].approved) for row in progress.rows)
        for place in range(len(progress.total.cells))
    ]


def _row(asked: Asked, cell, count: int, units: int) -> TableRow:
    pillar = {"pillar": cell.pillar.code} if cell.pillar else {}
    span = "below" if asked.organization else "all"

    def activities(kind: Kind) -> str:
        name = "reports:progress_rows"
        return asked.progress_url(name, span=span, state=kind.value, **pillar)

    share = _("占 %(share)s") % {"share": percent_text(count, units)}
    return TableRow(
        cell.title,
        [
            Figure(_("已通过活动"), cell.approved, activities(Kind.APPROVED)),
            Figure(
                _("已开展单位"), count, asked.rows_url("units_covered", **pillar), share
            ),
            Figure(
                _("未开展单位"),
                units - count,
                asked.rows_url("units_uncovered", **pillar),
            ),
            Figure(_("待审核活动"), cell.waiting, activities(Kind.WAITING)),
        ],
    )
