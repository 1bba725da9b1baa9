"""Notices of pairings, uploaded as sheets."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.communities.registers import PAIRINGS
from tests.live.browser import Person

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
FULL_WIDTH_PHONE = "".join(chr(ord(digit) + 0xFEE0) for digit in "13800000044")


def upload(committee: Person, file: Path, kind: str, number: str) -> None:
    page = committee.page
    page.goto("/desk/pairings/import/")
    page.get_by_label(kind).check()
    page.get_by_label("结对安排表").set_input_files(file)
    page.get_by_label("文号").fill(number)
    page.get_by_label("生效日期", exact=True).fill(TODAY.isoformat())
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("heading", name="核对结对通知").wait_for()


def messy_supplement(folder: Path, unit: str, community: str) -> Path:
    """Full-width digits, a blank in the name, a line of whoever filled it in."""
    file = folder / "补充通知.csv"
    file.write_text(
        "挂钩单位,挂钩社区（村）,联络员,联系电话,备注\n"
        f"{unit[0]} {unit[1:]},{community},示例员,{FULL_WIDTH_PHONE},\n"
        "填表人：示例,,,,\n",
        encoding="utf-8-sig",
    )
    return file


def standing_notice(folder: Path, *, without: str, street: str, instead: str) -> Path:
    """The notice that stands, one community of a unit put in another's place."""
    rows = CalamineWorkbook.from_path(str(PAIRINGS)).get_sheet_by_index(0).to_python()
    file = folder / "调整通知.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("挂钩社区安排表")
        for number, cells in enumerate(rows):
            if without in cells:
                cells[2:4] = [street, instead]
            sheet.write_row(number, 0, cells)
    return file
