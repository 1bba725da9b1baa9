import io

import pytest

from core.sheets_read import SheetError, read_table

HEADERS = {"code": ["代码"], "name": ["名称"]}
LINES = "代码,名称\n350602001000,东铺头街道\n350602002000,\U00020bb7村\n"


def read(content, name="a.csv"):
    return read_table(io.BytesIO(content), filename=name, required_headers=HEADERS)


def values(content):
    return [(row.values["code"], row.values["name"]) for row in read(content).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be+bom"]
)
def test_csv_in_any_usual_encoding_reads_the_same(encoding):
    if encoding == "utf-16-be+bom":
        content = b"\xfe\xff" + LINES.encode("utf-16-be")
    else:
        content = LINES.encode(encoding)

    assert values(content) == [
        ("350602001000", "东铺头街道"),
        ("350602002000", "\U00020bb7村"),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_with_any_usual_delimiter_reads_the_same(delimiter):
    content = f'表\n代码{delimiter}名称\n1{delimiter}"甲,乙;丙"\n'.encode()

    assert values(content) == [("1", "甲,乙;丙")]


def test_csv_line_with_a_comma_too_many_is_an_error_of_its_line():
    good, bad = read("代码,名称\n1,甲\n2,乙,丙\n".encode()).rows

    assert (good.errors, bad.errors) == ([], ["这一行的列数比表头多，内容可能错位。"])


def test_csv_cell_with_nul_is_an_error_of_its_line():
    bad, good = read("代码,名称\n1,甲\0乙\n2,丙丙丙丙丙\n".encode()).rows

    assert "U+0000" in bad.errors[0]
    assert good.errors == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b" \n\r\n", "文件是空的"),
        ('代码,名称\n1,"甲\n2,乙\n'.encode(), "不成对"),
        (b"\x81\xff\x00\xfe\x81" * 20, "不是 UTF-8 或 GB18030"),
        ("代码,名称\n1,甲".encode("utf-16-le"), "不是 UTF-8 或 GB18030"),
        (b"\xff\xfe\x00", "不是 UTF-8 或 GB18030"),
        (b"<html><table></table></html>", "没有找到表头"),
        ("代码,名称\n1,".encode() + "长".encode() * 140_000, "不成对"),
        (",".join(["列"] * 201).encode(), "超过 200 列"),
        (("代码,名称\n" + "1,甲\n" * 5_200).encode(), "超过 5000 行"),
    ],
    ids=range(10),
)
def test_csv_that_cannot_be_used_is_refused_with_the_reason(content, reason):
    with pytest.raises(SheetError, match=reason):
        read(content)
