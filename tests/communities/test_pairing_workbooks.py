"""Notices as offices really type them: each works or is refused row by row."""

import io
import time
from datetime import date

import pytest

from communities.actions import import_pairings
from communities.imports.pairing_plan import plan_pairings
from communities.imports.pairings import read_pairings
from communities.imports.results import ImportRefused
from communities.models import Pairing
from core.sheets_read import SheetError
from tests.communities.registers import small_register
from tests.files import old_workbook, workbook

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 1)
HEADER = [
    "序号",
    "挂钩单位",
    "街道（镇）",
    "挂钩社区（村）",
    "联络员",
    "联系电话",
    "备注",
]
ONE = [1, "区委办公室", "通北街道", "湖内社区", "某甲", "13800000001", "牵头"]
TWO = [2, "区总工会", "浦南镇", "松州村", "某乙", "13800000002", ""]
OFFICE, UNION = "区委办公室机关党委", "区总工会党支部"
BOTH = {(OFFICE, "湖内社区"), (UNION, "松州村")}


@pytest.fixture(autouse=True)
def _register():
    small_register()


def publish(content, name="通知.xlsx"):
    rows = read_pairings(io.BytesIO(content), filename=name)
    import_pairings(rows=rows, number="示例1号", starts_on=DAY, by=None)
    return set(Pairing.objects.values_list("organization__name", "community__name"))


def refusal(content, name="通知.xlsx"):
    with pytest.raises(ImportRefused) as caught:
        publish(content, name)
    assert not Pairing.objects.exists()
    return [str(problem) for problem in caught.value.problems]


def contacts():
    rows = Pairing.objects.values_list(
        "community__name", "contact_name", "contact_phone"
    )
    return {name: (contact, phone) for name, contact, phone in rows}


def csv(*rows, encoding="utf-8"):
    lines = [",".join(map(str, row)) for row in rows]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize(
    "header",
    [
        ["结对单位", "所属街道", "结对社区（村）", "分管领导"],
        ["包联单位", "镇街", "社区", "包联领导"],
        ["单位名称", "镇(街道)", "挂钩社区", "挂钩领导"],
        ["单 位", "街道/镇", "村（社区）", "领导"],
        ["*挂钩单位：", "街道", "社区/村", "责任领导"],
        ["单\n位\n名\n称", "所在镇街", "挂钩\n社区(村)", "领导姓名"],
    ],
    ids=["paired", "tied", "name", "village-first", "marks", "line-breaks"],
)
def test_columns_by_other_names_are_known(header):
    content = workbook(
        [
            header,
            ["区委办公室", "通北街道", "湖内社区", "某甲"],
            ["区总工会", "浦南镇", "松州村", "某乙"],
        ]
    )

    assert publish(content) == BOTH
    leaders = Pairing.objects.order_by("pk").values_list("leader_name", flat=True)
    assert list(leaders) == ["某甲", "某乙"]


def test_columns_may_stand_in_another_order_with_others_between():
    order = [6, 3, 1, 0, 5, 2, 4]
    rows = [[row[place] for place in order] for row in (HEADER, ONE, TWO)]
    for row, extra in zip(rows, ["科室", "办公室", "组宣部"], strict=True):
        row.insert(2, extra)

    assert publish(workbook(rows)) == BOTH


def test_titles_notes_totals_and_a_repeated_header_are_passed_over():
    content = workbook(
        [
            ["区直单位挂钩社区安排表"],
            ["（2026年5月）"],
            [],
            HEADER,
            ONE,
            HEADER,
            TWO,
            ["合计", 2, "", 2],
            ["备注：本表自印发之日起执行"],
            ["填表人：某丙"],
        ]
    )

    assert publish(content) == BOTH


def test_a_header_on_two_rows_is_read():
    content = workbook(
        [
            ["单位", "", "挂钩点", "", "联络员", ""],
            ["", "", "", "", "", ""],
            ["", "", "街道（镇）", "挂钩社区", "姓名", "联系电话"],
            ["区委办公室", "", "通北街道", "湖内社区", "某甲", "13800000001"],
            ["区总工会", "", "浦南镇", "松州村", "某乙", "13800000002"],
        ],
        merged=[(0, 0, 2, 0, "挂钩单位"), (0, 2, 1, 3, "挂钩点")],
    )

    assert publish(content) == BOTH


