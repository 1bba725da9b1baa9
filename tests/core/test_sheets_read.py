import datetime
import io
import re

import pytest

from core.sheets_read import Row, SheetError, Skipped, read_table
from tests.files import old_workbook, workbook

UNIT = {"unit": ["挂钩单位", "单位"], "community": ["挂钩社区（村）"]}
CONTACT = {"contact": ["联络员"], "phone": ["联系电话", "联络员电话"]}
HEADER = ["序号", "挂钩单位", "挂钩社区（村）", "联络员", "联系电话"]


def read(content, name="表.xlsx", **options):
    options = {"required_headers": UNIT, "optional_headers": CONTACT} | options
    return read_table(io.BytesIO(content), filename=name, **options)


def cells(table, *names):
    names = names or ("unit", "community", "contact", "phone")
    return [tuple(row.values[name] for name in names) for row in table.rows]


def pair(unit, community, contact="", phone=""):
    return ["", unit, community, contact, phone]


def test_read_table_below_title_rows_finds_header_and_rows():
    table = read(
        workbook(
            [
                ["区直单位挂钩社区安排表"],
                ["（2022 年 4 月）"],
                HEADER,
                [1, "区委办公室", "北塔社区", "张三", 13800138000],
            ]
        )
    )

    assert (table.header_row, table.sheet_name) == (3, "表一")
    assert table.rows == [
        Row(
            4,
            {
                "unit": "区委办公室",
                "community": "北塔社区",
                "contact": "张三",
                "phone": "13800138000",
            },
        )
    ]


def test_read_table_xls_reads_the_same():
    table = read(old_workbook([HEADER, [1, "甲", "乙", "张三", 13800138000]]), "a.xls")

    assert table.sheet_name == "名册"
    assert cells(table) == [("甲", "乙", "张三", "13800138000")]


@pytest.mark.parametrize(
    "header",
    [
        ["挂 钩\n单 位", "挂钩社区(村)"],
        ["*挂钩单位：", "挂钩社区【村】"],
        ["单位（必填）", "挂钩社区 （ 村 ）"],
    ],
)
def test_read_table_header_spelled_otherwise_is_known(header):
    assert cells(read(workbook([header, ["甲", "乙"]])), "unit") == [("甲",)]


def test_read_table_prefers_the_first_spelling():
    rows = [["单位", "挂钩单位", "挂钩社区（村）"], ["错", "对", "乙"]]

    assert cells(read(workbook(rows)), "unit") == [("对",)]


def test_read_table_header_over_two_merged_rows_is_joined():
    content = workbook(
        [
            ["", "", "", "", ""],
            ["", "", "", "姓名", "电话"],
            ["1", "甲", "乙", "张三", "13800138000"],
        ],
        merged=[
            (0, 0, 1, 0, "序号"),
            (0, 1, 1, 1, "挂钩单位"),
            (0, 2, 1, 2, "挂钩社区（村）"),
            (0, 3, 0, 4, "联络员"),
        ],
    )
    contact = {"contact": ["联络员姓名"], "phone": ["联络员电话"]}

    table = read(content, optional_headers=contact)

    assert table.header_row == 2
    assert cells(table) == [("甲", "乙", "张三", "13800138000")]


def test_read_table_header_over_two_plain_rows_is_joined():
    content = "挂钩,,联络员\n单位,挂钩社区（村）,\n甲,乙,张三\n".encode()

    assert cells(read(content, "a.csv"), "unit", "contact") == [("甲", "张三")]


def test_read_table_takes_the_first_sheet_with_all_columns():
    content = workbook(
        [["说明"], ["请填第二张表"]], more={"名单": [HEADER, pair("甲", "乙")]}
    )

    assert read(content).sheet_name == "名单"


def test_read_table_looks_at_hidden_sheets_last():
    content = workbook(
        [HEADER, pair("旧", "旧")],
        more={"新": [HEADER, pair("新", "新")]},
        hidden=["表一"],
    )

    assert read(content).sheet_name == "新"


