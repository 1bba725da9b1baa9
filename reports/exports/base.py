"""What a report is: what it counts, its columns, its rows as cells."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, repeat
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from core.sheets_write import Column
from reports.boundaries import Names
from reports.exports.reading import CHUNK_ROWS, PART_ROWS, held_read, patient_read
from reports.queries import Filters

Text = str | Promise
Choices = list[tuple[str, Text]]

# The topics of the catalogue, in its order.
WORK = gettext_lazy("工作")
LINKS = gettext_lazy("挂钩与报到")
WHISTLES = gettext_lazy("吹哨")
VOLUNTEERING = gettext_lazy("志愿服务")
MESSAGES = gettext_lazy("提醒")
REGISTERS = gettext_lazy("名册")
TOPICS = (WORK, LINKS, WHISTLES, VOLUNTEERING, MESSAGES, REGISTERS)

# Fields of `Filters` that most reports know.
ORGANIZATION_FILTERS = ("organization", "organization_text")
PLACE_FILTERS = ("street", "community")
PERIOD_FILTERS = ("starts_on", "ends_on")
WORK_FILTERS = (
    "campaign",
    "pillar",
    *ORGANIZATION_FILTERS,
    *PLACE_FILTERS,
    *PERIOD_FILTERS,
    "state",
    "boundary",
)


@dataclass(frozen=True)
class ReportColumn:
    """A field of the report's rows and how it stands in the sheet.

    With `named` the field holds the number of an organisation or community, and the
    cell says its name, unit or street (see `boundaries.Names`). A personal column has
    a `mask` for its text, which only an export with a purpose goes without. Columns
    that are not `is_default` are left out until the reader chooses them.
    """

    field: str
    title: Text
    kind: str = "text"
    width: int = 14
    shown: Callable[[Any], Any] | None = None
    choices: Choices | None = None
    named: tuple[type, str] | None = None
    mask: Callable[[str], str] | None = None
    is_default: bool = True

    @property
    def key(self) -> str:
        """The column's name in addresses and saved settings, one of its kind."""
        return f"{self.field}.{self.named[1]}" if self.named else self.field

    def maker(self) -> Callable[[Any], Any] | None:
        """What turns the field's value into the cell; None leaves it as it is."""
        if self.choices is None:
            return self.shown
        return {value: str(label) for value, label in self.choices}.get


Columns = tuple[ReportColumn, ...] | None
ALL = slice(0, None)


