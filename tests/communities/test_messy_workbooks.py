"""A corpus of messy notices: what each row becomes, and what the preview says."""

import io
from datetime import date

import pytest
from django.urls import reverse

from communities.imports.pairing_plan import plan_pairings
from communities.imports.pairings import read_pairings
from communities.models import Community, CommunityVersion, Organization
from core.sheets_read import SheetError
from tests.communities.registers import small_register
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.files import old_workbook, upload, workbook

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 1)
HEADER = ["序号", "挂钩单位", "街道（镇）", "挂钩社区（村）", "联络员", "联系电话"]
OFFICE, UNION = "区委办公室机关党委", "区总工会党支部"
HOUSING = "区住房和城乡建设局党支部"


def full_width(text):
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


@pytest.fixture(autouse=True)
def _register():
    small_register()
    root = Organization.objects.get(parent=None)
    housing = OrganizationFactory(
        name=HOUSING, unit_name="区住房和城乡建设局", parent=root
    )
    for unit in ("区农业农村局", "区农机局"):
        OrganizationFactory(name=f"{unit}党支部", unit_name=unit, parent=root)
    OrganizationFactory(
        name="区房管局党支部",
        unit_name="区房管局",
        parent=root,
        state="merged",
        successor=housing,
    )
    OrganizationFactory(
        name="区旧局党支部",
        unit_name="区旧局",
        parent=root,
        state="dissolved",
        ends_on=date(2024, 6, 30),
    )
    row = Community.objects.get(name="湖内社区")
    row.versions.update(starts_on=date(2020, 1, 1))
    CommunityVersion.objects.create(
        community=row,
        code=row.code,
        name="旧桥村",
        official_name="旧桥村委会",
        kind="village",
        subdistrict=row.subdistrict,
        starts_on=date(2010, 1, 1),
        ends_on=date(2019, 12, 31),
    )


def planned(content, name="通知.xlsx"):
    return plan_pairings(
        read_pairings(io.BytesIO(content), filename=name), starts_on=DAY
    )


def outcome(entry):
    """Row, unit and community as understood, phone, and all that is said about it."""
    return (
        entry.line.number,
        entry.organization and entry.organization.name,
        entry.community and entry.community.name,
        entry.phone,
        entry.outcome,
        entry.messages,
    )


def outcomes(*rows, **options):
    return list(map(outcome, planned(workbook([HEADER, *rows], **options)).entries))


PHONE = "+8613800000001"
CASES = {
    "full-width-digits": (
        [full_width("1"), "区总工会", "", "松州村", "", full_width("13800000001")],
        [(2, UNION, "松州村", PHONE, "created", [])],
    ),
    "blanks-inside-names": (
        [1, "区 总\n工　会", "浦 南 镇", "松 州\n村", "", "138 0000 0001"],
        [(2, UNION, "松州村", PHONE, "created", [])],
    ),
    "phone-as-number": (
        [1, "区总工会", "", "松州村", "", 13800000001.0],
        [(2, UNION, "松州村", PHONE, "created", [])],
    ),
    "phone-that-lost-its-digits": (
        [1, "区总工会", "", "松州村", "", "1.38E+10"],
        [
            (
                2,
                UNION,
                "松州村",
                "",
                "refused",
                [
                    "“联络员电话”：“1.38E+10”是科学计数法，末位数字已丢失，"
                    "请填写完整数字。"
                ],
            )
        ],
    ),
    "traditional-characters": (
        [1, "區總工會", "浦南鎮", "松州村委會", "", ""],
        [(2, UNION, "松州村", "", "created", [])],
    ),
    "several-communities-one-unknown": (
        [1, "区总工会", "", "湖内社区、松州村、没有村", "", ""],
        [
            (2, UNION, "湖内社区", "", "created", []),
            (2, UNION, "松州村", "", "created", []),
            (
                2,
                UNION,
                None,
                "",
                "refused",
                ["全区没有社区（村）“没有村”，也没有相近的名称。"],
            ),
        ],
    ),
    "short-form-of-a-unit": (
        [1, "住建局", "", "松州村", "", ""],
        [
            (
                2,
                HOUSING,
                "松州村",
                "",
                "created",
                ["“住建局”按“区住房和城乡建设局”理解。"],
            )
        ],
    ),
    "short-form-of-two-units": (
        [1, "农局", "", "松州村", "", ""],
        [
            (
                2,
                None,
                "松州村",
                "",
                "refused",
                ["“农局”可能是：区农业农村局、区农机局，请写全称。"],
            )
        ],
    ),
    "merged-unit": (
        [1, "区房管局", "", "松州村", "", ""],
        [
            (
                2,
                HOUSING,
                "松州村",
                "",
                "created",
                ["“区房管局”已并入“区住房和城乡建设局”，按后者登记。"],
            )
        ],
    ),
    "dissolved-unit": (
        [1, "区旧局", "", "松州村", "", ""],
        [
            (
                2,
                None,
                "松州村",
                "",
                "refused",
                ["单位“区旧局”的党组织已撤销，最后一天是2024年6月30日（周日）。"],
            )
        ],
    ),
    "earlier-name-of-a-community": (
        [1, "区总工会", "通北街道", "舊橋村", "", ""],
        [
            (
                2,
                UNION,
                "湖内社区",
                "",
                "created",
                ["“舊橋村”是旧名，现为“湖内社区”。"],
            )
        ],
    ),
    "contact-with-two-phones": (
        [1, "区总工会", "", "松州村", "某甲", "13800000001、13800000002"],
        [
            (
                2,
                UNION,
                "松州村",
                "",
                "refused",
                ["联系电话不是有效号码；座机请加区号，一格只写一个号码。"],
            )
        ],
    ),
}


