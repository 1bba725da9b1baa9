"""Streets and communities from the code list of the National Bureau of Statistics.

The codes tell the level: twelve digits, six for the district, three for the street,
three for the community or village.
"""

import re
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from communities.imports.cells import tidy_name, too_long
from communities.imports.results import RowProblem
from communities.models import Community
from core.sheets_read import Row, read_table

REQUIRED = {
    "code": ["统计用区划代码", "区划代码", "统计用区划代码和城乡分类代码", "代码"],
    "name": ["名称", "区划名称", "单位名称", "全称"],
}
OPTIONAL = {
    "parent": ["上级代码", "上级区划代码", "父级代码"],
    "short_name": ["简称"],
    "kind": ["类型"],
}

_CODE = re.compile(r"\d{12}")
_KIND_BY_LABEL = {str(kind.label): kind.value for kind in Community.Kind}
_SHORT_FORMS = [
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
    ("村民委员会", "村"),
    ("村委会", "村"),
]


@dataclass(frozen=True)
class SubdistrictLine:
    """One street, town or farm of the file."""

    number: int
    code: str
    name: str


@dataclass(frozen=True)
class CommunityLine:
    """One community or village of the file.

    What the file does not say, `given_name` and `given_kind`, the name tells.
    """

    number: int
    code: str
    official_name: str
    subdistrict_code: str
    given_name: str = ""
    given_kind: str = ""

    @property
    def name(self) -> str:
        """The name people use: 湖内社区 for 湖内社区居委会."""
        return self.given_name or short_name(self.official_name)

    @property
    def kind(self) -> str:
        if self.given_kind:
            return self.given_kind
        if "虚拟" in self.official_name:
            return Community.Kind.VIRTUAL
        if self.name.endswith("村"):
            return Community.Kind.VILLAGE
        return Community.Kind.RESIDENTS


@dataclass
class DivisionLines:
    """What a code list holds, and which of its rows cannot be taken."""

    subdistricts: list[SubdistrictLine] = field(default_factory=list)
    communities: list[CommunityLine] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_divisions(file: BinaryIO, *, filename: str) -> DivisionLines:
    """Read a code list; rows above the streets (district, city) are passed over.

    Raises SheetError when the file cannot be read at all.
    """
    table = read_table(
        file, filename=filename, required_headers=REQUIRED, optional_headers=OPTIONAL
    )
    lines = DivisionLines()
    seen: dict[str, int] = {}
    for row in table.rows:
        complaint = _complaint(row, seen)
        if complaint:
            lines.problems.append(RowProblem(row.number, complaint))
            continue
        code, name = row.values["code"], tidy_name(row.values["name"])
        seen[code] = row.number
        if code.endswith("000000"):
            continue
        if code.endswith("000"):
            lines.subdistricts.append(SubdistrictLine(row.number, code, name))
        else:
            lines.communities.append(_community(row, code, name))
    return lines


def _community(row: Row, code: str, name: str) -> CommunityLine:
    return CommunityLine(
        number=row.number,
        code=code,
        official_name=name,
        subdistrict_code=_parent_code(code),
        given_name=tidy_name(row.values["short_name"]),
        given_kind=_KIND_BY_LABEL.get(row.values["kind"], ""),
    )


def _complaint(row: Row, seen: dict[str, int]) -> str:
    code, name = row.values["code"], row.values["name"]
    if row.errors:
        return "".join(row.errors)
    if not _CODE.fullmatch(code):
        return _("区划代码“%(code)s”不是 12 位数字。") % {"code": code[:30]}
    if code in seen:
        return _("区划代码与第 %(number)d 行重复。") % {"number": seen[code]}
    if not name:
        return _("没有填写名称。")
    parent = row.values["parent"]
    if parent and not code.endswith("000000") and parent != _parent_code(code):
        return _("上级代码“%(parent)s”与区划代码不符。") % {"parent": parent[:30]}
    return too_long(_("名称"), name, 100) or too_long(
        OPTIONAL["short_name"][0], row.values["short_name"], 100
    )


def _parent_code(code: str) -> str:
    kept = 6 if code.endswith("000") else 9
    return code[:kept].ljust(12, "0")


def short_name(official_name: str) -> str:
    """Return the everyday name of a community: 松州村 for 松州村委会."""
    for ending, short in _SHORT_FORMS:
        if official_name.endswith(ending):
            return official_name.removesuffix(ending) + short
    return official_name
