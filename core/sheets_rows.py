"""The lines below a header: which are rows, what they say, what is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.sheets_grid import Grid
from core.sheets_header import Header, Headers, header_key
from core.sheets_tail import NOTE, Line, look_of, tail_start
from core.text import normalize_name

_NUMBERING = {"序号", "序", "no", "no."}
_TOTAL = re.compile(r"(合计|总计|小计|共计)([:(]?\d.*)?:?")
_COUNT = re.compile(r"\d+(\.\d+)?\w{0,4}")
_CONTINUED = re.compile(r"\(?续表?\)?$")
_SECTION = re.compile(r"\(?[一二三四五六七八九十]+[),.].*")


@dataclass
class Row:
    """One line of the table: its number as the user sees it, and field to text.

    `errors` say why the row cannot be taken as it is (unclean text, lost digits, a
    formula without its result); `warnings` what was left out of it (error cells).
    """

    number: int
    values: dict[str, str]
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Skipped:
    """A line that is no data: a total, a note, a repeated header."""

    number: int
    text: str


@dataclass
class Table:
    """What was read: rows of text by field name, and where it stood.

    `header_row` is counted from 1; `sheet_name` is empty for CSV. `tail` are the notes
    and signatures below the last row, `other_sheets` the filled ones that were not
    read.
    """

    rows: list[Row]
    sheet_name: str
    header_row: int
    skipped: list[Skipped] = field(default_factory=list)
    tail: list[Skipped] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)


def _uncomputed() -> str:
    return _(
        "公式没有保存计算结果，请用 Excel 或 WPS 打开文件保存一次，或直接填写内容。"
    )


class RowReader:
    """Walks down one sheet below its header."""

    def __init__(
        self,
        grid: Grid,
        header: Header,
        required: Headers,
        optional: Headers,
        fill_down: Sequence[str],
        fill_merged: Sequence[str],
    ):
        self._grid = grid
        self._header = header
        self._fields = [*required, *optional]
        self._spellings = {**required, **optional}
        self._required = [header.columns[name] for name in required]
        self._fill = [name for name in fill_down if name in header.columns]
        self._merged = [name for name in fill_merged if name in header.columns]
        self._numbering = {
            column
            for column, text in enumerate(header.texts)
            if header_key(text) in _NUMBERING
        }
        lines = range(header.first, header.last + 1)
        self._header_lines = [self._filled(index) for index in lines]
        above = [self._filled(index) for index in range(header.first)]
        self._titles = {
            text for line in above if len(line) == 1 for text in line.values()
        }
        self._anchors = self._merged_anchors()
        self._carried: dict[str, str] = {}

    def read(self) -> Table:
        """Return the table; the carried values break at lines that are no data."""
        first = self._header.last + 1
        end = first + tail_start(
            [self._look(index) for index in range(first, len(self._grid.cells))]
        )
        table = Table([], self._grid.name, first)
        for index in range(first, len(self._grid.cells)):
            if self._is_blank(index):
                self._carried = {}
            elif index >= end:
                table.tail.append(Skipped(index + 1, self._first_text(index)))
            elif self._is_no_data(index):
                self._carried = {}
                table.skipped.append(Skipped(index + 1, self._first_text(index)))
            else:
                table.rows.append(self._row(index))
        return table

    def _look(self, index: int) -> Line:
        """What a line looks like; one under a merged cell goes on with its row."""
        columns = range(len(self._header.texts))
        if any((index, column) in self._anchors for column in columns):
            return Line.DATA
        if any((index, column) in self._grid.uncomputed for column in self._required):
            return Line.DATA
        filled = self._filled(index)
        if self._is_blank(index) or not filled:
            return Line.BLANK
        return Line.NOTE if self._is_no_data(index) else look_of(filled, self._required)

    def _merged_anchors(self) -> dict[tuple[int, int], int]:
        """Row whose value a merged cell shows, by (row, column)."""
        names = self._fill + self._merged
        columns = {self._header.columns[name] for name in names}
        return {
            (row, left): top
            for top, left, bottom, _right in self._grid.merged
            if left in columns and top > self._header.last
            for row in range(top + 1, min(bottom + 1, len(self._grid.cells)))
        }

    def _is_blank(self, index: int) -> bool:
        """A line that says nothing under the header; a running number neither."""
        return not any(
            self._grid.is_filled(index, column)
            and not self._is_drawn_down(index, column)
            for column, text in enumerate(self._header.texts)
            if text
        )

    def _is_drawn_down(self, index: int, column: int) -> bool:
        """A running number, or a formula beside the columns that matter."""
        if (index, column) in self._grid.uncomputed:
            return column not in self._required
        return column in self._numbering and self._grid.text(index, column).isdigit()

    def _is_no_data(self, index: int) -> bool:
        """Repeated titles and headers; totals, notes and section headings."""
        filled = self._filled(index)
        if not filled:
            return False
        lead_column = min(filled)
        lead = filled[lead_column]
        others = [filled[c] for c in self._required if c in filled and c != lead_column]
        if self._is_header(filled):
            return True
        if _TOTAL.fullmatch(lead):
            return all(_COUNT.fullmatch(text) for text in others)
        if NOTE.match(lead):
            return all(NOTE.match(text) for text in others)
        return len(filled) == 1 and (
            _CONTINUED.sub("", lead) in self._titles
            or (len(self._required) > 1 and _SECTION.fullmatch(lead) is not None)
            or self._is_spread(index, lead_column)
        )

    def _filled(self, index: int) -> dict[int, str]:
        """Names of the filled cells of a line in comparable form, by column."""
        return {
            column: text
            for column in range(len(self._grid.cells[index]))
            if (text := normalize_name(self._grid.text(index, column)))
        }

    def _is_header(self, filled: dict[int, str]) -> bool:
        return any(filled.items() <= above.items() for above in self._header_lines)

    def _is_spread(self, index: int, column: int) -> bool:
        """Whether a lone text is merged over columns, as titles and sections are."""
        return any(
            top == index and left == column and right >= max(self._required)
            for top, left, _bottom, right in self._grid.merged
            if right > left
        )

    def _first_text(self, index: int) -> str:
        texts = (
            self._grid.text(index, column)
            for column in range(len(self._grid.cells[index]))
        )
        return next(filter(None, texts), "")[:60]

    def _row(self, index: int) -> Row:
        row = Row(index + 1, dict.fromkeys(self._fields, ""))
        for name, column in self._header.columns.items():
            text, complaint = self._grid.read(index, column)
            row.values[name] = text
            if complaint:
                row.errors.append(self._about(name, complaint))
            elif (index, column) in self._grid.uncomputed:
                row.errors.append(self._about(name, _uncomputed()))
            elif (index, column) in self._grid.error_cells:
                row.warnings.append(self._about(name, _("公式出错，已按空白处理。")))
        self._fill_down(index, row)
        self._check_length(index, row)
        return row

    def _fill_down(self, index: int, row: Row) -> None:
        for name in self._merged:
            anchor = self._anchors.get((index, self._header.columns[name]))
            if anchor is not None:
                row.values[name] = self._grid.text(anchor, self._header.columns[name])
        new_group = False
        for name in self._fill:
            column = self._header.columns[name]
            anchor = self._anchors.get((index, column))
            if anchor is not None:
                row.values[name] = self._grid.text(anchor, column)
            elif self._grid.is_filled(index, column):
                new_group = True
            elif not new_group:
                row.values[name] = self._carried.get(name, "")
            self._carried[name] = row.values[name]

    def _check_length(self, index: int, row: Row) -> None:
        """A comma too many in a CSV line shifts its cells: refuse the line."""
        width = len(self._header.texts)
        extra = self._grid.cells[index][width:]
        if self._grid.ragged and any(str(cell).strip() for cell in extra):
            row.errors.append(_("这一行的列数比表头多，内容可能错位。"))

    def _about(self, name: str, complaint: str) -> str:
        return _("“%(column)s”：%(complaint)s") % {
            "column": self._spellings[name][0],
            "complaint": complaint,
        }
