"""The portal's workbooks open in LibreOffice as they were meant."""

import datetime
from decimal import Decimal

import pytest

from core.sheets_write import Column, write_xlsx
from tests.live.office_suite import OfficeFailed, opened

COLUMNS = [
    Column("名称", width=30),
    Column("手机号", "phone"),
    Column("人数", "int"),
    Column("时长", "decimal"),
    Column("日期", "date"),
    Column("时刻", "datetime"),
    Column("公开", "bool"),
]
MOMENT = datetime.datetime(2022, 4, 26, 16, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2022, 4, 26)


def test_workbook_opens_in_libreoffice_with_every_cell_as_written(tmp_path):
    path = tmp_path / "表.xlsx"
    rows = [
        ["示例“活动”，一", "13800001234", 3, Decimal("1.5"), DAY, MOMENT, True],
        ["=1+1", "+8613800001234", 0, 12, None, None, False],
        [" 前有空格\n换行<&>_x0041_", "007", -5, Decimal("0.25"), DAY, MOMENT, None],
        ["\U00020bb7", "", 10**16, "约2", DAY, MOMENT, None],
        ["a\x00\x0b\ud800b", None, 2, None, datetime.date(1899, 1, 1), None, None],
    ]

    write_xlsx(
        path, columns=COLUMNS, rows=rows, sheet_name="数据", about=[("导出人", "甲")]
    )

    shown = opened([path], tmp_path)
    assert shown["表", "数据"] == [
        [column.title for column in COLUMNS],
        [
            "示例“活动”，一",
            "13800001234",
            "3",
            "1.5",
            "2022-04-26",
            "2022-04-27 00:30",
            "是",
        ],
        ["=1+1", "+8613800001234", "0", "12.0", "", "", "否"],
        [
            " 前有空格\n换行<&>_x0041_",
            "007",
            "-5",
            "0.25",
            "2022-04-26",
            "2022-04-27 00:30",
            "",
        ],
        [
            "\U00020bb7",
            "",
            "10000000000000000",
            "约2",
            "2022-04-26",
            "2022-04-27 00:30",
            "",
        ],
        ["ab", "", "2", "", "1899-01-01", "", ""],
    ]
    assert shown["表", "导出说明"] == [
        ["项目", "内容"],
        ["导出人", "甲"],
        ["行数", "5"],
    ]


def test_workbook_that_is_broken_is_noticed(tmp_path):
    """What the tests here rest on: LibreOffice says so."""
    path = tmp_path / "坏.xlsx"
    write_xlsx(path, columns=[Column("号")], rows=[["1"]], sheet_name="数据")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with pytest.raises(OfficeFailed, match="could not be loaded"):
        opened([path], tmp_path)
