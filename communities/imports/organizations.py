"""The rows of a roster of party organisations."""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communities.imports.cells import (
    masked_name,
    read_count,
    read_phone,
    tidy_name,
    too_long,
)
from communities.imports.results import RowProblem
from communities.models import Organization
from core.sheets_read import Row, read_table
from core.text import normalize_name

REQUIRED = {
    "name": ["党组织名称", "组织名称", "党组织全称", "名称"],
    "parent": ["上级党组织", "上级党组织名称", "上级组织", "隶属党组织"],
    "unit_name": ["所在单位", "单位名称", "单位", "所属单位", "依托单位"],
}
OPTIONAL = {
    "kind": ["类型", "党组织类型", "党组织类别", "类别", "组织类型"],
    "member_count": ["在职党员数", "党员数", "党员人数", "在职党员", "在职党员人数"],
    "contact_name": ["联系人", "联络员", "联系人姓名"],
    "contact_phone": ["联系电话", "电话", "手机", "手机号码", "联系方式"],
}

Kind = Organization.Kind
_KIND_WORDS = {
    Kind.WORKING_COMMITTEE: ["党工委", "工委", "工作委员会", "机关工委", "党的工委"],
    Kind.COMMITTEE: ["机关党委", "党委", "基层党委", "直属党委", "委员会"],
    Kind.GENERAL_BRANCH: ["党总支", "总支", "总支部", "党总支部", "机关党总支"],
    Kind.BRANCH: [
        "党支部",
        "支部",
        "机关党支部",
        "直属党支部",
        "联合党支部",
        "离退休党支部",
        "支部委员会",
    ],
}
_KIND_BY_KEY = {
    normalize_name(word): kind for kind, words in _KIND_WORDS.items() for word in words
}
# Compared from the longest on: 党总支部 before 支部, 工作委员会 before 委员会.
_ENDINGS = sorted(_KIND_BY_KEY, key=len, reverse=True)


@dataclass(frozen=True)
class OrganizationLine:
    """One organisation as the roster has it; blank values say nothing."""

    number: int
    name: str
    kind: str
    parent_name: str
    unit_name: str
    member_count: int | None
    contact_name: str
    contact_phone: str


def read_organizations(
    file: BinaryIO, *, filename: str
) -> tuple[list[OrganizationLine], list[RowProblem]]:
    """Read a roster; returns its lines and the rows that cannot be taken.

    Raises SheetError when the file cannot be read at all.
    """
    table = read_table(
        file,
        filename=filename,
        required_headers=REQUIRED,
        optional_headers=OPTIONAL,
        fill_merged=["kind", "parent", "unit_name"],
    )
    lines, problems = [], []
    for row in table.rows:
        try:
            lines.append(_line(row))
        except ValidationError as error:
            problems += [RowProblem(row.number, text) for text in error.messages]
    return lines, problems


def _line(row: Row) -> OrganizationLine:
    values = row.values
    complaints = [*row.errors, *_complaints(values)]
    if complaints:
        raise ValidationError(complaints)
    return OrganizationLine(
        number=row.number,
        name=tidy_name(values["name"]),
        kind=kind_of(values["kind"], values["name"]),
        parent_name=tidy_name(values["parent"]),
        unit_name=tidy_name(values["unit_name"]),
        member_count=read_count(values["member_count"]),
        contact_name=tidy_name(values["contact_name"]),
        contact_phone=read_phone(values["contact_phone"]),
    )


def _complaints(values: dict[str, str]) -> list[str]:
    found = [
        _("没有填写%(label)s。") % {"label": REQUIRED[name][0]}
        for name in ("name", "unit_name")
        if not values[name]
    ]
    found += [
        too_long(label, values[name], limit)
        for name, label, limit in (
            ("name", REQUIRED["name"][0], 100),
            ("unit_name", REQUIRED["unit_name"][0], 100),
            ("contact_name", OPTIONAL["contact_name"][0], 50),
        )
    ]
    label = OPTIONAL["contact_name"][0]
    found.append(masked_name(label, values["contact_name"]))
    return [text for text in found if text]


def kind_of(text: str, name: str) -> str:
    """Return the kind an organisation's type column names, or else its name.

    Raises ValidationError when neither names one.
    """
    key = normalize_name(text)
    if key in _KIND_BY_KEY:
        return _KIND_BY_KEY[key]
    if not key:
        name_key = normalize_name(name)
        for ending in _ENDINGS:
            if name_key.endswith(ending):
                return _KIND_BY_KEY[ending]
    raise ValidationError(
        _("类型“%(text)s”不是党工委、机关党委、党总支或党支部。") % {"text": text[:20]}
    )