@dataclass(frozen=True)
class Report:
    """One report: `rows` are what a user may export under filters.

    `counts` says in a line what a row is and what is left out, `period` which moment
    the days asked for mean ("" when it has none). `moment` is the field whose day says
    which names were valid. `filters` names the fields of `Filters` the report knows;
    the others are not offered. `topic` groups the catalogue.

    A report whose rows are no single QuerySet overrides `count` and `full_rows`; its
    `moment` may be "".
    """

    slug: str
    title: Text
    counts: Text
    period: Text
    states: Choices
    rows: Callable[[User, Filters], QuerySet]
    moment: str
    columns: tuple[ReportColumn, ...]
    filters: tuple[str, ...] = WORK_FILTERS
    topic: Text = WORK

    def count(self, rows: QuerySet, boundary: str = "") -> int:
        """How many rows the file will have."""
        return rows.count()

    def count_to(self, most: int, rows: QuerySet, boundary: str = "") -> int:
        """The same for a page, which counts no further than one past `most`.

        A report that counts its own way has few rows and counts them all.
        """
        if type(self).count is not Report.count:
            return self.count(rows, boundary)
        return rows.order_by().values("pk")[: most + 1].count()

    def full_rows(self, rows: QuerySet, boundary: str) -> Iterator[list] | None:
        """The unmasked cells of all columns, when the rows are no plain QuerySet.

        None: each row is one of the QuerySet, and only the chosen fields are read.
        """
        return None

    def choose(self, keys: Collection[str]) -> tuple[ReportColumn, ...]:
        """The columns of these keys in the report's order; its default for none."""
        chosen = tuple(column for column in self.columns if column.key in keys)
        return chosen or tuple(column for column in self.columns if column.is_default)

    def head(self, columns: Columns = None) -> list[Column]:
        """The columns as the spreadsheet writer takes them."""
        return [
            Column(str(column.title), column.kind, column.width)
            for column in columns or self.choose(())
        ]

    def preview(
        self,
        rows: QuerySet,
        limit: int,
        boundary: str = "",
        columns: Columns = None,
        *,
        offset: int = 0,
    ) -> list[list[tuple[ReportColumn, str]]]:
        """Some rows as pairs of column and text, personal data masked."""
        columns = columns or self.choose(())
        part = slice(offset, offset + limit)
        cells = self._cells(rows, boundary, columns, part=part, is_masked=True)
        return [
            [(column, text_of(cell)) for column, cell in zip(columns, row, strict=True)]
            for row in cells
        ]

    def cells(
        self,
        rows: QuerySet,
        boundary: str = "",
        columns: Columns = None,
        *,
        is_masked: bool = True,
        is_background: bool = False,
    ) -> Iterator[list]:
        """All rows as lists of cells, one query read in parts.

        On PostgreSQL the cursor stays on the server. A worker that tells its progress
        meanwhile says `is_background` and is in no transaction.
        """
        columns = columns or self.choose(())
        with held_read() if is_background else patient_read():
            yield from self._cells(rows, boundary, columns, is_masked=is_masked)

    def _cells(
        self,
        rows: QuerySet,
        boundary: str,
        columns: tuple[ReportColumn, ...],
        *,
        is_masked: bool,
        part: slice = ALL,
    ) -> Iterator[list]:
        full = self.full_rows(rows, boundary)
        if full is None:
            lines = self._queried(rows, boundary, columns, part)
        else:
            places = [self.columns.index(column) for column in columns]
            lines = (
                [cells[place] for place in places]
                for cells in islice(full, part.start, part.stop)
            )
        masks = [
            (place, column.mask)
            for place, column in enumerate(columns)
            if column.mask and is_masked
        ]
        if not masks:
            yield from lines
            return
        for cells in lines:
            for place, mask in masks:
                cells[place] = mask(cells[place])
            yield cells

    def _queried(
        self,
        rows: QuerySet,
        boundary: str,
        columns: tuple[ReportColumn, ...],
        part: slice,
    ) -> Iterator[list]:
        """Read in parts, each worked on column by column, which is much quicker.

        Names need the row's moment, which is read also when it is not shown.
        """
        fields = [column.field for column in columns]
        read = list(dict.fromkeys([*fields, *filter(None, [self.moment])]))
        values = rows.values_list(*read)
        found = iter(values.iterator(CHUNK_ROWS) if part is ALL else values[part])
        moment = read.index(self.moment) if self.moment else None
        names = Names(boundary)
        makers = [(read.index(each.field), _maker_of(each, names)) for each in columns]
        while lines := list(islice(found, PART_ROWS)):
            taken = list(zip(*lines, strict=True))
            moments = repeat(None) if moment is None else taken[moment]
            cells = [make(taken[place], moments) for place, make in makers]
            yield from map(list, zip(*cells, strict=True))


def _maker_of(
    column: ReportColumn, names: Names
) -> Callable[[Sequence, Iterable], Sequence]:
    """What makes a column's cells of the values and moments of some rows."""
    make = column.maker()
    if column.named:
        find = names.lookup(*column.named).column
        if make is None:
            return find
        return lambda values, moments: map(make, find(values, moments))
    if make:
        return lambda values, moments: map(make, values)
    return lambda values, moments: values


def text_of(cell: Any) -> str:
    """The cell as the preview shows it; moments in Beijing time."""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, bool):
        return gettext("是") if cell else gettext("否")
    return "" if cell is None else str(cell)