def test_read_table_merged_cells_hold_for_every_line_they_cover():
    content = workbook(
        [HEADER, pair("", "一"), pair("", "二"), pair("", "三"), pair("丁", "四")],
        merged=[(1, 1, 3, 1, "甲"), (1, 3, 2, 3, "张三")],
    )

    table = read(content, fill_down=["unit"])

    assert cells(table, "unit", "community", "contact") == [
        ("甲", "一", "张三"),
        ("甲", "二", ""),
        ("甲", "三", ""),
        ("丁", "四", ""),
    ]


def test_read_table_merged_cell_beats_the_beginning_of_a_group():
    content = workbook(
        [HEADER, pair("甲", "一"), pair("乙", "二"), pair("丙", "三")],
        merged=[(1, 3, 2, 3, "张三")],
    )

    table = read(content, fill_down=["unit", "contact"])

    assert cells(table, "unit", "contact") == [
        ("甲", "张三"),
        ("乙", "张三"),
        ("丙", ""),
    ]


def test_read_table_empty_cells_below_take_the_value_above():
    rows = [HEADER, pair("甲", "一", "张三"), pair("", "二"), pair("乙", "三")]

    table = read(workbook(rows), fill_down=["unit", "contact"])

    assert cells(table, "unit", "contact") == [
        ("甲", "张三"),
        ("甲", "张三"),
        ("乙", ""),
    ]


@pytest.mark.parametrize(
    "line",
    [["", "", "", "", ""], HEADER, ["备注：以上为第一批"], [2, "", "", "", ""]],
    ids=["blank", "header", "note", "number only"],
)
def test_read_table_does_not_fill_down_across_a_break(line):
    rows = [HEADER, pair("甲", "一"), line, pair("", "二")]

    table = read(workbook(rows), fill_down=["unit"])

    assert cells(table, "unit", "community") == [("甲", "一"), ("", "二")]


def test_read_table_fills_down_only_named_columns():
    rows = [HEADER, pair("甲", "一", "张三"), pair("", "二")]

    table = read(workbook(rows), fill_down=["unit"])

    assert cells(table, "contact") == [("张三",), ("",)]


@pytest.mark.parametrize(
    "line",
    [
        ["合计", "", "", 12],
        ["合计", "2个单位", "5个"],
        ["备注：联系人变动请及时告知"],
        ["填表人：张三", "", "", "联系电话：13800138000"],
        ["", "说明"],
        ["（一）党群系统"],
        ["挂钩安排表"],
        ["挂钩安排表（续）"],
        HEADER,
    ],
    ids=lambda line: "".join(map(str, line))[:12],
)
def test_read_table_skips_and_names_lines_that_are_no_data(line):
    rows = [["挂钩安排表"], HEADER, pair("甲", "一"), line, pair("乙", "二")]

    table = read(workbook(rows))

    first = next(str(cell) for cell in line if cell)
    assert table.skipped == [Skipped(4, first)]
    assert cells(table, "unit") == [("甲",), ("乙",)]


def test_read_table_section_merged_over_the_columns_is_skipped():
    content = workbook(
        [HEADER, [], pair("甲", "一")], merged=[(1, 0, 1, 4, "街道所属单位")]
    )

    assert read(content).skipped == [Skipped(2, "街道所属单位")]


@pytest.mark.parametrize(
    "unit", ["说明书编写组", "合计科技公司", "备注管理办公室", "一、二支部"]
)
def test_read_table_names_that_look_like_notes_stay(unit):
    assert cells(read(workbook([HEADER, pair(unit, "乙")])), "unit") == [(unit,)]


def test_read_table_line_lacking_a_required_cell_is_kept_for_its_message():
    table = read(workbook([HEADER, pair("甲", "", "张三"), pair("乙", "二")]))

    assert cells(table, "unit", "community") == [("甲", ""), ("乙", "二")]


