"""Formulas in uploaded tables: their results are read, and missed when not saved."""

import io

import pytest

from core.sheets_read import read_table
from tests.files import workbook

HEADERS = {"unit": ["挂钩单位"], "community": ["挂钩社区"]}
HEADER = ["序号", "挂钩单位", "挂钩社区", "联系电话"]
MISSING = "公式没有保存计算结果，请用 Excel 或 WPS 打开文件保存一次，或直接填写内容。"


def rows_of(*rows, formulas):
    table = read_table(
        io.BytesIO(workbook([HEADER, *rows], formulas=formulas)),
        filename="表.xlsx",
        required_headers=HEADERS,
        optional_headers={"phone": ["联系电话"]},
        fill_down=["unit"],
    )
    return table.rows


def test_a_formula_with_its_result_is_read_as_the_result():
    (row,) = rows_of([1, "甲", "", ""], formulas=[(1, 2, "乙"), (1, 3, 13800138000)])

    assert (row.values["community"], row.values["phone"]) == ("乙", "13800138000")
    assert row.errors == []


@pytest.mark.parametrize(
    ("column", "label"),
    [(1, "挂钩单位"), (2, "挂钩社区"), (3, "联系电话")],
)
def test_a_formula_without_its_result_is_an_error_of_its_row(column, label):
    good, bad = rows_of(
        [1, "甲", "一", "1"], [2, "乙", "二", "2"], formulas=[(2, column, "")]
    )

    assert good.errors == []
    assert bad.errors == [f"“{label}”：{MISSING}"]


def test_a_formula_without_its_result_does_not_take_the_value_above():
    _above, row = rows_of([1, "甲", "一"], [2, "", "二"], formulas=[(2, 1, "")])

    assert row.values["unit"] == ""


def test_rows_of_nothing_but_unsaved_formulas_below_the_table_are_not_lost():
    above, below = rows_of([1, "甲", "一"], formulas=[(3, 1, ""), (3, 2, "")])

    assert above.errors == []
    assert (below.number, len(below.errors)) == (4, 2)


def test_formulas_drawn_down_beside_the_table_make_no_rows():
    rows = rows_of(
        [1, "甲", "一"],
        formulas=[(row, column, "") for row in (2, 3) for column in (0, 3)],
    )

    assert [row.number for row in rows] == [2]
