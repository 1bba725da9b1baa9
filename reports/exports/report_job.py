"""A report as a file: who may have it, what it says of itself, how it is written."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.permissions import Permission, has_permission
from core.errors import RuleError
from core.sheets_write import ROWS_OF_A_SHEET, stream_csv, write_xlsx
from reports.exports import REPORTS
from reports.exports.base import Report, ReportColumn
from reports.queries import Filters
from reports.queries.asked import filters_of, words_of

FORMATS = ("xlsx", "csv")
MAX_ROWS = {"xlsx": ROWS_OF_A_SHEET, "csv": 5_000_000}
STEP_ROWS = 500


@dataclass(frozen=True)
class ReportRequest:
    """Which report, as what, under which plain filters, with which columns.

    A `purpose` asks for persons unmasked.
    """

    slug: str
    file_format: str
    filters: dict[str, Any] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    purpose: str = ""

    def plain(self) -> dict[str, Any]:
        """As the parameters of a job keep it."""
        return {
            "report": self.slug,
            "format": self.file_format,
            "filters": self.filters,
            "columns": self.columns,
            "purpose": self.purpose,
        }

    @property
    def report(self) -> Report:
        """The report. Raises RuleError when it is there no more."""
        if self.slug not in REPORTS:
            raise RuleError(_("这张报表已不存在。"))
        return REPORTS[self.slug]

    @property
    def chosen(self) -> tuple[ReportColumn, ...]:
        """The columns of the file."""
        return self.report.choose(self.columns)

    def filters_for(self, user: User) -> Filters:
        """The filters. Raises RuleError for what is there no more."""
        return filters_of(self.filters, user=user, states=self.report.states)

    def about(self, user: User, filters: Filters) -> list[tuple[str, str]]:
        """The sheet about the file; the writer adds the number of rows."""
        report = self.report
        left_out = [str(one.title) for one in report.columns if one not in self.chosen]
        asked = {name: getattr(filters, name) for name in self.filters}
        return [
            (_("报表"), str(report.title)),
            (_("统计口径"), f"{report.counts}{report.period}"),
            (_("导出人"), str(user)),
            (_("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
            (_("筛选条件"), words_of(asked, report.states)),
            (_("未导出的列"), "、".join(left_out) or _("无")),
            *self._about_persons(),
        ]

    def _about_persons(self) -> list[tuple[str, str]]:
        if not self.purpose:
            return [(_("个人信息"), _("已隐去，不得用于对个人排名或考核。"))]
        return [
            (_("个人信息"), _("未隐去，仅限下列用途，用后删除，不得转发。")),
            (_("用途"), self.purpose),
        ]


class ReportMaker:
    """Makes the file in the background; registered in the app's configuration."""

    def title(self, parameters: dict[str, Any]) -> str:
        """Which report, as what."""
        asked = read(parameters)
        text = _("%(report)s报表（%(format)s）")
        if asked.purpose:
            text = _("%(report)s报表（%(format)s，含个人信息）")
        return text % {
            "report": asked.report.title,
            "format": asked.file_format.upper(),
        }

    def check(self, parameters: dict[str, Any], user: User) -> None:
        """Raise RuleError when the user may not have this file."""
        asked = read(parameters)
        if not has_permission(user, Permission.REPORT_EXPORT):
            raise RuleError(_("您没有导出报表的权限。"))
        if asked.purpose and not has_permission(user, Permission.REPORT_UNMASK):
            raise RuleError(_("您没有导出个人信息的权限。"))

    def total(self, parameters: dict[str, Any], user: User) -> int:
        """How many rows there are. Raises RuleError for more than the file holds."""
        self.check(parameters, user)
        asked = read(parameters)
        filters = asked.filters_for(user)
        rows = asked.report.rows(user, filters)
        count = asked.report.count(rows, filters.boundary)
        refuse_too_many(count, asked.file_format)
        return count

    def write(
        self,
        parameters: dict[str, Any],
        user: User,
        path: Path,
        progress: Callable[[int], None],
    ) -> str:
        """Write the file; raises RuleError when the right is gone."""
        self.check(parameters, user)
        asked = read(parameters)
        filters = asked.filters_for(user)
        cells = asked.report.cells(
            asked.report.rows(user, filters),
            filters.boundary,
            asked.chosen,
            is_masked=not asked.purpose,
            is_background=True,
        )
        table = {
            "columns": asked.report.head(asked.chosen),
            "rows": _counted(cells, progress),
        }
        with closing(cells):
            if asked.file_format == "csv":
                _write_csv(path, **table)
            else:
                about = asked.about(user, filters)
                name = str(asked.report.title)
                write_xlsx(path, sheet_name=name, about=about, **table)
        return file_name(asked)


def read(parameters: dict[str, Any]) -> ReportRequest:
    """The request a job's parameters stand for."""
    values = dict(parameters)
    return ReportRequest(
        slug=values.pop("report"), file_format=values.pop("format"), **values
    )


def file_name(asked: ReportRequest) -> str:
    """The report and the day it was taken."""
    return f"{asked.report.title}_{timezone.localdate():%Y-%m-%d}.{asked.file_format}"


def refuse_too_many(count: int, file_format: str) -> None:
    """Raise RuleError for more rows than a file of this format takes."""
    limit = MAX_ROWS[file_format]
    if count <= limit:
        return
    text = _("记录超过 %(limit)d 条，请缩小范围。")
    if file_format == "xlsx":
        text = _("记录超过 %(limit)d 条，请缩小范围，或者导出 CSV。")
    raise RuleError(text % {"limit": limit})


def _write_csv(path: Path, **table: Any) -> None:
    with path.open("wb") as file:
        file.writelines(stream_csv(**table))


def _counted(rows: Iterable[list], progress: Callable[[int], None]) -> Iterator[list]:
    """The rows, telling how many there were so far, and at the end how many in all."""
    count = 0
    for count, row in enumerate(rows, start=1):
        if count % STEP_ROWS == 0:
            progress(count)
        yield row
    progress(count)
