"""What a report is: what it counts, its columns, its rows as cells."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from core.sheets_write import Column
from reports.boundaries import Names
from reports.queries import Filters

CHUNK_ROWS = 2000
# An export may take longer than a page, but not for ever; a reader whose line is
# stuck gives the connection back.
STATEMENT_SECONDS = 120
STALLED_SECONDS = 60

Text = str | Promise
Choices = list[tuple[str, Text]]

# The topics of the catalogue, in its order.
WORK = gettext_lazy("工作")
LINKS = gettext_lazy("挂钩与报到")
WHISTLES = gettext_lazy("吹哨")
VOLUNTEERING = gettext_lazy("志愿服务")
MESSAGES = gettext_lazy("提醒")
TOPICS = (WORK, LINKS, WHISTLES, VOLUNTEERING, MESSAGES)

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

    def maker(self) -> Callable[[Any], Any] | None:
        """What turns the field's value into the cell; None leaves it as it is."""
        if self.mask is not None:
            return self.mask
        if self.choices is None:
            return self.shown
        return {value: str(label) for value, label in self.choices}.get


@dataclass(frozen=True)
class Report:
    """One report: `rows` are what a user may export under filters.

    `counts` says in a line what a row is and what is left out, `period` which moment
    the days asked for mean ("" when it has none). `moment` is the field whose day says
    which names were valid. `filters` names the fields of `Filters` the report knows;
    the others are not offered. `topic` groups the catalogue.
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

    @property
    def sheet_columns(self) -> list[Column]:
        """The columns as the spreadsheet writer takes them."""
        return [
            Column(str(column.title), column.kind, column.width)
            for column in self.columns
        ]

    def preview(
        self, rows: QuerySet, limit: int, boundary: str = ""
    ) -> list[list[tuple[ReportColumn, str]]]:
        """The first rows as pairs of column and text, personal data masked."""
        return [
            [
                (column, text_of(cell))
                for column, cell in zip(self.columns, cells, strict=True)
            ]
            for cells in self._cells(self._values(rows)[:limit], boundary)
        ]

    def cells(self, rows: QuerySet, boundary: str = "") -> Iterator[list]:
        """All rows as lists of cells, personal data masked; one query, read in parts.

        On PostgreSQL the cursor stays on the server.
        """
        with _patient_read():
            yield from self._cells(self._values(rows).iterator(CHUNK_ROWS), boundary)

    def _values(self, rows: QuerySet) -> QuerySet:
        return rows.values_list(*(column.field for column in self.columns))

    def _cells(self, rows: Iterable[tuple], boundary: str) -> Iterator[list]:
        names = Names(boundary)
        finders = [
            (place, names.lookup(*column.named))
            for place, column in enumerate(self.columns)
            if column.named
        ]
        moment = [column.field for column in self.columns].index(self.moment)
        makers = [
            (place, make)
            for place, column in enumerate(self.columns)
            if (make := column.maker())
        ]
        for values in rows:
            cells = list(values)
            for place, find in finders:
                cells[place] = find(cells[place], cells[moment])
            for place, make in makers:
                cells[place] = make(cells[place])
            yield cells


@contextmanager
def _patient_read() -> Iterator[None]:
    """Let one read outlast the limit of pages, within limits of its own.

    Only PostgreSQL has such limits and needs a transaction to read in parts; on
    SQLite a transaction would keep writers out. Compiling the query (JIT) would
    take up to two seconds before the first row and save nothing.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true),"
                " set_config('idle_in_transaction_session_timeout', %s, true),"
                " set_config('jit', 'off', true)",
                [f"{STATEMENT_SECONDS}s", f"{STALLED_SECONDS}s"],
            )
        yield


def text_of(cell: Any) -> str:
    """The cell as the preview shows it; moments in Beijing time."""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, bool):
        return gettext("是") if cell else gettext("否")
    return "" if cell is None else str(cell)
