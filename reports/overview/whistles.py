"""Rates of whistles in a few figures; exactly those of reports.whistle_rates."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.charts import Line, bar_chart
from reports.overview.asked import Asked
from reports.overview.figures import Figure as Shown
from reports.overview.figures import Part, Section, Table, TableRow
from reports.overview.links import by_street
from reports.overview.streets import Streets
from reports.whistle_rates import OF_RESPONSES, Figure, Rate, Row


def whistles_section(asked: Asked, streets: Streets) -> Section:
    """How whistles were answered and closed, by street and in all."""
    responses = [
        (str(figure.label), asked.dated("whistle-responses", figure.value))
        for figure in OF_RESPONSES
    ]
    closed = [figure for figure in Figure if figure not in OF_RESPONSES]
    whistles = [
        (str(figure.label), asked.dated("whistles", figure.value)) for figure in closed
    ]
    asked_rows, asked_sums = by_street(responses, streets, "whistle__community")
    rows, sums = by_street(whistles, streets)
    rows = [
        TableRow(one.label, one.figures + two.figures)
        for one, two in zip(asked_rows, rows, strict=True)
    ]
    counts = dict(zip(Figure, asked_sums + sums, strict=True))
    values = {figure: shown.value for figure, shown in counts.items()}
    rates = Row(None, "", counts=values).rates
    figures = [_shown(counts[rate.part_figure], rate) for rate in rates]
    chart = bar_chart(
        "whistles",
        title=_("吹哨成效"),
        gist="；".join(each.note for each in figures),
        lines=[_line(rate) for rate in rates],
    )
    headings = [str(figure.label) for figure in Figure]
    total = TableRow(_("合计"), list(counts.values()))
    table = Table(_("各街道（镇）吹哨"), _("街道（镇）"), headings, [*rows, total])
    return Section(
        "whistles",
        _("吹哨成效"),
        _(
            "响应率＝按时响应÷应响应；按时办结率＝按时办结÷已办结；"
            "解决率＝评价为已解决÷已评价；满意率＝评价为满意÷已评价。"
            "吹哨不属于某一行动，按行动的起止日期统计。"
        ),
        figures,
        [Part(chart, table)],
        [(_("看各单位、各社区的成效"), reverse("reports:whistle_rates"))],
    )


def _shown(figure: Shown, rate: Rate) -> Shown:
    note = _("%(title)s %(rate)s") % {"title": rate.title, "rate": rate.percent}
    return replace(figure, note=note)


def _line(rate: Rate) -> Line:
    words = {"rate": rate.percent, "part": rate.part, "whole": rate.whole}
    text = _("%(rate)s（%(part)s / %(whole)s）") % words
    return Line(str(rate.title), [rate.part, rate.whole - rate.part], text, rate.whole)
