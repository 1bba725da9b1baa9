"""Notes, signatures and stamps below a table are told from its rows."""

import io

import pytest

from core.sheets_read import read_table
from tests.files import workbook

HEADER = ["序号", "挂钩单位", "街道", "挂钩社区", "联络员"]
ROW = [1, "甲局", "某街道", "某社区", "某甲"]


def read(*below, merged=()):
    return read_table(
        io.BytesIO(workbook([HEADER, ROW, *below], merged=merged)),
        filename="表.xlsx",
        required_headers={"unit": ["挂钩单位"], "community": ["挂钩社区"]},
        optional_headers={"street": ["街道"], "contact": ["联络员"]},
        fill_down=["unit"],
        fill_merged=["community"],
    )


@pytest.mark.parametrize(
    "below",
    [
        [["填表人：某甲", "", "", "联系电话：13800000000"]],
        [["", "单位负责人（签字）：", "", "某乙", "填表人："]],
        [["", "单位负责人：", "某乙", "某丙"]],
        [["单位（盖章）："], ["2026年5月1日"]],
        [["", "", "", "（盖章）"], ["", "", "", "年 月 日"]],
        [["", "", "", "", "中共芗城区委文明办"], ["", "", "", "", "2026年5月"]],
        [["", "", "中共芗城区委机关工委"], ["", "", "芗城区文明办", "2026-05-01"]],
        [["", "", "", "", "二〇二六年五月一日"]],
        [["说明："], ["1.本表一式两份。"], ["2、请于5月10日前报区直机关工委办公室。"]],
        [["備註：本表自印發之日起執行"], ["單位負責人：", "", "填表日期："]],
        [["合计", 1, "", 1], ["审核：某甲", "", "复核：某乙", "制表：某丙"]],
        [[], ["单位公章："], [], ["抄送：各街道"]],
    ],
    ids=[
        "filler", "labels-apart", "value-apart", "stamp-and-day", "blank-day",
        "issuer", "two-issuers", "chinese-day", "numbered-notes", "traditional",
        "total-and-signatures", "blank-lines",
    ],
)  # fmt: skip
def test_what_stands_below_the_last_row_is_left_out_and_said(below):
    table = read(*below)

    assert [row.number for row in table.rows] == [2]
    numbers = [skipped.number for skipped in table.tail]
    assert numbers == [n for n, line in enumerate(below, 3) if any(line)]


@pytest.mark.parametrize(
    "line",
    [
        ["", "乙局"],
        ["", "", "", "某村"],
        ["", "乙局", "", "办公室"],
        ["", "3.乙局"],
        [2, "填报单位", "", "某社区"],
        ["", "", "", "机关党委会"],
    ],
    ids=["unit", "community", "both", "numbered", "complete", "unlike-issuer"],
)
def test_a_last_line_that_may_be_a_row_stays_one(line):
    table = read(line)

    assert [row.number for row in table.rows] == [2, 3]
    assert table.tail == []


def test_a_signature_above_further_rows_ends_nothing():
    table = read(["填表人：某甲"], [2, "乙局", "", "某村"])

    assert [row.number for row in table.rows] == [2, 4]
    assert table.tail == []


def test_a_line_under_merged_cells_goes_on_with_its_row():
    table = read(
        ["", "", "", "", "书记"],
        merged=[(1, 1, 2, 1, "甲局"), (1, 3, 2, 3, "某社区")],
    )

    assert [row.values["community"] for row in table.rows] == ["某社区", "某社区"]
