"""Finding the header of a table below its titles, by the names of its columns."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.sheets_grid import Grid
from core.sheets_guard import SheetError
from core.text import nearest, normalize_name

Headers = Mapping[str, Sequence[str]]

_MARKS = re.compile(r"^\*+|\*+$|:+$|\((必填|选填|可空)\)")
_MAX_HEADER_ROWS = 3


@dataclass
class Header:
    """Where a header stands: rows `first` to `last`, and column by field name.

    `texts` are the names of all columns, as far as the last one that has a name.
    """

    first: int
    last: int
    columns: dict[str, int]
    texts: list[str]


@dataclass
class Miss:
    """A row that was the nearest to a header, and the fields it lacks."""

    row: int
    texts: list[str]
    missing: list[str]


def find_header(
    grid: Grid, required: Headers, optional: Headers, search_rows: int
) -> Header | Miss:
    """Return the header of a sheet, or the nearest thing to one.

    Headers are compared without blanks, line breaks, marks and width. A header may
    be split over two or three rows, by merged cells or just written so. Raises
    SheetError when two columns carry the same required name.
    """
    best = Miss(-1, [], list(required))
    header, doubled = None, []
    for first, last in _places(grid, search_rows):
        columns = _header_columns(grid, first, last)
        found, twice = _match(columns, {**required, **optional})
        missing = [name for name in required if name not in found]
        texts = [names[0] for names in columns]
        if missing and len(missing) < len(best.missing):
            best = Miss(last, texts, missing)
        if not missing and (header is None or len(found) > len(header.columns)):
            header, doubled = Header(first, last, found, texts), twice
    if header is None:
        return best
    _refuse_doubles(doubled, required)
    while not header.texts[-1]:
        header.texts.pop()
    return header


def header_missing(misses: list[tuple[str, Miss]], required: Headers) -> SheetError:
    """Return the refusal: what is missing, what came nearest, where we looked."""
    miss = min((miss for _name, miss in misses), key=lambda miss: len(miss.missing))
    lines = [
        _("没有找到表头，缺少列：%(names)s。")
        % {"names": "、".join(required[name][0] for name in miss.missing)}
    ]
    seen = [text for text in miss.texts if text]
    if seen:
        lines.append(
            _("最接近的是第 %(row)s 行：%(seen)s。")
            % {"row": miss.row + 1, "seen": "、".join(seen)[:120]}
        )
    for name in miss.missing:
        alike = nearest(required[name][0], seen, 1)
        if alike:
            lines.append(
                _("“%(wanted)s”是否就是“%(seen)s”？")
                % {"wanted": required[name][0], "seen": alike[0]}
            )
    titles = [title for title in dict.fromkeys(title for title, _m in misses) if title]
    if titles:
        lines.append(_("已查看工作表：%(titles)s。") % {"titles": "、".join(titles)})
    return SheetError("".join(lines))


def header_key(text: str) -> str:
    """Return the form in which headers are compared."""
    return _MARKS.sub("", normalize_name(text))


def _places(grid: Grid, search_rows: int) -> list[tuple[int, int]]:
    """Rows (first, last) that may be the header, the likelier ones first."""
    rows = range(min(search_rows, len(grid.cells)))
    single = [(row, _merged_down_to(grid, row)) for row in rows]
    double = [(row, row + 1) for row in rows[:-1]]
    return single + double


def _merged_down_to(grid: Grid, row: int) -> int:
    reach = [bottom for top, _left, bottom, _right in grid.merged if top == row]
    limit = min(row + _MAX_HEADER_ROWS, len(grid.cells)) - 1
    return max(row, min(max(reach, default=row), limit))


def _header_columns(grid: Grid, first: int, last: int) -> list[tuple[str, str, str]]:
    """Names each column goes by: upper and lower text joined, lower, upper."""
    width = max(len(row) for row in grid.cells[first : last + 1])
    if first == last:
        return [(grid.text(first, column),) * 3 for column in range(width)]
    rows = [_spread(grid, row, width) for row in range(first, last + 1)]
    stacks = [list(filter(None, stack)) for stack in zip(*rows, strict=True)]
    return [
        ("".join(stack), stack[-1], stack[0]) if stack else ("", "", "")
        for stack in stacks
    ]


def _spread(grid: Grid, row: int, width: int) -> list[str]:
    """Texts of a row, with horizontally merged ones repeated over their columns."""
    texts = [grid.text(row, column) for column in range(width)]
    for top, left, _bottom, right in grid.merged:
        if top == row and left < width:
            for column in range(left, min(right, width - 1) + 1):
                texts[column] = texts[left]
    return texts


def _match(
    columns: list[tuple[str, str, str]], headers: Headers
) -> tuple[dict[str, int], list[str]]:
    """Column of each field that was found, and the fields that were found twice."""
    keys = [tuple(map(header_key, names)) for names in columns]
    found: dict[str, int] = {}
    twice = []
    for field, spellings in headers.items():
        for spelling, level in itertools.product(spellings, range(3)):
            key = header_key(spelling)
            places = [
                column
                for column, names in enumerate(keys)
                if names[level] == key and column not in found.values()
            ]
            if places:
                found[field] = places[0]
                if len(places) > 1 and level < 2:  # one above many is no double
                    twice.append(field)
                break
    return found, twice


def _refuse_doubles(twice: list[str], required: Headers) -> None:
    for field in twice:
        if field in required:
            raise SheetError(
                _("表头“%(name)s”出现了不止一次，请只保留一列。")
                % {"name": required[field][0]}
            )
