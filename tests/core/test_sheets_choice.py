"""Workbooks of several sheets: the one with the table is read, or none."""

import io

import pytest

from core.sheets_read import SheetError, read_table
from tests.files import workbook

HEADER = ["挂钩单位", "挂钩社区"]
ROW = ["甲", "乙"]
COVER = [["安排表"], ["请见第二张表"]]


def read(content):
    return read_table(
        io.BytesIO(content),
        filename="表.xlsx",
        required_headers={"unit": ["挂钩单位"], "community": ["挂钩社区"]},
    )


def test_the_sheet_with_the_table_is_read_and_the_filled_others_are_named():
    table = read(
        workbook(COVER, more={"安排": [HEADER, ROW], "统计": [["单位数", 1]], "空": []})
    )

    assert (table.sheet_name, table.other_sheets) == ("安排", ["表一", "统计"])


def test_two_sheets_with_rows_are_refused_by_name():
    content = workbook([HEADER, ROW], name="2025年", more={"2026年": [HEADER, ROW]})

    with pytest.raises(SheetError) as refusal:
        read(content)

    assert str(refusal.value) == (
        "工作表“2025年”“2026年”都有完整的表头和数据，无法判断要导入哪一张。"
        "请只保留一张，或把其他的隐藏起来。"
    )


def test_an_empty_form_beside_the_table_is_no_rival():
    content = workbook([HEADER], more={"填好的": [HEADER, ROW]})

    assert read(content).sheet_name == "填好的"


def test_a_hidden_copy_is_no_rival():
    content = workbook(
        [HEADER, ROW], more={"旧稿": [HEADER, ["丙", "丁"]]}, hidden=["旧稿"]
    )

    assert read(content).sheet_name == "表一"


def test_a_sheet_with_doubled_columns_does_not_spoil_the_good_one():
    content = workbook(
        [["挂钩单位", "挂钩单位", "挂钩社区"], ["甲", "甲", "乙"]],
        more={"安排": [HEADER, ROW]},
    )

    assert read(content).sheet_name == "安排"


def test_sheets_without_the_columns_are_all_named():
    with pytest.raises(SheetError, match="已查看工作表：表一、统计。"):
        read(workbook(COVER, more={"统计": [["单位数", 1]]}))
