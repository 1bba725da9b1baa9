import csv
import datetime
import io
import resource
import tempfile
from decimal import Decimal
from itertools import islice, repeat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from core import sheets_write
from core.sheets_cells import safe_cell
from core.sheets_write import (
    Column,
    SheetFull,
    csv_response,
    stream_csv,
    write_xlsx,
    xlsx_response,
)
from tests.files import unpacked

UTC = datetime.UTC
MOMENT = datetime.datetime(2022, 4, 26, 16, 30, tzinfo=UTC)
ANCIENT = datetime.datetime(1899, 1, 1, tzinfo=UTC)  # Beijing was 8:05:43 ahead
TEXTS = [Column("名称"), Column("电话", "phone"), Column("备注")]


def xlsx(columns, rows, **options):
    options = {"sheet_name": "活动"} | options
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        count = write_xlsx(path, columns=columns, rows=rows, **options)
        return count, path.read_bytes()


def sheets(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def csv_lines(columns, rows):
    content = b"".join(stream_csv(columns=columns, rows=rows))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "  =1",
        "\u3000=1",
        "\u00a0@x",
        "\x01=1",
        "\u200b=1",
        "\ufeff=1",
        "\ufe62" + "1",
    ],
    ids=ascii,
)
def test_safe_cell_of_what_a_sheet_would_compute_gets_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize(
    "value", ["", "甲=乙", "138", " 甲", "'=1", 5, -5, Decimal("-1.5"), None, True]
)
def test_safe_cell_of_anything_else_changes_nothing(value):
    assert safe_cell(value) is value


def test_write_xlsx_keeps_types_and_counts_rows():
    columns = [
        Column("名称"),
        Column("电话", "phone"),
        Column("人数", "int"),
        Column("时长", "decimal"),
        Column("日期", "date"),
        Column("时刻", "datetime"),
        Column("公开", "bool"),
    ]
    moment = datetime.datetime(2022, 4, 26, 16, 30, tzinfo=UTC)
    row = ["甲", "13800138000", 3, Decimal("1.5"), datetime.date(2022, 4, 26)]

    count, content = xlsx(columns, [[*row, moment, True], [None, "", *[None] * 5]])

    assert count == 2
    assert sheets(content)["活动"] == [
        [column.title for column in columns],
        [
            "甲",
            "13800138000",
            3.0,
            1.5,
            datetime.date(2022, 4, 26),
            datetime.datetime(2022, 4, 27, 0, 30),
            "是",
        ],
    ]


@pytest.mark.parametrize("text", ["=1+1", "http://a.cn", "0138", "+86", "@a", "1e5"])
def test_write_xlsx_text_stays_text(text):
    _count, content = xlsx([Column("备注")], [[text]])

    assert sheets(content)["活动"][1] == [text]
    parts = unpacked(content)
    assert b"<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert b"hyperlink" not in parts["xl/worksheets/sheet1.xml"]


def test_write_xlsx_header_is_bold_frozen_filtered_and_wide():
    _count, content = xlsx([Column("名称", width=30), Column("备注")], [["甲", "乙"]])

    parts = unpacked(content)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert '<autoFilter ref="A1:B2"/>' in sheet
    assert 'width="30.7' in sheet
    assert '<c r="A1" s="1"' in sheet
    assert b"<b/>" in parts["xl/styles.xml"]


def test_write_xlsx_removes_illegal_characters_and_cuts_long_text():
    long = "长" * 32_768
    rare = "\U00020bb7" * 20_000

    _count, content = xlsx(TEXTS, [["a\x00\x0b\ud800b", long, rare]])

    first, second, third = sheets(content)["活动"][1]
    assert first == "ab"
    assert second == "长" * 32_766 + "…"
    assert third == "\U00020bb7" * 16_383 + "…"


def test_write_xlsx_odd_values_are_written_as_text():
    columns = [Column("数", "int"), Column("日期", "date")]
    rows = [
        [float("nan"), datetime.date(1899, 1, 1)],
        ["约5", "未定"],
        [999999199001011234, datetime.date(1950, 10, 1)],
    ]

    _count, content = xlsx(columns, rows)

    assert sheets(content)["活动"][1:] == [
        ["nan", "1899-01-01"],
        ["约5", "未定"],
        ["999999199001011234", datetime.date(1950, 10, 1)],
    ]


@pytest.mark.parametrize("place", [0, 499, 500, 1200])
def test_write_xlsx_one_odd_cell_among_plain_ones_is_seen(place):
    """Columns are looked at some hundred rows at a time."""
    rows = [["甲", "1", 5, MOMENT] for _row in range(1_201)]
    rows[place] = ["a\x0bb", "x" * 32_768, 10**16, ANCIENT]
    columns = [Column("名称"), Column("备注"), Column("人数", "int")]

    _count, content = xlsx([*columns, Column("时刻", "datetime")], rows)

    shown = sheets(content)["活动"][1:]
    odd = ["ab", "x" * 32_766 + "…", "10000000000000000", "1899-01-01 08:05:43"]
    assert shown.pop(place) == odd
    assert shown == [["甲", "1", 5.0, datetime.datetime(2022, 4, 27, 0, 30)]] * 1_200


