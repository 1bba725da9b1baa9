"""The rows of a notice that pairs units with communities, as offices type it."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from communities.imports.cells import tidy_name
from communities.imports.several_names import LEAD_MARK, Named, names_in, parts
from core.sheets_read import Table, read_table
from core.text import normalize_name

REQUIRED = {
    "unit": [
        "挂钩单位",
        "结对单位",
        "包联单位",
        "帮扶单位",
        "共建单位",
        "责任单位",
        "牵头单位",
        "单位名称",
        "单位",
        "区直单位",
        "挂钩单位名称",
        "挂钩单位（部门）",
        "党组织名称",
    ],
    "community": [
        "挂钩社区（村）",
        "挂钩社区",
        "结对社区（村）",
        "结对社区",
        "包联社区（村）",
        "包联社区",
        "挂钩村（社区）",
        "结对村（社区）",
        "包联村（社区）",
        "社区（村）",
        "村（社区）",
        "社区/村",
        "村/社区",
        "村居",
        "挂钩村居",
        "社区名称",
        "社区（村）名称",
        "社区",
    ],
}
OPTIONAL = {
    "street": [
        "街道（镇）",
        "镇（街道）",
        "街道/镇",
        "镇街",
        "街镇",
        "街道",
        "所属街道",
        "所属街道（镇）",
        "所属镇街",
        "所在街道",
        "所在镇街",
        "乡镇（街道）",
        "街道名称",
    ],
    "leader_name": [
        "挂钩领导",
        "分管领导",
        "包联领导",
        "结对领导",
        "挂钩领导姓名",
        "领导姓名",
        "责任领导",
        "领导",
    ],
    "leader_title": ["职务", "领导职务", "挂钩领导职务", "职务职级"],
    "contact_name": ["联络员", "联络员姓名", "联系人", "联系人姓名", "联络人"],
    "contact_phone": [
        "联络员电话",
        "联络员联系电话",
        "联系人电话",
        "联系电话",
        "联系方式",
        "手机号码",
        "手机号",
        "手机",
        "电话",
    ],
    "remark": ["备注", "说明", "是否牵头", "牵头"],
}
# The unit starts a group: a new one ends what the others carried.
_FILL_DOWN = ["unit", "contact_name", "contact_phone"]
# Left empty they say nothing, merged they say it for all the rows they cover.
_FILL_MERGED = ["street", "community", "leader_name", "leader_title"]
_MOST_TOLD = 5


@dataclass
class SourceRow:
    """A row as read, kept for the preview: its number, cells and reading faults."""

    number: int
    values: dict[str, str]
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_pairings(file: BinaryIO, *, filename: str) -> list[SourceRow]:
    """Read a notice; raises SheetError when the file cannot be read at all."""
    table = read_table(
        file,
        filename=filename,
        required_headers=REQUIRED,
        optional_headers=OPTIONAL,
        fill_down=_FILL_DOWN,
        fill_merged=_FILL_MERGED,
    )
    rows = [
        SourceRow(row.number, row.values, row.warnings, row.errors)
        for row in table.rows
    ]
    _say_what_was_left_out(table, rows)
    return rows


def _say_what_was_left_out(table: Table, rows: list[SourceRow]) -> None:
    """Note other sheets on the first row, lines below the table on the last."""
    if table.other_sheets:
        rows[0].warnings.append(
            _("本文件只读取工作表“%(name)s”，没有读取：%(others)s。")
            % {"name": table.sheet_name, "others": "、".join(table.other_sheets)[:200]}
        )
    if table.tail:
        lines = "；".join(
            _("第 %(number)d 行“%(text)s”")
            % {"number": line.number, "text": line.text[:20]}
            for line in table.tail[:_MOST_TOLD]
        )
        rows[-1].warnings.append(
            _("表格下方的 %(count)d 行不是数据，没有读取：%(lines)s。")
            % {"count": len(table.tail), "lines": lines}
        )


def rows_to_json(rows: Iterable[SourceRow]) -> list[dict[str, Any]]:
    """Return rows as kept in the database."""
    return [asdict(row) for row in rows]


def rows_from_json(rows: Iterable[dict[str, Any]]) -> list[SourceRow]:
    """Return kept rows as they were read."""
    return [SourceRow(**row) for row in rows]


@dataclass
class PairingLine:
    """One unit and one community as a row names them."""

    number: int
    unit: str
    street: str
    community: str
    leader_name: str
    leader_title: str
    contact_name: str
    contact_phone: str
    remark: str
    is_lead: bool
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def pairing_lines(rows: Iterable[SourceRow], is_community: Named) -> list[PairingLine]:
    """Return one line a pairing: cells that hold several communities are taken apart.

    `is_community` says whether a text names a community as it stands; blanks inside
    a name and blanks between names look alike otherwise. A contact given once serves
    the following rows of the same unit, and no other's.
    """
    lines: list[PairingLine] = []
    above: PairingLine | None = None
    for row in rows:
        for line in _lines_of(row, is_community):
            _take_contact(line, above)
            lines.append(line)
            above = line
    return lines


def _take_contact(line: PairingLine, above: PairingLine | None) -> None:
    if above is None or line.contact_name or line.contact_phone:
        return
    if line.unit and normalize_name(above.unit) == normalize_name(line.unit):
        line.contact_name = above.contact_name
        line.contact_phone = above.contact_phone


def _lines_of(row: SourceRow, is_community: Named) -> list[PairingLine]:
    cells = row.values
    communities = names_in(cells["community"], is_community)
    count = len(communities)
    streets = _apart(cells["street"], count)
    leaders = _apart(cells["leader_name"], count)
    titles = _apart(cells["leader_title"], count)
    remark = cells["remark"]
    marked = [bool(LEAD_MARK.search(text)) for text in communities]
    row_leads = _says_lead(remark)
    lines = []
    for place, community in enumerate(communities):
        # The first of several in a cell leads, unless another one is marked.
        is_lead = marked[place] or (row_leads and place == 0 and not any(marked))
        lines.append(
            PairingLine(
                number=row.number,
                unit=tidy_name(cells["unit"]),
                street=streets[place],
                community=tidy_name(LEAD_MARK.sub("", community)),
                leader_name=leaders[place],
                leader_title=titles[place],
                contact_name=tidy_name(cells["contact_name"]),
                contact_phone=cells["contact_phone"],
                remark="" if _is_mark_only(remark) else remark,
                is_lead=is_lead,
                notes=list(row.warnings) if place == 0 else [],
                errors=list(row.errors),
            )
        )
    return lines


def _apart(text: str, count: int) -> list[str]:
    """One value for each of `count` names if the cell has as many, else it for all."""
    if count > 1:
        for values in (parts(text), text.split()):
            if len(values) == count:
                return [tidy_name(value) for value in values]
    return [tidy_name(text)] * count


def _says_lead(remark: str) -> bool:
    key = normalize_name(remark)
    return key == "是" or ("牵头" in key and not re.search("[非不无]牵头", key))


def _is_mark_only(remark: str) -> bool:
    return normalize_name(remark) in {
        "牵头",
        "牵头社区",
        "牵头村",
        "牵头单位",
        "是",
        "否",
    }
