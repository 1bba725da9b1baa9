"""What the file of a report says."""

from reports.exports.base import Report
from reports.queries import Filters


def cells_of(report: Report, user, filters=None, *, keys=(), **options) -> list[list]:
    """The cells of all rows; of the columns with these keys, or the default ones."""
    rows = report.rows(user, filters or Filters())
    return list(report.cells(rows, "", report.choose(keys), **options))


def all_keys(report: Report) -> list[str]:
    """What chooses every column."""
    return [column.key for column in report.columns]


def numbers(report: Report, user, filters: Filters) -> set[int]:
    """Which rows the filters keep."""
    return {row.pk for row in report.rows(user, filters)}
