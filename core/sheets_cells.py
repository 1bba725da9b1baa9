"""Values as cells of tables for people: safe to open, times of Beijing.

Rows are looked at some hundred at a time, column by column: nearly every column of a
part is plain, which is seen at once, and only the others are worked on cell by cell.
"""

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

BEIJING = ZoneInfo("Asia/Shanghai")

_PART_ROWS = 500
_CELL_LIMIT = 32_767  # UTF-16 units in one cell
_LARGEST_NUMBER = 10**15  # beyond it a sheet rounds
_FORMULA_SIGNS = "=+-@"  # compared after NFKC, so full-width forms are found too
_ILLEGAL_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_DATE = datetime.date(1900, 3, 1)  # before it Excel's calendar is wrong
# Since then Beijing is eight hours ahead all year; adding them is ten times quicker.
_NO_SUMMER_TIME = datetime.datetime(1992, 1, 1, tzinfo=datetime.UTC)
_AHEAD = datetime.timedelta(hours=8)


Rows = Iterable[Sequence[Any]]
_NONE = type(None)


def xlsx_rows(rows: Rows, width: int) -> Iterator[tuple]:
    """The rows as the workbook writer takes them, each `width` cells.

    Text stays text there, so nothing is escaped; what a sheet cannot hold becomes
    text, or is cut. Nothing and "" are empty cells. Raises ValueError for a row that
    is longer or shorter.
    """
    return _by_columns(rows, width, _xlsx_column)


def csv_rows(rows: Rows, width: int) -> Iterator[tuple]:
    """The rows as they stand in a CSV file: ISO dates, safe texts."""
    return _by_columns(rows, width, _csv_column)


def _by_columns(rows: Rows, width: int, convert: Callable) -> Iterator[tuple]:
    rows = iter(rows)
    while part := list(islice(rows, _PART_ROWS)):
        columns = list(zip(*part, strict=True))
        if len(columns) != width:
            raise ValueError(f"rows of {len(columns)} cells, not {width}")
        yield from zip(*map(convert, columns), strict=True)


def _xlsx_column(values: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, values))
    if kinds <= {str, _NONE}:
        is_plain = _holds_plain_texts(values)
    elif kinds <= {int, _NONE}:
        is_plain = max(map(abs, filter(None, values)), default=0) < _LARGEST_NUMBER
    else:
        is_plain = False
        if kinds <= {datetime.datetime, _NONE}:
            values = _moments(values)
            is_plain = min(filter(None, values)).date() >= _FIRST_DATE
    return values if is_plain else list(map(xlsx_cell, values))


def _csv_column(values: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, values))
    if kinds <= {str, _NONE}:
        is_plain = _holds_plain_texts(values) and _begin_plainly(values)
    else:
        is_plain = kinds <= {int, _NONE}
        if kinds <= {datetime.datetime, _NONE}:
            moments = _moments(values)
            return [each and each.isoformat(" ", "seconds") for each in moments]
    return values if is_plain else list(map(csv_cell, values))


def _moments(
    values: Sequence[datetime.datetime | None],
) -> list[datetime.datetime | None]:
    """The moments as Beijing's clocks show them; `replace` would be much slower."""
    filled = list(filter(None, values))
    if {value.tzinfo for value in filled} != {datetime.UTC}:
        return [value and _naive(value) for value in values]
    if min(filled) < _NO_SUMMER_TIME:
        return [value and _naive(value) for value in values]
    combine = datetime.datetime.combine
    return [value and combine(value, value.time()) + _AHEAD for value in values]


def _holds_plain_texts(values: Sequence[str | None]) -> bool:
    """Whether all may be written as they are; together short is each short."""
    text = "".join(filter(None, values))
    return text.isprintable() and (
        len(text) * 2 <= _CELL_LIMIT
        or max(map(len, filter(None, values))) * 2 <= _CELL_LIMIT
    )


def _begin_plainly(values: Sequence[str | None]) -> bool:
    firsts = {value[0] for value in values if value}
    return all(map(_begins_plainly, firsts))


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


def xlsx_cell(value: Any) -> Any:
    """One value as the workbook writer takes it; see `xlsx_rows`."""
    if value is None:
        return None
    if isinstance(value, str):
        return xlsx_text(str(value))
    value = _naive(value)
    if isinstance(value, bool):
        return _yes_no(value)
    if isinstance(value, int | float | Decimal):
        fits = math.isfinite(value) and abs(value) < _LARGEST_NUMBER
        return value if fits else str(value)
    if isinstance(value, datetime.date) and _as_date(value) >= _FIRST_DATE:
        return value
    return xlsx_text(str(value))


def xlsx_text(text: str) -> str:
    """The text without what XML forbids, cut where a cell ends."""
    text = legal(text)
    units = text.encode("utf-16-le") if len(text) * 2 > _CELL_LIMIT else b""
    if len(units) <= _CELL_LIMIT * 2:
        return text
    kept = units[: (_CELL_LIMIT - 1) * 2].decode("utf-16-le", "ignore")
    return kept + "…"


def csv_cell(value: Any) -> Any:
    """One value as it stands in a CSV file; see `csv_rows`."""
    if isinstance(value, str):
        return safe_cell(legal(value))
    value = _naive(value)
    if isinstance(value, bool):
        return _yes_no(value)
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return safe_cell(legal(str(value)))


def legal(text: str) -> str:
    """The text without what XML forbids; nearly all texts are looked at only once."""
    return text if text.isprintable() else _ILLEGAL_XML.sub("", text)


def _naive(value: Any) -> Any:
    if not isinstance(value, datetime.datetime) or value.tzinfo is None:
        return value
    if value.tzinfo is datetime.UTC and value >= _NO_SUMMER_TIME:
        return value.replace(tzinfo=None) + _AHEAD
    return value.astimezone(BEIJING).replace(tzinfo=None)


def _begins_plainly(text: str) -> bool:
    """Whether the first sign is a letter, a digit or a Han character."""
    first = text[0]
    return "\u4e00" <= first <= "\u9fff" or (first.isascii() and first.isalnum())


def _as_date(value: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value


def _yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def _is_blank_sign(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf", "Zs"}