@pytest.mark.parametrize("place", [0, 499, 500, 1200])
def test_stream_csv_one_odd_cell_among_plain_ones_is_seen(place):
    rows = [["甲", MOMENT] for _row in range(1_201)]
    rows[place] = ["＝1\x0b", ANCIENT]

    lines = csv_lines([Column("名称"), Column("时刻", "datetime")], rows)[1:]

    assert lines.pop(place) == ["'＝1", "1899-01-01 08:05:43"]
    assert lines == [["甲", "2022-04-27 00:30:00"]] * 1_200


def test_write_xlsx_past_the_limit_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(sheets_write, "ROWS_OF_A_SHEET", 2)

    with pytest.raises(SheetFull, match="请导出 CSV"):
        xlsx([Column("号")], [["1"], ["2"], ["3"]])


def test_write_xlsx_without_rows_has_its_titles():
    count, content = xlsx(TEXTS, [])

    assert count == 0
    assert sheets(content)["活动"] == [["名称", "电话", "备注"]]


def test_write_xlsx_two_columns_of_one_title_are_an_error():
    with pytest.raises(ValueError, match="one title"):
        xlsx([Column("名称"), Column("名称")], [["甲", "乙"]])


def test_write_xlsx_about_names_the_circumstances():
    about = [("导出人", "=张三"), ("筛选", "全部")]

    _count, content = xlsx([Column("号")], [["1"], ["2"]], about=about)

    assert sheets(content)["导出说明"] == [
        ["项目", "内容"],
        ["导出人", "=张三"],
        ["筛选", "全部"],
        ["行数", "2"],
    ]


def test_write_xlsx_sheet_name_of_any_text_is_made_to_fit():
    _count, content = xlsx([Column("号")], [], sheet_name="[a]:*?/\\'" + "长" * 40)

    assert list(sheets(content)) == ["a" + "长" * 24]


def test_write_xlsx_row_of_wrong_length_is_an_error():
    with pytest.raises(ValueError, match="1 cells, not 3"):
        xlsx(TEXTS, [["甲"]])


def test_stream_csv_is_utf8_with_bom_and_crlf():
    content = b"".join(stream_csv(columns=[Column("名称")], rows=[["甲"]]))

    assert content == b"\xef\xbb\xbf" + "名称\r\n甲\r\n".encode()


def test_stream_csv_values_are_plain_and_safe():
    columns = [Column(str(number)) for number in range(7)]
    moment = datetime.datetime(2022, 4, 26, 9, 30, tzinfo=ZoneInfo("UTC"))
    row = ["=cmd", "a\x00b", -5, datetime.date(2022, 4, 26), moment, None, False]

    assert csv_lines(columns, [row])[1] == [
        "'=cmd",
        "ab",
        "-5",
        "2022-04-26",
        "2022-04-26 17:30:00",
        "",
        "否",
    ]


def test_stream_csv_illegal_characters_do_not_hide_a_formula():
    assert csv_lines([Column("a")], [["\x00=1"]])[1] == ["'=1"]


def test_stream_csv_titles_are_safe_too():
    assert csv_lines([Column("=1")], []) == [["'=1"]]


def test_stream_csv_takes_rows_one_by_one_and_sends_in_pieces():
    endless = stream_csv(columns=TEXTS, rows=repeat(["甲" * 10, "1", "2"]))

    chunks = list(islice(endless, 3))

    assert all(16_000 < len(chunk) < 256 * 1024 for chunk in chunks)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_writers_need_no_more_memory_for_more_rows(kind):
    """36,000 rows are some 10 MiB as text; of memory none of it is wanted."""
    held = {}

    def rows():
        for number in range(40_000):
            if number in (4_000, 39_999):
                held[number] = _resident()
            yield [f"{number:0>80}", "13800138000", "备注"]

    if kind == "xlsx":
        xlsx(TEXTS, rows())
    else:
        for _chunk in stream_csv(columns=TEXTS, rows=rows()):
            pass

    assert held[39_999] - held[4_000] < 2 * 1024 * 1024


def _resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


@pytest.mark.django_db  # closing a response looks after the database connections
def test_xlsx_response_is_a_private_download_with_a_chinese_name():
    response = xlsx_response(
        "活动/2022.xlsx", columns=TEXTS, rows=[["甲", "1", "x"]], sheet_name="活动"
    )

    content = b"".join(response.streaming_content)
    response.close()
    assert sheets(content)["活动"][1] == ["甲", "1", "x"]
    assert response["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%B4%BB%E5%8A%A8_2022.xlsx"
    )
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_csv_response_is_a_private_download_with_a_chinese_name():
    response = csv_response("活动\r\n.csv", columns=TEXTS, rows=[["甲", "1", "x"]])

    assert response.streaming
    assert b"".join(response.streaming_content).decode("utf-8-sig") == (
        "名称,电话,备注\r\n甲,1,x\r\n"
    )
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%B4%BB%E5%8A%A8.csv"
    )
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_xlsx_response_whose_rows_fail_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield ["甲", "1", "x"]
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        xlsx_response("a.xlsx", columns=TEXTS, rows=rows(), sheet_name="a")

    assert list(tmp_path.iterdir()) == []


def test_write_xlsx_keeps_its_scratch_files_in_one_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = []

    def rows():
        seen.extend(path.is_dir() for path in tmp_path.iterdir())
        yield ["甲", "1", "x"]

    xlsx(TEXTS, rows())

    assert seen == [True]
    assert list(tmp_path.iterdir()) == []
