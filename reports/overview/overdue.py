"""What is overdue today, concern by concern."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from reports.charts import Line, bar_chart
from reports.overview.asked import Asked
from reports.overview.figures import Figure, Part, Section, Table, TableRow
from reports.overview.units import LATE_DAYS, late_reviews


def overdue_section(asked: Asked) -> Section:
    """Records whose day has passed; each count opens its rows."""
    labelled = [
        (_("吹哨"), _("有单位超过当前时限"), "whistles"),
        (_("任务"), _("过了完成日期还没有办结"), "tasks"),
        (
            _("单位报到待签收"),
            _("超过 %(days)s 个工作日没有答复")
            % {"days": settings.REPORT_IN_WORKING_DAYS},
            "unit-report-ins",
        ),
        (
            _("班次待结算"),
            _("结束后超过 %(days)s 个工作日") % {"days": settings.SETTLE_WORKING_DAYS},
            "turnout",
        ),
    ]
    figures = []
    for label, note, slug in labelled:
        rows = asked.standing(slug, "overdue")
        figures.append(Figure(label, rows.queryset.count(), rows.url(), note))
    figures.append(
        Figure(
            _("活动待审核"),
            late_reviews(asked).count(),
            asked.rows_url("reviews_late"),
            _("提交后超过 %(days)s 天") % {"days": LATE_DAYS},
        )
    )
    count = sum(figure.value for figure in figures)
    chart = bar_chart(
        "overdue",
        title=_("逾期未办的记录"),
        gist=_("共 %(count)s 条记录逾期。") % {"count": count},
        lines=[Line(each.label, [each.value], each.text) for each in figures],
    )
    rows = [
        TableRow(f"{each.label}：{each.note}", [replace(each, note="")])
        for each in figures
    ]
    table = Table(_("逾期未办的记录"), _("事项"), [_("逾期")], rows)
    return Section(
        "overdue",
        _("逾期未办"),
        _("按此刻统计，不随期间变化。"),
        figures,
        [Part(chart, table)],
    )
