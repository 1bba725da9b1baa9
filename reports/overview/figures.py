"""What the overview is made of: figures that open their rows, tables, sections."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.dates import hours_text
from reports.charts import Chart


@dataclass(frozen=True)
class Figure:
    """One number; `url` opens exactly the rows it counts or sums up.

    `value` is what the rows come to: their number, or the sum of their `column` (a
    key of the report's columns). Of minutes the page shows hours.
    """

    label: str
    value: int
    url: str = ""
    note: str = ""
    column: str = ""

    @property
    def text(self) -> str:
        """As the page shows it: thousands apart, hours with one decimal."""
        if self.column == "minutes":
            return f"{Decimal(hours_text(self.value)):,}"
        return f"{self.value:,}"


@dataclass(frozen=True)
class TableRow:
    """A line of a table; `url` looks into it."""

    label: str
    figures: list[Figure]
    url: str = ""


@dataclass(frozen=True)
class Table:
    """The table behind a chart; the headings are those of the figures' columns."""

    title: str
    first: str
    headings: Sequence[str]
    rows: list[TableRow]


@dataclass(frozen=True)
class Part:
    """A chart with the table behind it; `is_by_month` says how it is drawn."""

    chart: Chart
    table: Table
    is_by_month: bool = False


@dataclass(frozen=True)
class Section:
    """One concern of the page: what it counts, its figures, charts and tables."""

    key: str
    title: str
    about: str
    figures: list[Figure]
    parts: list[Part] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def percent_text(part: int, whole: int) -> str:
    """A share in whole percent, rounded down: 100 means all; "—" of nothing."""
    return f"{100 * part // whole}%" if whole else "—"