def test_the_sheet_that_holds_the_table_is_found_behind_a_cover():
    content = workbook(
        [["封面"], ["请见第二张表"]], more={"安排表": [HEADER, ONE, TWO]}
    )

    assert publish(content) == BOTH


def test_a_hidden_sheet_is_read_last():
    content = workbook(
        [HEADER, ONE],
        more={"旧稿": [HEADER, [1, "没有的单位", "", "湖内社区"]]},
        hidden=["旧稿"],
    )

    assert publish(content) == {(OFFICE, "湖内社区")}


def test_merged_cells_serve_the_rows_they_cover():
    rows = [
        HEADER,
        [1, "", "通北街道", "湖内社区", "", ""],
        ["", "", "浦南镇", "松州村", "", ""],
        [2, "区总工会", "西桥街道", "南山社区", "", ""],
    ]
    merged = [
        (1, 1, 2, 1, "区委办公室"),
        (1, 4, 2, 4, "某甲"),
        (1, 5, 2, 5, "13800000001"),
    ]

    found = publish(workbook(rows, merged=merged))

    assert found == {(OFFICE, "湖内社区"), (OFFICE, "松州村"), (UNION, "南山社区")}
    assert contacts() == {
        "湖内社区": ("某甲", "+8613800000001"),
        "松州村": ("某甲", "+8613800000001"),
        "南山社区": ("", ""),
    }


def test_a_merged_leader_and_a_merged_community_serve_all_their_rows():
    rows = [
        ["挂钩单位", "街道", "社区", "挂钩领导"],
        ["", "通北街道", "湖内社区", ""],
        ["", "", "", ""],
        ["区总工会", "", "", "某乙"],
    ]
    merged = [
        (1, 0, 2, 0, "区委办公室"),
        (1, 3, 2, 3, "某甲"),
        (2, 1, 3, 1, "浦南镇"),
        (2, 2, 3, 2, "松州村"),
    ]

    found = publish(workbook(rows, merged=merged))

    assert found == {(OFFICE, "湖内社区"), (OFFICE, "松州村"), (UNION, "松州村")}
    leaders = Pairing.objects.order_by("pk").values_list("leader_name", flat=True)
    assert list(leaders) == ["某甲", "某甲", "某乙"]


def test_an_empty_leader_is_not_the_one_above():
    rows = [
        ["挂钩单位", "社区", "挂钩领导"],
        ["区委办公室", "湖内社区", "某甲"],
        ["", "松州村", ""],
    ]

    publish(workbook(rows))

    leaders = Pairing.objects.order_by("pk").values_list("leader_name", flat=True)
    assert list(leaders) == ["某甲", ""]


def test_blank_cells_below_a_unit_are_its_own():
    second = ["", "", "浦南镇", "松州村", "", "", ""]
    other = [2, "区总工会", "西桥街道", "南山社区", "", "", ""]

    publish(workbook([HEADER, ONE, second, other]))

    assert contacts()["松州村"] == ("某甲", "+8613800000001")
    assert contacts()["南山社区"] == ("", "")


def test_a_unit_written_again_on_each_row_keeps_its_contact():
    second = [1, "区委办公室", "浦南镇", "松州村", "", "", ""]
    third = ["", "区委办公室", "浦南镇", "浦南村", "某丙", "13800000003", ""]

    publish(workbook([HEADER, ONE, second, third]))

    assert contacts()["松州村"] == ("某甲", "+8613800000001")
    assert contacts()["浦南村"] == ("某丙", "+8613800000003")


def test_a_contact_without_a_number_does_not_take_the_number_above():
    second = ["", "", "浦南镇", "松州村", "某丙", "", ""]

    publish(workbook([HEADER, ONE, second]))

    assert contacts()["松州村"] == ("某丙", "")


def test_a_unit_missing_at_the_top_is_refused():
    problems = refusal(workbook([HEADER, [1, "", "通北街道", "湖内社区"], TWO]))

    assert problems == ["第 2 行：没有填写挂钩单位。"]


