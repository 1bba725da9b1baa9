"""The reports one can export: what each counts, its columns, its rows as cells."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Activity
from communities.models import Community, Organization
from core.phones import mask_phone
from core.sheets_write import Column
from reports.boundaries import Names
from reports.queries import Filters, reported_activities, reported_signups
from volunteers.models import Signup

CHUNK_ROWS = 2000
# An export may take longer than a page, but not for ever; a reader whose line is
# stuck gives the connection back.
STATEMENT_SECONDS = 120
STALLED_SECONDS = 60

Text = str | Promise
Choices = list[tuple[str, Text]]


@dataclass(frozen=True)
class ReportColumn:
    """A field of the report's rows and how it stands in the sheet.

    With `named` the field holds the number of an organisation or community, and the
    cell says its name, unit or street (see `boundaries.Names`).
    """

    field: str
    title: Text
    kind: str = "text"
    width: int = 14
    shown: Callable[[Any], Any] | None = None
    choices: Choices | None = None
    named: tuple[type, str] | None = None

    def maker(self) -> Callable[[Any], Any] | None:
        """What turns the field's value into the cell; None leaves it as it is."""
        if self.choices is None:
            return self.shown
        return {value: str(label) for value, label in self.choices}.get


@dataclass(frozen=True)
class Report:
    """One report: `rows` are what a user may export under filters.

    `moment` is the field whose day says which names were valid.
    """

    slug: str
    title: Text
    counts: Text
    period: Text
    states: Choices
    rows: Callable[[User, Filters], QuerySet]
    moment: str
    columns: tuple[ReportColumn, ...]

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
                (column, _text_of(cell))
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


def _text_of(cell: Any) -> str:
    """The cell as the preview shows it; moments in Beijing time."""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, bool):
        return gettext("是") if cell else gettext("否")
    return "" if cell is None else str(cell)


def mask_name(name: str) -> str:
    """The first character and a star for each further one, at least one."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


ACTIVITY_STATES = [
    choice for choice in Activity.State.choices if choice[0] != Activity.State.DRAFT
]

ACTIVITIES = Report(
    slug="activities",
    title=_("活动"),
    counts=_(
        "每个活动一行，草稿除外。报名人数按各班次已占名额合计，不含已取消的班次。"
    ),
    period=_("期间按活动的开始时间计。"),
    states=ACTIVITY_STATES,
    rows=reported_activities,
    moment="starts_at",
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("campaign__title", _("行动"), width=24),
        ReportColumn("pillar__title", _("板块"), width=20),
        ReportColumn("second_pillar__title", _("第二板块"), width=20),
        ReportColumn("initiative__title", _("举措"), width=24),
        ReportColumn("title", _("活动名称"), width=32),
        ReportColumn(
            "organization_id", _("党组织"), width=32, named=(Organization, "name")
        ),
        ReportColumn(
            "organization_id",
            _("所在单位"),
            width=24,
            named=(Organization, "unit_name"),
        ),
        ReportColumn("community_id", _("街道（镇）"), named=(Community, "street")),
        ReportColumn("community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("place", _("地点"), width=24),
        ReportColumn("starts_at", _("开始时间"), "datetime", 17),
        ReportColumn("ends_at", _("结束时间"), "datetime", 17),
        ReportColumn("participant_count", _("参加人数"), "int", 10),
        ReportColumn("photo_count", _("照片数"), "int", 8),
        ReportColumn("shift_count", _("班次数"), "int", 8),
        ReportColumn("signup_count", _("报名人数"), "int", 10),
        ReportColumn("state", _("状态"), width=10, choices=ACTIVITY_STATES),
        ReportColumn("submitted_at", _("提交时间"), "datetime", 17),
        ReportColumn("reviewed_at", _("审核时间"), "datetime", 17),
    ),
)

SIGNUPS = Report(
    slug="signups",
    title=_("报名"),
    counts=_(
        "每次报名一行，含候补和已取消的；同一人重新报名另计一行。姓名和手机号已隐去。"
    ),
    period=_("期间按班次的开始时间计。"),
    states=Signup.State.choices,
    rows=reported_signups,
    moment="shift__starts_at",
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("shift__activity__campaign__title", _("行动"), width=24),
        ReportColumn("shift__activity__pillar__title", _("板块"), width=20),
        ReportColumn("shift__activity__title", _("活动名称"), width=32),
        ReportColumn("shift__title", _("岗位"), width=20),
        ReportColumn(
            "shift__activity__organization_id",
            _("党组织"),
            width=32,
            named=(Organization, "name"),
        ),
        ReportColumn(
            "shift__community_id", _("街道（镇）"), named=(Community, "street")
        ),
        ReportColumn("shift__community_id", _("社区（村）"), named=(Community, "name")),
        ReportColumn("shift__starts_at", _("班次开始"), "datetime", 17),
        ReportColumn("shift__ends_at", _("班次结束"), "datetime", 17),
        ReportColumn(
            "volunteer__user__display_name", _("姓名"), width=10, shown=mask_name
        ),
        ReportColumn(
            "volunteer__user__phone",
            _("手机号"),
            "phone",
            shown=lambda phone: mask_phone(phone or ""),
        ),
        ReportColumn("state", _("状态"), width=10, choices=Signup.State.choices),
        ReportColumn("position", _("候补序号"), "int", 10),
        ReportColumn("created_at", _("报名时间"), "datetime", 17),
        ReportColumn("cancelled_at", _("取消时间"), "datetime", 17),
        ReportColumn("is_late", _("截止后取消"), "bool", 12),
    ),
)

REPORTS = {report.slug: report for report in (ACTIVITIES, SIGNUPS)}
