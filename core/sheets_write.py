"""Writing tables for people: XLSX and CSV, in constant memory, safe to open."""

import csv
import datetime
import io
import math
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

BEIJING = ZoneInfo("Asia/Shanghai")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ROWS_PER_SHEET = 1_048_575  # Excel's limit less the header row
_WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CELL_LIMIT = 32_767  # UTF-16 units in one cell
_CSV_CHUNK = 64 * 1024
_FORMULA_SIGNS = "=+-@"  # compared after NFKC, so full-width forms are found too
_ILLEGAL_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME_SIGNS = re.compile(r"[\[\]:*?/\\']")
_FIRST_DATE = datetime.date(1900, 3, 1)  # before it Excel's calendar is wrong


class Kind(Enum):
    """What a column holds; phones and codes are text."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    BOOL = "bool"
    PHONE = "phone"


_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.PHONE: "@",
    Kind.INT: "0",
    Kind.DECIMAL: "0.0#",
    Kind.DATE: "yyyy-mm-dd",
    Kind.DATETIME: "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True)
class Column:
    """A column of an export; `kind` may be given by its name, width in characters."""

    title: str
    kind: Kind | str = Kind.TEXT
    width: float = 14

    def __post_init__(self):
        object.__setattr__(self, "kind", Kind(self.kind))


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook; its rows are taken when its turn comes."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def safe_cell(value: Any) -> Any:
    """Return the value so that no spreadsheet takes it for a formula.

    Text that begins with = + - @ (full-width too, after blanks and controls), a tab
    or a line break gets an apostrophe in front. Numbers stay numbers.
    """
    if not isinstance(value, str) or not value or _begins_plainly(value):
        return value
    lead = unicodedata.normalize("NFKC", value[:64])
    visible = next((sign for sign in lead if not _is_blank_sign(sign)), "")
    if value[0] in "\t\r\n" or (visible and visible in _FORMULA_SIGNS):
        return "'" + value
    return value


def write_xlsx(
    file: BinaryIO,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    sheet_name: str,
    about: Sequence[tuple[str, str]] | None = None,
    rows_per_sheet: int = _ROWS_PER_SHEET,
) -> int:
    """Write a workbook into the file and return the number of data rows.

    Rows are taken one by one and may be endless for all the memory it takes; past
    the limit of a sheet they go on in a further one. Aware moments are shown in
    Beijing time. `about` pairs (who, when, filters) fill a last sheet "导出说明",
    to which the number of rows is added.
    """
    sheet = Sheet(sheet_name, columns, rows)
    return write_workbook(file, [sheet], about=about, rows_per_sheet=rows_per_sheet)


def write_workbook(
    file: BinaryIO,
    sheets: Iterable[Sheet],
    *,
    about: Sequence[tuple[str, str]] | None = None,
    rows_per_sheet: int = _ROWS_PER_SHEET,
) -> int:
    """Write tables one after the other; see `write_xlsx`. Returns all data rows."""
    total = 0
    with (
        tempfile.TemporaryDirectory() as scratch,
        xlsxwriter.Workbook(file, _WORKBOOK_OPTIONS | {"tmpdir": scratch}) as workbook,
    ):
        for sheet in sheets:
            series = _SheetSeries(workbook, sheet.columns, sheet.name, rows_per_sheet)
            for row in sheet.rows:
                series.write(row)
            series.finish()
            total += series.total
        if about is not None:
            _write_about(workbook, [*about, (_("行数"), str(total))])
    return total


def stream_csv(
    *, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> Iterator[bytes]:
    """Yield a CSV file in pieces of some 64 kB: UTF-8 with BOM, CRLF.

    Dates are ISO, moments Beijing time, and every text passes `safe_cell`.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([safe_cell(column.title) for column in columns])
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
        if buffer.tell() >= _CSV_CHUNK:
            yield _drain(buffer)
    yield _drain(buffer)


def xlsx_response(
    filename: str,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    sheet_name: str,
    about: Sequence[tuple[str, str]] | None = None,
) -> FileResponse:
    """Answer with a workbook of one table."""
    return workbook_response(filename, [Sheet(sheet_name, columns, rows)], about=about)