def test_a_unit_is_not_carried_over_an_empty_row():
    problems = refusal(workbook([HEADER, ONE, [], ["", "", "浦南镇", "松州村"]]))

    assert problems == ["第 4 行：没有填写挂钩单位。"]


@pytest.mark.parametrize(
    "cell",
    [
        "湖内社区、松州村",
        "湖内社区，松州村",
        "湖内社区\n松州村",
        "湖内社区 松州村",
        "湖内社区/松州村",
        "1.湖内社区\n2.松州村",
        "1、湖内社区；2、松州村",
        "①湖内 ②松州",
        "湖内社区和松州村",
        "湖内社区 及 松州村",
        "湖内社区及松州村委会",
        "湖内社区松州村",
        "湖内社区居委会松州村委会",
        "湖內社區與松州村",
        "湖内社区（牵头）和松州村",
        "湖内社区｜松州村",
    ],
)
def test_several_communities_in_one_cell_are_a_pairing_each(cell):
    content = workbook([HEADER, [1, "区委办公室", "", cell, "某甲", "13800000001"]])

    assert publish(content) == {(OFFICE, "湖内社区"), (OFFICE, "松州村")}
    assert set(contacts().values()) == {("某甲", "+8613800000001")}


def test_an_and_that_is_a_letter_of_a_name_parts_nothing():
    cell = "和平里社区和湖内社区及松州村"
    content = workbook([HEADER, [1, "区委办公室", "", cell]])

    assert publish(content) == {
        (OFFICE, "和平里社区"),
        (OFFICE, "湖内社区"),
        (OFFICE, "松州村"),
    }


def test_leaders_are_parted_when_there_is_one_for_each_community():
    content = workbook(
        [
            ["挂钩单位", "街道", "社区", "挂钩领导", "职务", "备注"],
            [
                "区委办公室",
                "通北街道、浦南镇",
                "湖内社区、松州村",
                "某甲\n某乙",
                "主任",
                "牵头",
            ],
        ]
    )

    publish(content)

    rows = Pairing.objects.order_by("pk").values_list(
        "leader_name", "leader_title", "is_lead", "remark"
    )
    assert list(rows) == [("某甲", "主任", True, ""), ("某乙", "主任", False, "")]


def test_leaders_of_another_count_are_kept_on_each():
    content = workbook(
        [
            ["挂钩单位", "社区", "挂钩领导"],
            ["区委办公室", "湖内社区、松州村", "某甲、某乙、某丙"],
        ]
    )

    publish(content)

    leaders = Pairing.objects.values_list("leader_name", flat=True)
    assert set(leaders) == {"某甲、某乙、某丙"}


def test_a_lead_marked_inside_the_cell_is_the_lead():
    content = workbook([["单位", "社区"], ["区委办公室", "湖内社区、松州村（牵头）"]])

    publish(content)

    lead = Pairing.objects.get(is_lead=True)
    assert lead.community.name == "松州村"


@pytest.mark.parametrize(
    ("remark", "is_lead", "kept"),
    [
        ("牵头", True, ""),
        ("牵头社区", True, ""),
        ("牵头，5月起", True, "牵头，5月起"),
        ("非牵头", False, "非牵头"),
        ("其他", False, "其他"),
    ],
)
def test_the_remark_tells_the_lead(remark, is_lead, kept):
    publish(workbook([HEADER, [*ONE[:6], remark]]))

    pairing = Pairing.objects.get()
    assert (pairing.is_lead, pairing.remark) == (is_lead, kept)


def test_one_unknown_community_of_several_refuses_the_file():
    content = workbook([HEADER, [1, "区委办公室", "", "湖内社区、湖外社区"], TWO])

    (problem,) = refusal(content)

    assert "第 2 行：全区没有社区（村）“湖外社区”，最接近的是：湖内社区" in problem


@pytest.mark.parametrize(
    "phone",
    [
        13800000001,
        13800000001.0,
        "".join(chr(ord(digit) + 0xFEE0) for digit in "13800000001"),
        "138 0000 0001",
        "+86 138-0000-0001",
    ],
    ids=["number", "float", "full-width", "blanks", "dashes"],
)
def test_phones_are_kept_in_one_form(phone):
    publish(workbook([HEADER, [*ONE[:5], phone, ""]]))

    assert contacts() == {"湖内社区": ("某甲", "+8613800000001")}