def test_read_table_blank_lines_are_skipped_and_numbers_stay_those_of_the_sheet():
    rows = [HEADER, [], pair("甲", "一"), ["", " ", "\u3000"], pair("乙", "二")]

    assert [row.number for row in read(workbook(rows)).rows] == [3, 5]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800138000.0, "13800138000"),
        (350602001000, "350602001000"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (True, "TRUE"),
        ("1.3800138E+4", "13800.138"),
        ("1.3800138000E+10", "13800138000"),
        (datetime.date(2022, 4, 26), "2022-04-26"),
        (" 甲\r\n乙 ", "甲 乙"),
    ],
    ids=str,
)
def test_read_table_cell_becomes_plain_text(value, text):
    row = read(workbook([HEADER, pair("甲", "乙", value)])).rows[0]

    assert (row.values["contact"], row.errors) == (text, [])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("3.50602E+11", "科学计数法"),
        (999999199001011234, "超过 15 位"),
        ("张\u202e三", "U[+]202E"),
        ("张\u200b三", "U[+]200B"),
    ],
)
def test_read_table_cell_that_cannot_be_trusted_is_an_error_of_its_line(value, reason):
    table = read(workbook([HEADER, pair("甲", "一", value), pair("乙", "二")]))

    bad, good = table.rows
    assert bad.values["contact"] == ""
    assert len(bad.errors) == 1
    assert bad.errors[0].startswith("“联络员”：")
    assert re.search(reason, bad.errors[0])
    assert good.errors == []


def test_read_table_error_cell_is_empty_with_a_warning():
    content = workbook([HEADER, pair("甲", "乙", "")], formulas=[(1, 3, "#REF!")])

    row = read(content).rows[0]

    assert (row.values["contact"], row.errors) == ("", [])
    assert row.warnings == ["“联络员”：公式出错，已按空白处理。"]


def test_read_table_error_cell_of_an_old_workbook_is_warned_of_too():
    content = old_workbook([HEADER, pair("甲", "乙")], errors=[(1, 3)])

    row = read(content, "a.xls").rows[0]

    assert row.warnings == ["“联络员”：公式出错，已按空白处理。"]


def test_read_table_ignores_what_stands_beside_and_below_the_columns():
    rows = [HEADER, [*pair("甲", "一"), "", "旁注"], ["", "", "", "", "", "", "旁注"]]

    assert cells(read(workbook(rows)), "unit") == [("甲",)]


def test_read_table_without_header_says_what_is_missing_and_what_is_near():
    content = workbook(
        [["安排表"], ["挂钩单位", "挂钩社区村名"], ["甲", "乙"]], more={"附表": []}
    )

    with pytest.raises(SheetError) as refusal:
        read(content)

    assert str(refusal.value) == (
        "没有找到表头，缺少列：挂钩社区（村）。"
        "最接近的是第 2 行：挂钩单位、挂钩社区村名。"
        "“挂钩社区（村）”是否就是“挂钩社区村名”？"
        "已查看工作表：表一、附表。"
    )


def test_read_table_header_too_far_down_is_not_looked_for():
    rows = [["标题"]] * 3 + [HEADER, pair("甲", "乙")]

    with pytest.raises(SheetError, match="没有找到表头"):
        read(workbook(rows), header_search_rows=3)


def test_read_table_required_column_twice_is_refused():
    rows = [["挂钩单位", "挂钩社区（村）", "挂钩单位", "挂钩社区（村）"], ["甲"] * 4]

    with pytest.raises(SheetError, match="“挂钩单位”出现了不止一次"):
        read(workbook(rows))


@pytest.mark.parametrize("rows", [[HEADER], [HEADER, [], ["合计", "", "", 0]]])
def test_read_table_without_data_is_refused(rows):
    with pytest.raises(SheetError, match="表头（第 1 行）下面没有数据行"):
        read(workbook(rows))


def test_read_table_at_the_limit_of_rows_is_read_and_above_refused():
    rows = [HEADER, *[pair("甲", str(number)) for number in range(5_000)]]

    assert len(read(workbook(rows)).rows) == 5_000
    with pytest.raises(SheetError, match="超过 5000 行"):
        read(workbook([*rows, pair("甲", "多")]))