def workbook_response(
    filename: str,
    sheets: Iterable[Sheet],
    *,
    about: Sequence[tuple[str, str]] | None = None,
) -> FileResponse:
    """Answer with a workbook; it is written to a nameless temporary file first."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 the response closes it
    try:
        write_workbook(file, sheets, about=about)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response = FileResponse(
        file, as_attachment=True, filename=_file_name(filename), content_type=XLSX_TYPE
    )
    return _private(response)


def csv_response(
    filename: str, *, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Answer with a CSV file that is written while it is sent."""
    response = StreamingHttpResponse(
        stream_csv(columns=columns, rows=rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=_file_name(filename)
    )
    return _private(response)


class _SheetSeries:
    """The sheets of one table, a new one begun when one is full."""

    def __init__(self, workbook, columns: Sequence[Column], name: str, limit: int):
        self._workbook = workbook
        self._columns = columns
        self._name = _SHEET_NAME_SIGNS.sub("", name)[:25] or "Sheet"
        self._limit = limit
        self._count = 0
        self._line = 0
        self.total = 0
        self._bold = workbook.add_format({"bold": True, "bottom": 1})
        self._formats = {
            kind: workbook.add_format({"num_format": number_format})
            for kind, number_format in _NUMBER_FORMATS.items()
        }
        self._begin()

    def write(self, row: Sequence[Any]) -> None:
        if self._line == self._limit:
            self.finish()
            self._begin()
        self._line += 1
        self.total += 1
        for place, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            _write_cell(
                self._sheet,
                (self._line, place),
                value,
                self._formats.get(column.kind),
            )

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, self._line, len(self._columns) - 1)

    def _begin(self) -> None:
        self._count += 1
        self._line = 0
        suffix = f" ({self._count})" if self._count > 1 else ""
        self._sheet = self._workbook.add_worksheet(self._name + suffix)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width)
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, _xlsx_text(column.title), self._bold)


def _write_cell(sheet, place: tuple[int, int], value: Any, number_format) -> None:
    """Write by the type of the value; a text in a number column stays text."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(*place, _xlsx_text(value), number_format)
        return
    value = _naive(value)
    if isinstance(value, bool):
        sheet.write_string(*place, _yes_no(value))
    elif isinstance(value, int | float | Decimal) and math.isfinite(value):
        if abs(value) < 10**15:
            sheet.write_number(*place, value, number_format)
        else:
            sheet.write_string(*place, str(value))
    elif isinstance(value, datetime.date) and _as_date(value) >= _FIRST_DATE:
        sheet.write_datetime(*place, value, number_format)
    else:
        sheet.write_string(*place, _xlsx_text(str(value)), number_format)


def _write_about(workbook, pairs: Sequence[tuple[str, str]]) -> None:
    sheet = workbook.add_worksheet(_("导出说明"))
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 60)
    bold = workbook.add_format({"bold": True})
    for line, (title, text) in enumerate(pairs):
        sheet.write_string(line, 0, _xlsx_text(str(title)), bold)
        sheet.write_string(line, 1, _xlsx_text(str(text)))


def _xlsx_text(text: str) -> str:
    text = _legal(text)
    units = text.encode("utf-16-le") if len(text) * 2 > _CELL_LIMIT else b""
    if len(units) <= _CELL_LIMIT * 2:
        return text
    kept = units[: (_CELL_LIMIT - 1) * 2].decode("utf-16-le", "ignore")
    return kept + "…"


def _csv_value(value: Any) -> Any:
    if isinstance(value, str):
        return safe_cell(_legal(value))
    value = _naive(value)
    if isinstance(value, bool):
        return _yes_no(value)
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return safe_cell(_legal(str(value)))


def _legal(text: str) -> str:
    """The text without what XML forbids; nearly all texts are looked at only once."""
    return text if text.isprintable() else _ILLEGAL_XML.sub("", text)


def _begins_plainly(text: str) -> bool:
    """Whether the first sign is a letter, a digit or a Han character."""
    first = text[0]
    return "\u4e00" <= first <= "\u9fff" or (first.isascii() and first.isalnum())


def _naive(value: Any) -> Any:
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value.astimezone(BEIJING).replace(tzinfo=None)
    return value


def _as_date(value: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value


def _yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def _is_blank_sign(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf", "Zs"}


def _drain(buffer: io.StringIO) -> bytes:
    chunk = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return chunk


def _file_name(name: str) -> str:
    return "".join(
        "_" if sign in '/\\:*?"<>|' else sign for sign in name if sign.isprintable()
    )


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