def test_blanks_and_line_breaks_inside_names_do_no_harm():
    content = workbook(
        [
            ["序 号", "挂钩\n单位", "街道 （镇）", "挂钩社区\n（村）"],
            [1, "区 委 办 公 室", "通北\n街道", "湖内\n社区"],
            [2, "区总工会　", " 浦南镇", "松 州 村 "],
        ]
    )

    assert publish(content) == BOTH


def test_an_old_workbook_is_read():
    assert publish(old_workbook([HEADER, ONE, TWO]), name="通知.xls") == BOTH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read(encoding):
    content = csv(HEADER, ONE, TWO, encoding=encoding)

    assert publish(content, name="通知.csv") == BOTH


def test_a_csv_row_with_a_comma_too_many_is_refused():
    content = csv(HEADER, ONE, [*TWO, "多", "余"])

    (problem,) = refusal(content, name="通知.csv")

    assert problem.startswith("第 3 行：这一行的列数比表头多")


def test_a_wrong_formula_is_a_blank_and_said():
    content = workbook([HEADER, ONE, [*TWO[:6], ""]], formulas=[(2, 6, "#REF!")])

    rows = read_pairings(io.BytesIO(content), filename="通知.xlsx")
    plan = plan_pairings(rows, starts_on=DAY)

    assert plan.counts == {"created": 2, "stays": 0, "refused": 0}
    assert plan.entries[1].messages == ["“备注”：公式出错，已按空白处理。"]


@pytest.mark.parametrize("place", [1, 3, 4], ids=["unit", "community", "contact"])
def test_an_invisible_character_is_refused_on_its_row(place):
    row = list(TWO)
    row[place] = f"{row[place]}\u202e"

    problems = refusal(workbook([HEADER, ONE, row]))

    assert all(text.startswith("第 3 行：") for text in problems)
    assert "不可见或非法的字符" in problems[0]


def test_every_bad_row_of_many_is_named():
    bad = [
        [3, "没有的单位", "", "湖内社区"],
        [4, "区总工会", "", "没有的社区"],
        [5, "区总工会", "通北街道", "浦南村"],
    ]

    problems = refusal(workbook([HEADER, ONE, TWO, *bad]))

    assert [text[:6] for text in problems] == ["第 4 行：", "第 5 行：", "第 6 行："]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "通知.xlsx", "空的"),
        (b"%PDF-1.7 nonsense", "通知.xlsx", "不是这种表格"),
        (b"PK\x03\x04broken", "通知.xlsx", "损坏"),
        (workbook([HEADER]), "通知.xlsx", "没有数据行"),
        (workbook([["姓名", "电话"], ["某", 1]]), "通知.xlsx", "缺少列：挂钩单位"),
        (workbook([["挂钩单位", "电话"], ["某", 1]]), "通知.xlsx", "缺少列：挂钩社区"),
        (
            workbook([["挂钩单位", "挂钩单位", "社区"], ["a", "b", "c"]]),
            "通知.xlsx",
            "不止一次",
        ),
        (workbook([HEADER, ONE]), "通知.docx", "只接受"),
        (workbook([HEADER, *[ONE] * 5001]), "通知.xlsx", "超过 5000 行"),
    ],
    ids=[
        "empty", "pdf", "broken", "no-rows", "no-unit", "no-community",
        "twice", "ending", "5001-rows",
    ],
)  # fmt: skip
def test_a_file_that_is_no_notice_is_refused_in_words(content, name, words):
    with pytest.raises(SheetError, match=words):
        publish(content, name)


def test_thousands_of_rows_of_nonsense_are_answered_in_time():
    rows = [[n, f"某某单位{n}", "通北街道", f"某某社区{n}"] for n in range(4000)]
    read = read_pairings(
        io.BytesIO(workbook([HEADER[:4], *rows])), filename="通知.xlsx"
    )

    started = time.monotonic()
    plan = plan_pairings(read, starts_on=DAY)

    assert time.monotonic() - started < 8
    assert plan.counts == {"created": 0, "stays": 0, "refused": 4000}
