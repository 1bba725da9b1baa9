"""The sheets of an uploaded file as plain grids of cells, whatever its format."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from core.sheets_guard import (
    SheetError,
    damaged,
    encrypted,
    kind_of,
    pack_stored,
    repack_xlsx,
    workbook_stream,
)
from core.sheets_scan import (
    TITLE_ROWS,
    Faults,
    check_columns,
    scan_xls,
    scan_xlsx,
    too_many_rows,
)
from core.text import clean_text

_LINE_BREAKS = re.compile(r"(?:_x000D_|[\r\n\t])+")
_DELIMITERS = ",\t;"
_EXACT_BELOW = 10**15  # beyond it a sheet's number has lost its last digits


@dataclass
class Grid:
    """One sheet: raw cells by row and column from 0.

    `merged` holds (top, left, bottom, right); `error_cells` those with #REF! and
    the like, `uncomputed` formulas saved without results. `ragged` is true where a row
    may be longer than the header (CSV).
    """

    name: str
    cells: list[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    error_cells: set[tuple[int, int]] = field(default_factory=set)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    ragged: bool = False
    hidden: bool = False

    def text(self, row: int, column: int) -> str:
        """Return the cell as text; unclean text comes back empty."""
        return self.read(row, column)[0]

    def read(self, row: int, column: int) -> tuple[str, str]:
        """Return the cell as text and what is wrong with it, or ""."""
        cells = self.cells[row]
        return cell_text(cells[column]) if column < len(cells) else ("", "")

    def is_filled(self, row: int, column: int) -> bool:
        """Whether the cell holds anything to see, clean or not, or ought to."""
        return (row, column) in self.uncomputed or any(self.read(row, column))


def open_grids(content: bytes, filename: str, max_rows: int) -> Iterator[Grid]:
    """Yield the sheets of a file, hidden ones last.

    A CSV file is yielded once for each delimiter it may have been written with.
    Raises SheetError for everything that cannot be read.
    """
    kind = kind_of(content, filename)
    if kind == "csv":
        return _csv_grids(content, max_rows)
    if kind == "xlsx":
        parts = repack_xlsx(content)
        return _workbook_grids(pack_stored(parts), scan_xlsx(parts, max_rows))
    faults = scan_xls(workbook_stream(content), max_rows)
    return _workbook_grids(io.BytesIO(content), faults)


def cell_text(value: Any) -> tuple[str, str]:
    """Return a raw cell as clean text and a complaint, one of them empty.

    Whole numbers lose their ".0", dates and times come in ISO form, line breaks
    inside a cell become blanks.
    """
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ""
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat().removesuffix("T00:00:00"), ""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), ""
    try:
        text = clean_text(_LINE_BREAKS.sub(" ", str(value)))
    except ValidationError as error:
        return "", error.messages[0]
    return _unscientific(text)


def _number_text(value: float) -> tuple[str, str]:
    if abs(value) >= _EXACT_BELOW:
        return "", _("数字超过 15 位，末位已丢失，请把单元格设为文本格式后重新填写。")
    if value == int(value):
        return str(int(value)), ""
    return format(Decimal(format(value, ".15g")), "f"), ""


def _unscientific(text: str) -> tuple[str, str]:
    """Write 1.3800138E+10 in full, if no digit was lost; otherwise complain.

    3.50602E+11 may have been any of a million codes, so it is never guessed.
    """
    mantissa, mark, exponent = text.upper().partition("E+")
    if not (mark and exponent.isdigit() and mantissa.replace(".", "").isdigit()):
        return text, ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text, ""
    if -number.as_tuple().exponent >= 0 and number < _EXACT_BELOW:
        return format(number, "f"), ""
    return "", _("“%(text)s”是科学计数法，末位数字已丢失，请填写完整数字。") % {
        "text": text
    }


def _workbook_grids(file: io.BytesIO, faults: dict[str, Faults]) -> Iterator[Grid]:
    with _reader_errors():
        workbook = CalamineWorkbook.from_filelike(file)
        sheets = [
            sheet
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    for sheet in sheets:
        with _reader_errors():
            opened = workbook.get_sheet_by_name(sheet.name)
            cells = opened.to_python(skip_empty_area=False)
            merged = [
                (top, left, bottom, right)
                for (top, left), (bottom, right) in opened.merged_cell_ranges or []
            ]
        found = faults.get(sheet.name, Faults())
        # The reader ends at the last value; rows of formulas alone lie below it.
        last = max((row for row, _column in found.uncomputed), default=-1)
        cells += [[] for _row in range(len(cells), last + 1)]
        hidden = sheet.visible != SheetVisibleEnum.Visible
        yield Grid(
            sheet.name, cells, merged, found.errors, found.uncomputed, hidden=hidden
        )


@contextmanager
def _reader_errors():
    """Turn every failure of the reader, its panics too, into a refusal."""
    try:
        yield
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError, LookupError) as error:
        raise damaged() from error
    except BaseException as error:
        # A panic of the native reader is no subclass of Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from error


def _csv_grids(content: bytes, max_rows: int) -> Iterator[Grid]:
    text = _decode(content)
    refusal = None
    for delimiter in _DELIMITERS:
        try:
            cells = _parse_csv(text, delimiter, max_rows)
        except SheetError as error:
            refusal = refusal or error
        else:
            yield Grid("", cells, ragged=True)
    if refusal is not None:  # nobody found a header in what could be read
        raise refusal


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
        if content.count(0) * 20 > len(content):
            raise _not_text()
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_text()


def _parse_csv(text: str, delimiter: str, max_rows: int) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for row in reader:
            check_columns(len(row))
            rows.append(row)
            if len(rows) > max_rows + TITLE_ROWS:
                raise too_many_rows(max_rows)
    except csv.Error as error:
        raise SheetError(
            _("第 %(line)s 行的引号或分隔符不成对，无法读取。")
            % {"line": reader.line_num}
        ) from error
    return rows


def _not_text() -> SheetError:
    return SheetError(_("CSV 文件不是 UTF-8 或 GB18030 编码的文字，请另存为 .xlsx。"))
