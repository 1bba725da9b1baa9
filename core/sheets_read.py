"""Reading the tables people upload: titles, merged cells, notes and all.

The file is checked before it is opened, the header is found by the names of its
columns, and what cannot be read is refused in words, never with a crash.
"""

from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.sheets_grid import open_grids
from core.sheets_guard import SheetError, read_bounded
from core.sheets_header import Headers, Miss, find_header, header_missing
from core.sheets_rows import Row, RowReader, Skipped, Table
from core.sheets_scan import too_many_rows

__all__ = ["Row", "SheetError", "Skipped", "Table", "read_table"]


def read_table(
    file: BinaryIO,
    *,
    filename: str,
    required_headers: Headers,
    optional_headers: Headers | None = None,
    header_search_rows: int = 15,
    max_rows: int = 5_000,
    fill_down: Sequence[str] = (),
    fill_merged: Sequence[str] = (),
) -> Table:
    """Read the one sheet that has all required columns; .xlsx, .xls or .csv.

    Headers map a field name to the spellings accepted for it, the best one first;
    every row holds every field, "" where the cell or the column is missing.
    Columns named in `fill_down` take the value above where cells are merged, and
    where the cell was just left empty; list the column that starts a group first:
    a value in it ends what was carried in the later ones. Those in `fill_merged` do
    so only where cells are merged. Hidden sheets count only when no other fits.
    Raises SheetError, and nothing else, for a file or table that cannot be used.
    """
    optional = optional_headers or {}
    tables: list[Table] = []
    misses: list[tuple[str, Miss]] = []
    refusals: list[SheetError] = []
    names: list[str] = []
    for grid in open_grids(read_bounded(file), filename, max_rows):
        if tables and grid.hidden:
            break
        names += [grid.name] if any(map(any, grid.cells)) else []
        try:
            header = find_header(grid, required_headers, optional, header_search_rows)
        except SheetError as refusal:
            refusals.append(refusal)
            continue
        if isinstance(header, Miss):
            misses.append((grid.name, header))
            continue
        reader = RowReader(
            grid, header, required_headers, optional, fill_down, fill_merged
        )
        tables.append(reader.read())
        if grid.ragged:
            break
    table = _the_one(tables, refusals, misses, required_headers)
    if len(table.rows) > max_rows:
        raise too_many_rows(max_rows)
    table.other_sheets = [name for name in names if name != table.sheet_name]
    return table


def _the_one(
    tables: list[Table],
    refusals: list[SheetError],
    misses: list[tuple[str, Miss]],
    required: Headers,
) -> Table:
    """The only table with rows; guessing between two would lose one of them."""
    filled = [table for table in tables if table.rows]
    if len(filled) > 1:
        names = "".join(f"“{table.sheet_name}”" for table in filled)
        raise SheetError(
            _(
                "工作表%(names)s都有完整的表头和数据，无法判断要导入哪一张。"
                "请只保留一张，或把其他的隐藏起来。"
            )
            % {"names": names}
        )
    if filled:
        return filled[0]
    if refusals:
        raise refusals[0]
    if tables:
        raise SheetError(
            _("表头（第 %(row)s 行）下面没有数据行。") % {"row": tables[0].header_row}
        )
    raise header_missing(misses, required)
