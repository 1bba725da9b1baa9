"""How far the cells of a workbook reach, found out before the reader opens it.

The reader lays out every sheet as a full rectangle and repeats shared text for every
cell, so one far cell or one long shared text would take gigabytes. It also gives
error cells, and formulas saved without their results, as empty ones; here they are
found, so that they can be reported.
"""

import re
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from core.sheets_guard import SheetError, damaged, encrypted

MAX_COLUMNS = 200
TITLE_ROWS = 50  # titles, header and notes that come on top of the rows
MAX_TEXT = 20_000_000  # characters of one workbook, shared text counted per cell

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

# Records of the old format.
_BOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x0085, 0x002F
_MULTI_RK = 0x00BD
_ONE_CELL = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0206, 0x0406}
_FORMULAS = {0x0006, 0x0206, 0x0406}
_BOOL_OR_ERROR = 0x0205

Cells = set[tuple[int, int]]


@dataclass
class Faults:
    """Cells (row, column from 0) that show an error, and formulas without a result."""

    errors: Cells = field(default_factory=set)
    uncomputed: Cells = field(default_factory=set)


def scan_xlsx(parts: dict[str, bytes], max_rows: int) -> dict[str, Faults]:
    """Return the faulty cells by sheet name.

    Raises SheetError when a value stands below the rows allowed or right of column 200,
    or when the text of all cells together is out of proportion.
    """
    try:
        lengths = _shared_lengths(parts)
        found, budget = {}, MAX_TEXT
        for name, part in parts.items():
            if b"sheetData" in part:
                sheet = _SheetScan(lengths, max_rows, budget)
                sheet.parse(part)
                budget -= sheet.characters
                found[name.lower()] = sheet.faults
        return {
            title: found.get(path, Faults())
            for title, path in _sheet_paths(parts).items()
        }
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged() from error


def scan_xls(stream: bytes, max_rows: int) -> dict[str, Faults]:
    """Do the same for the stream of an .xls file, where formulas keep their results."""
    faults: dict[str, Faults] = defaultdict(Faults)
    titles: dict[int, str] = {}
    title = ""
    try:
        for offset, kind, body in _records(stream):
            if kind == _FILEPASS:
                raise encrypted()
            if kind == _BOUNDSHEET:
                titles[struct.unpack_from("<I", body)[0]] = _short_text(body)
            elif kind == _BOF:
                title = titles.get(offset, "")
            elif kind in _ONE_CELL or kind == _MULTI_RK:
                row, column = struct.unpack_from("<HH", body)
                last = struct.unpack("<H", body[-2:])[0] if kind == _MULTI_RK else 0
                _check_reach(row, max(column, last), max_rows)
                if _is_xls_error(kind, body):
                    faults[title].errors.add((row, column))
    except (struct.error, IndexError) as error:
        raise damaged() from error
    return dict(faults)


def check_columns(count: int) -> None:
    """Raise SheetError when a table is wider than 200 columns."""
    if count > MAX_COLUMNS:
        raise SheetError(
            _("表格超过 %(limit)s 列，请删去右侧多余的内容。") % {"limit": MAX_COLUMNS}
        )


def too_many_rows(limit: int) -> SheetError:
    """Return the refusal for a table that is longer than `limit` rows."""
    return SheetError(
        _("表格超过 %(limit)s 行，请拆成几个文件，或删去下方多余的内容。")
        % {"limit": limit}
    )


def _check_reach(row: int, column: int, max_rows: int) -> None:
    if row >= max_rows + TITLE_ROWS:
        raise too_many_rows(max_rows)
    check_columns(column + 1)


