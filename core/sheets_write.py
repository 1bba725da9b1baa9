"""Writing tables for people: XLSX and CSV, in constant memory, safe to open."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from rustpy_xlsxwriter import FastExcel, Format

from core.errors import RuleError
from core.sheets_cells import csv_rows, safe_cell, xlsx_rows, xlsx_text

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OF_A_SHEET = 1_048_575  # Excel's limit less the header row

_CSV_CHUNK = 64 * 1024
_CSV_ROWS = 100
_SHEET_NAME_SIGNS = re.compile(r"[\[\]:*?/\\']")


class SheetFull(RuleError):
    """More rows than a sheet holds."""


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
    Kind.BOOL: "@",
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


def write_xlsx(
    path: Path,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    sheet_name: str,
    about: Sequence[tuple[str, str]] | None = None,
) -> int:
    """Write a workbook to the path and return the number of data rows.

    Rows are taken one by one, in constant memory. Aware moments are shown in Beijing
    time. `about` pairs (who, when, filters) fill a last sheet "导出说明", to which the
    number of rows is added. Raises SheetFull past what a sheet holds, and ValueError
    for two columns of one title.
    """
    return write_workbook(path, [Sheet(sheet_name, columns, rows)], about=about)


def write_workbook(
    path: Path,
    sheets: Iterable[Sheet],
    *,
    about: Sequence[tuple[str, str]] | None = None,
) -> int:
    """Write tables one after the other; see `write_xlsx`. Returns all data rows."""
    tables = [_Table(sheet) for sheet in sheets]
    workbook = FastExcel(str(path))
    for table in tables:
        workbook.sheet(table.name, table.records(), autofilter=True, **table.look)
        workbook.freeze(row=1, sheet=table.name)
    if about is not None:
        lines = _about_lines(about, tables)
        bold = [Format().set_bold(), None]
        workbook.sheet(
            _("导出说明"), lines, column_widths=[16.0, 60.0], column_formats=bold
        )
    workbook.save()
    return sum(table.total for table in tables)


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
    lines = csv_rows(rows, len(columns))
    while part := list(islice(lines, _CSV_ROWS)):
        writer.writerows(part)
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
    """Answer with a workbook, written first to a file that loses its name at once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.xlsx")
        write_workbook(path, sheets, about=about)
        file = path.open("rb")
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


class _Table:
    """One sheet as the writer takes it: records by title, counted as they go."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = _SHEET_NAME_SIGNS.sub("", sheet.name)[:25] or "Sheet"
        self.total = 0
        self._rows = sheet.rows
        self._titles = [xlsx_text(column.title) for column in sheet.columns]
        if len(set(self._titles)) < len(self._titles):
            raise ValueError(f"two columns of one title: {self._titles}")
        self.look = {
            "column_widths": [float(column.width) for column in sheet.columns],
            "column_formats": [_format(column.kind) for column in sheet.columns],
            "header_format": Format().set_bold().set_border_bottom("thin"),
        }

    def records(self) -> Iterator[dict[str, Any]]:
        titles = self._titles
        for row in xlsx_rows(self._rows, len(titles)):
            if self.total == ROWS_OF_A_SHEET:
                raise SheetFull(_("记录超过一张工作表的容量，请导出 CSV。"))
            self.total += 1
            yield dict(zip(titles, row, strict=True))
        if not self.total:  # the titles are read off the first record
            yield dict.fromkeys(titles)


def _format(kind: Kind) -> Format:
    return Format().set_num_format(_NUMBER_FORMATS[kind])


def _about_lines(
    about: Sequence[tuple[str, str]], tables: Sequence[_Table]
) -> Iterator[dict[str, str]]:
    """The pairs as lines; taken last, when the rows have been counted."""
    for title, text in about:
        yield {_("项目"): xlsx_text(str(title)), _("内容"): xlsx_text(str(text))}
    total = sum(table.total for table in tables)
    yield {_("项目"): _("行数"), _("内容"): str(total)}


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
