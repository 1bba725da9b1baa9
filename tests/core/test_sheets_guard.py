import io
import random
import zipfile

import pytest

from core.sheets_read import SheetError, read_table
from tests import files

HEADER = ["单位", "社区"]
GOOD = files.workbook([HEADER, ["甲", "乙"]])
SHEET = "xl/worksheets/sheet1.xml"


def read(content, name="表.xlsx"):
    headers = {"unit": ["单位"], "community": ["社区"]}
    return read_table(io.BytesIO(content), filename=name, required_headers=headers)


def changed(**parts):
    """The good workbook with parts replaced, added, or edited by a function."""
    whole = files.unpacked(GOOD)
    for name, part in parts.pop("parts").items():
        whole[name] = part(whole[name]) if callable(part) else part
    return files.archive(whole)


def with_cell(xml):
    return changed(
        parts={SHEET: lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>")}
    )


def encrypted_flag():
    content = bytearray(GOOD)
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying_sizes():
    """A part of 60 MB whose listing says 1 kB."""
    content = bytearray(changed(parts={"xl/big.xml": b" " * 60_000_000}))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/big.xml"))
    content[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def doubled_part():
    output = io.BytesIO(GOOD)
    with (
        zipfile.ZipFile(output, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr(SHEET, b"<worksheet/>")
    return output.getvalue()


def shared_text_repeated():
    """One text of 32,000 characters shown by 4,000 cells."""
    return files.workbook([HEADER, *[["长" * 32_000, "乙"]] * 4_000])


REFUSED = {
    "wrong ending": (lambda: GOOD, "表.txt", "只接受"),
    "no ending": (lambda: GOOD, "xlsx", "只接受"),
    "empty": (lambda: b"", "a.xlsx", "文件是空的"),
    "too large": (lambda: GOOD + b"\0" * 5_300_000, "a.xlsx", "超过 5 MB"),
    "photo": (files.picture, "a.xlsx", "内容不是这种表格"),
    "photo as csv": (files.picture, "a.csv", "内容不是这种表格"),
    "pdf": (lambda: files.PDF, "a.xls", "内容不是这种表格"),
    "page as xls": (lambda: b"<html><table>", "a.xls", "内容不是这种表格"),
    "document": (files.document, "a.xlsx", "Word 文档"),
    "other archive": (lambda: files.archive({"a.txt": b"a"}), "a.xlsx", "不是这种表格"),
    "cut archive": (lambda: GOOD[:-200], "a.xlsx", "已损坏"),
    "only a start": (lambda: b"PK\x03\x04junk", "a.xlsx", "已损坏"),
    "encrypted entry": (encrypted_flag, "a.xlsx", "密码"),
    "bomb": (
        lambda: changed(parts={"xl/big.xml": b" " * 60_000_000}),
        "a.xlsx",
        "展开后过大",
    ),
    "dense part": (
        lambda: changed(parts={"xl/big.xml": b" " * 9_000_000}),
        "a.xlsx",
        "展开后过大",
    ),
    "lying sizes": (lying_sizes, "a.xlsx", "已损坏|展开后过大"),
    "doubled part": (doubled_part, "a.xlsx", "已损坏"),
    "path upwards": (
        lambda: changed(parts={"../evil.xml": b"<a/>"}),
        "a.xlsx",
        "已损坏",
    ),
    "absolute path": (
        lambda: changed(parts={"/evil.xml": b"<a/>"}),
        "a.xlsx",
        "已损坏",
    ),
    "entities": (
        lambda: changed(
            parts={
                SHEET: lambda part: part.replace(
                    b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'
                )
            }
        ),
        "a.xlsx",
        "已损坏",
    ),
    "broken xml": (
        lambda: changed(parts={SHEET: b"<worksheet><sheetData><row>"}),
        "a.xlsx",
        "已损坏",
    ),
    "no relations": (
        lambda: files.archive(
            {
                name: part
                for name, part in files.unpacked(GOOD).items()
                if "workbook.xml.rels" not in name
            }
        ),
        "a.xlsx",
        "已损坏",
    ),
    "far row": (
        lambda: with_cell(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "a.xlsx",
        "超过 5000 行",
    ),
    "far row without references": (
        lambda: with_cell(b'<row r="90000"><c><v>1</v></c></row>'),
        "a.xlsx",
        "超过 5000 行",
    ),
    "far column": (
        lambda: with_cell(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'),
        "a.xlsx",
        "超过 200 列",
    ),
    "odd reference": (
        lambda: with_cell(b'<row r="3"><c r="!3"><v>1</v></c></row>'),
        "a.xlsx",
        "已损坏",
    ),
    "no such shared text": (
        lambda: with_cell(b'<row r="3"><c r="A3" t="s"><v>99</v></c></row>'),
        "a.xlsx",
        "已损坏",
    ),
    "shared text repeated": (shared_text_repeated, "a.xlsx", "文字过多"),
    "encrypted workbook": (
        lambda: files.ole({"EncryptionInfo": b"a", "EncryptedPackage": b"b"}),
        "a.xlsx",
        "密码",
    ),
    "old document": (lambda: files.ole({"WordDocument": b"a"}), "a.xls", "Word 文档"),
    "other ole": (lambda: files.ole({"Data": b"a"}), "a.xls", "内容不是这种表格"),
    "old encrypted": (
        lambda: files.old_workbook([HEADER], password=True),
        "a.xls",
        "密码",
    ),
    "old far row": (
        lambda: files.old_workbook([HEADER, ["甲", "乙"]], errors=[(60_000, 0)]),
        "a.xls",
        "超过 5000 行",
    ),
    "old far column": (
        lambda: files.old_workbook([HEADER, ["甲", "乙"]], errors=[(1, 250)]),
        "a.xls",
        "超过 200 列",
    ),
    "old cut": (
        lambda: files.old_workbook([HEADER, ["甲", "乙"]])[:3000],
        "a.xls",
        "已损坏",
    ),
    "old start only": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "a.xls",
        "已损坏",
    ),
}


@pytest.mark.parametrize(("make", "name", "reason"), REFUSED.values(), ids=REFUSED)
def test_read_table_of_a_hostile_file_is_refused_with_the_reason(make, name, reason):
    with pytest.raises(SheetError, match=reason):
        read(make(), name)


def test_read_table_workbook_with_the_other_ending_is_read():
    assert len(read(GOOD, "A.XLS").rows) == 1
    old = files.old_workbook([HEADER, ["甲", "乙"]])
    assert len(read(old, "a.xlsx").rows) == 1


def test_read_table_formatted_but_empty_far_cells_do_no_harm():
    content = with_cell(b'<row r="1048576"><c r="XFD1048576" s="1"/></row>')

    assert len(read(content).rows) == 1


def test_read_table_pictures_in_the_workbook_are_left_out():
    content = changed(parts={"xl/media/image1.png": files.picture("PNG")})

    assert len(read(content).rows) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(GOOD, "a.xlsx"), (files.old_workbook([HEADER, ["甲", "乙"]]), "a.xls")],
    ids=["xlsx", "xls"],
)
def test_read_table_of_files_damaged_anywhere_reads_or_refuses(content, name):
    dice = random.Random(20220426)
    refused = 0

    for _round in range(300):
        broken = bytearray(content)
        for _byte in range(dice.randint(1, 6)):
            broken[dice.randrange(8, len(broken))] = dice.randrange(256)
        try:
            read(
                bytes(broken[: dice.choice([len(broken), dice.randrange(9, 4000)])]),
                name,
            )
        except SheetError:
            refused += 1

    assert refused > 100


def test_read_table_of_damaged_sheet_xml_reads_or_refuses():
    dice = random.Random(20220427)
    parts = files.unpacked(files.workbook([HEADER, ["甲", "乙"], [1, 2.5]]))
    names = [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
    refused = 0

    for _round in range(300):
        name = dice.choice(names)
        broken = bytearray(parts[name])
        broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            read(files.archive({**parts, name: bytes(broken)}, level=1))
        except SheetError:
            refused += 1

    assert refused > 50