class _Parser:
    """Calls `start` and `end` with local names."""

    def parse(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = lambda name, attributes: self.start(
            name.rpartition(" ")[2], attributes
        )
        parser.EndElementHandler = lambda name: self.end(name.rpartition(" ")[2])
        parser.CharacterDataHandler = self.text
        parser.buffer_text = True
        parser.Parse(part, True)

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _SharedScan(_Parser):
    """Lengths of the shared texts, in order."""

    def __init__(self):
        self.lengths: list[int] = []

    def start(self, name, attributes):
        if name == "si":
            self.lengths.append(0)

    def text(self, data):
        if self.lengths:
            self.lengths[-1] += len(data)


class _SheetScan(_Parser):
    """Reach, faulty cells and characters of one sheet."""

    def __init__(self, lengths: list[int], max_rows: int, budget: int):
        self.faults = Faults()
        self.characters = 0
        self._lengths = lengths
        self._max_rows = max_rows
        self._budget = budget
        self._row = self._column = -1
        self._kind = ""
        self._has_formula = self._has_value = False
        self._in_value = False
        self._value = ""

    def start(self, name, attributes):
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            self._place(attributes.get("r"))
            self._kind = attributes.get("t", "")
            self._has_formula = self._has_value = False
        elif name == "f":
            self._has_formula = True
        elif name in ("v", "t"):
            self._in_value, self._value = True, ""

    def text(self, data):
        if self._in_value:
            self._value += data

    def end(self, name):
        if name in ("v", "t") and self._in_value:
            self._in_value = False
            if self._value:
                self._has_value = True
                self._count()
        elif name == "c" and self._has_formula and not self._has_value:
            self._note_uncomputed()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise damaged()
        self._row, self._column = int(match[2]) - 1, _column_number(match[1])

    def _note_uncomputed(self) -> None:
        """A formula that gave the empty text is marked as text; it has its result."""
        if self._kind != "str":
            _check_reach(self._row, self._column, self._max_rows)
            self.faults.uncomputed.add((self._row, self._column))

    def _count(self) -> None:
        _check_reach(self._row, self._column, self._max_rows)
        if self._kind == "e":
            self.faults.errors.add((self._row, self._column))
        shared = self._kind == "s"
        self.characters += (
            self._lengths[int(self._value)] if shared else len(self._value)
        )
        if self.characters > self._budget:
            raise SheetError(_("表格中的文字过多，无法读取。"))


def _shared_lengths(parts: dict[str, bytes]) -> list[int]:
    """Lengths of the shared texts; parts that say different things are no use."""
    tables = []
    for part in parts.values():
        if b"<sst" in part or b":sst" in part:
            scan = _SharedScan()
            scan.parse(part)
            tables.append(scan.lengths)
    if len(tables) > 1:
        raise damaged()
    return tables[0] if tables else []


class _PathScan(_Parser):
    def __init__(self, element: str, key: str, value: str):
        self._wanted = (element, key, value)
        self.pairs: dict[str, str] = {}

    def start(self, name, attributes):
        element, key, value = self._wanted
        if name == element:
            local = {full.rpartition(" ")[2]: text for full, text in attributes.items()}
            self.pairs[local[key]] = local[value]


def _sheet_paths(parts: dict[str, bytes]) -> dict[str, str]:
    """Part name of each sheet by its title, as the workbook says."""
    by_name = {name.lower(): part for name, part in parts.items()}
    sheets = _PathScan("sheet", "name", "id")
    sheets.parse(by_name["xl/workbook.xml"])
    targets = _PathScan("Relationship", "Id", "Target")
    targets.parse(by_name["xl/_rels/workbook.xml.rels"])
    paths = {}
    for title, relation in sheets.pairs.items():
        target = targets.pairs.get(relation, "").lower()
        paths[title] = target[1:] if target.startswith("/") else f"xl/{target}"
    return paths


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _records(stream: bytes):
    """Yield (offset, kind, body) of each record of an old workbook."""
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield offset, kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _short_text(body: bytes) -> str:
    count, wide = body[6], body[7] & 1
    return body[8 : 8 + count * (1 + wide)].decode(
        "utf-16-le" if wide else "latin-1", "replace"
    )


def _is_xls_error(kind: int, body: bytes) -> bool:
    if kind == _BOOL_OR_ERROR:
        return len(body) > 7 and body[7] == 1
    return kind in _FORMULAS and body[12:14] == b"\xff\xff" and body[6] == 2
