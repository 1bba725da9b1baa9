"""Hours and turnout by month and by street: sums, never persons."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from core.dates import hours_text
from reports.charts import Line, bar_chart, column_chart
from reports.overview.asked import Asked, Rows
from reports.overview.figures import (
    Figure,
    Part,
    Section,
    Table,
    TableRow,
    percent_text,
)
from reports.overview.streets import Streets
from reports.periods import month_begun, month_text, months_between
from reports.queries.volunteering import attended_signups


@dataclass
class Sums:
    """Confirmed minutes, and what became of the shifts that were settled."""

    minutes: int = 0
    shifts: int = 0
    taken: int = 0
    attended: int = 0

    def add(self, **found: int | None) -> None:
        """Add what one group of rows comes to."""
        for name, value in found.items():
            setattr(self, name, getattr(self, name) + (value or 0))


class Found:
    """The sums of each month and of each street, and of all, in three queries."""

    def __init__(self, asked: Asked, streets: Streets) -> None:
        self.records = asked.dated("hours", "confirmed")
        self.shifts = asked.dated("turnout", "settled")
        self.by_month: dict[date, Sums] = defaultdict(Sums)
        self.by_street: dict[int | None, Sums] = defaultdict(Sums)
        self.total = Sums()
        records, shifts = self.records.queryset, self.shifts.queryset
        self._read(records, "", "community_number", streets, minutes=Sum("minutes"))
        sums = {"shifts": Count("pk"), "taken": Sum("taken")}
        self._read(shifts, "", "community", streets, **sums)
        came = attended_signups(shifts)
        self._read(came, "shift__", "shift__community", streets, attended=Sum("came"))

    def _read(
        self,
        rows: QuerySet,
        leads: str,
        place: str,
        streets: Streets,
        **sums: Count | Sum,
    ) -> None:
        """Add the sums of some rows; `leads` is the lookup to where their days are."""
        month = month_begun(f"{leads}starts_at")
        keyed = rows.annotate(month=month).values("month", place)
        renamed = {f"sum_{name}": figure for name, figure in sums.items()}
        for group in keyed.annotate(**renamed):
            found = {name: group[f"sum_{name}"] for name in sums}
            street = streets.of_community.get(group[place])
            self.by_month[group["month"]].add(**found)
            self.by_street[street].add(**found)
            self.total.add(**found)

    def figures(self, sums: Sums, url: Callable[[Rows], str]) -> list[Figure]:
        """What the page shows of some sums; `url` opens the rows they come from."""
        shifts = url(self.shifts) if url else ""
        share = percent_text(sums.attended, sums.taken)
        note = _("到场率 %(share)s") % {"share": share} if sums.taken else ""
        return [
            Figure(
                _("确认时长（小时）"),
                sums.minutes,
                url(self.records) if url else "",
                column="minutes",
            ),
            Figure(_("已结算班次"), sums.shifts, shifts),
            Figure(_("已占名额"), sums.taken, shifts, column="taken"),
            Figure(
                _("到场人次"),
                sums.attended,
                shifts,
                note,
                "attended",
            ),
        ]


def hours_section(asked: Asked, streets: Streets) -> Section:
    """Confirmed hours and the turnout of settled shifts."""
    found = Found(asked, streets)
    figures = found.figures(found.total, lambda rows: rows.url())
    headings = [figure.label for figure in figures]
    months = _months(found)
    tables = [
        Table(_("按月的时长和到场"), _("月份"), headings, _by_month(found, months)),
        Table(
            _("各街道（镇）的时长和到场"),
            _("街道（镇）"),
            headings,
            _by_street(found, streets),
        ),
    ]
    by_month = column_chart(
        "hours-months",
        title=_("每月确认时长（小时）"),
        gist=_("共确认 %(hours)s 小时，下图为最近的月份。")
        % {"hours": figures[0].text},
        lines=[_month_line(month, found.by_month[month]) for month in months],
    )
    by_street = bar_chart(
        "hours-streets",
        title=_("各街道（镇）确认时长（小时）"),
        gist=_("各街道（镇）的时长合计，按班次所在社区计。"),
        lines=[
            Line(row.label, [row.figures[0].value], row.figures[0].text)
            for row in tables[1].rows
        ],
    )
    return Section(
        "hours",
        _("时长和到场"),
        _(
            "时长只计已确认的记录，到场只计已结算的班次，都按开始时间和所在社区统计。"
            "参加与否由志愿者自己决定，只看总数，不看个人。"
        ),
        figures,
        [Part(by_month, tables[0], is_by_month=True), Part(by_street, tables[1])],
    )


def _months(found: Found) -> list[date]:
    """From the first month with something to the last, without a gap."""
    known = found.by_month.keys()
    return months_between(min(known), max(known)) if known else []


def _by_month(found: Found, months: list[date]) -> list[TableRow]:
    return [
        TableRow(
            month_text(month),
            found.figures(
                found.by_month[month], lambda rows, month=month: rows.month_url(month)
            ),
        )
        for month in reversed(months)
    ]


def _by_street(found: Found, streets: Streets) -> list[TableRow]:
    rows = [
        TableRow(
            name,
            found.figures(
                found.by_street[street],
                lambda rows, street=street: rows.url(street=street),
            ),
        )
        for street, name in streets.names.items()
    ]
    if None in found.by_street:
        # No filter says "nowhere": these stand in the sum, which opens them.
        nowhere = found.figures(found.by_street[None], None)
        rows.append(TableRow(_("未限定社区"), nowhere))
    return rows


def _month_line(month: date, sums: Sums) -> Line:
    hours = hours_text(sums.minutes).partition(".")[0]
    return Line(_("%(month)s月") % {"month": month.month}, [sums.minutes], hours)