@pytest.mark.parametrize(("row", "expected"), CASES.values(), ids=CASES)
def test_a_messy_row_is_understood_or_refused_with_the_reason(row, expected):
    assert outcomes(row) == expected


def test_two_names_of_one_unit_are_seen_to_be_one():
    rows = outcomes(
        [1, "区房管局", "", "松州村"], [2, "芗城区住建局", "", "松州村委会"]
    )

    assert [row[4] for row in rows] == ["created", "refused"]
    assert "与第 2 行是同一个单位和社区。" in rows[1][5]


def test_formulas_count_with_their_results_and_are_refused_without():
    rows = outcomes(
        [1, "", "", "松州村"],
        [2, "", "", "浦南村"],
        formulas=[(1, 1, "区总工会"), (2, 1, "")],
    )

    assert rows[0][:3] == (2, UNION, "松州村")
    assert rows[1][4:] == (
        "refused",
        [
            "“挂钩单位”：公式没有保存计算结果，请用 Excel 或 WPS 打开文件保存一次，"
            "或直接填写内容。",
            "没有填写挂钩单位。",
        ],
    )


def test_signatures_below_the_table_are_left_out_with_a_note_on_the_last_row():
    rows = outcomes(
        [1, "区总工会", "", "松州村"],
        [],
        ["", "单位负责人（签字）：", "", "填表人：某甲"],
        ["", "", "", "", "2026年5月1日"],
    )

    assert rows == [
        (
            2,
            UNION,
            "松州村",
            "",
            "created",
            [
                "表格下方的 2 行不是数据，没有读取："
                "第 4 行“单位负责人（签字）：”；第 5 行“2026年5月1日”。"
            ],
        )
    ]


def test_extra_sheets_are_left_out_with_a_note_on_the_first_row():
    rows = outcomes(
        [1, "区总工会", "", "松州村"],
        [2, "区委办公室", "", "湖内社区、浦南村"],
        name="安排",
        more={"封面": [["通知"]], "Sheet3": []},
    )

    notes = [row[5] for row in rows]
    assert notes == [["本文件只读取工作表“安排”，没有读取：封面。"], [], []]


def test_a_sheet_for_each_year_is_refused_by_name():
    rows = [HEADER, [1, "区总工会", "", "松州村"]]

    with pytest.raises(SheetError, match="工作表“2025年”“2026年”都有完整的表头和数据"):
        planned(workbook(rows, name="2025年", more={"2026年": rows}))


def test_a_header_in_traditional_characters_is_known():
    content = old_workbook([["掛鉤單位", "掛鉤社區"], ["區總工會", "松州村"]])

    (entry,) = planned(content, "通知.xls").entries

    assert outcome(entry)[:3] == (2, UNION, "松州村")


def test_the_preview_shows_what_was_understood_row_by_row(signed_in):
    client = signed_in(MembershipFactory(role="committee").user)
    content = workbook(
        [
            ["區直單位掛鉤社區安排表"],
            HEADER,
            [full_width("1"), "住建局", "", "舊橋村", "某甲", 13800000001],
            [2, "總工會", "浦 南 镇", "松州村及浦南村", "", ""],
            ["", "填表人：某乙", "", "2026年5月1日"],
        ]
    )
    data = {"number": "示例9号", "starts_on": "2026-05-01", "kind": "supplement"}

    response = client.post(
        reverse("communities:pairing_import"),
        {**data, "file": upload(content, "通知.xlsx")},
        follow=True,
    )

    page = response.content.decode()
    for words in (
        "“住建局”按“区住房和城乡建设局”理解。",
        "“舊橋村”是旧名，现为“湖内社区”。",
        "“總工會”按“区总工会”理解。",
        "表格下方的 1 行不是数据，没有读取：第 5 行“填表人：某乙”。",
    ):
        assert words in page
