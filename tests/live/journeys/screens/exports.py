"""Reports, and the files made of them."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Locator
from python_calamine import CalamineWorkbook

from tests.live.browser import Person
from tests.live.journeys.screens.shifts import open_filters


def filter_report(office: Person, slug: str, label: str, choice: str) -> None:
    page = office.page
    page.goto(f"/reports/{slug}/")
    open_filters(office)
    page.get_by_role("combobox", name=label).select_option(label=choice)
    page.get_by_role("button", name="筛选").click()


def taken(office: Person, link: Locator, file: Path) -> Path:
    """The file behind the link."""
    with office.page.expect_download() as download:
        link.click()
    download.value.save_as(file)
    return file


def sheets_of(file: Path) -> dict[str, list[list]]:
    """The rows of a workbook by the name of their sheet."""
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their titles."""
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def finished(office: Person, title: str) -> Locator:
    """The link of a file that was made in the background."""
    row = office.page.locator("#exports .list-row").filter(has_text=title).first
    return row.get_by_role("link", name="下载")


def watch_progress(office: Person, many: int) -> None:
    """The bar moves by itself until the file can be had.

    The page asks every 2 s; a quick machine is seen on the way only once.
    """
    page, seen = office.page, set()
    top = page.locator("#exports .list-row").first
    page.locator("progress.meter").wait_for()
    while not top.get_by_role("link", name="下载").count():
        bars = "bars => bars.map(bar => [bar.value, bar.max])"
        seen.update(map(tuple, page.locator("progress.meter").evaluate_all(bars)))
        page.wait_for_timeout(200)
    between = {done for done, total in seen if 0 < done < total and total >= many}
    assert between, seen
