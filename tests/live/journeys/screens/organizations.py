"""Pages of organisations and communities, today and on a day of the past; ledgers."""

from datetime import date
from pathlib import Path

import docx

from tests.live.browser import Person


def open_organization(someone: Person, text: str, name: str, day: str = "") -> str:
    """By search; returns the address of its page."""
    page = someone.page
    page.goto(f"/organizations/?text={text}{f'&day={day}' if day else ''}")
    page.locator("#results").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    return page.url.partition("?")[0]


def open_community(someone: Person, name: str) -> str:
    """By search; returns the address of its page."""
    page = someone.page
    page.goto(f"/communities/?text={name}")
    page.locator("#results").get_by_role("link", name=name).first.click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    return page.url.partition("?")[0]


def look_back(someone: Person, address: str, day: date) -> None:
    someone.page.goto(f"{address}?day={day.isoformat()}")


def expect_texts(someone: Person, *texts: str) -> None:
    for text in texts:
        someone.page.get_by_role("main").get_by_text(text).first.wait_for()


def open_ledger(someone: Person, unit: str) -> None:
    page = someone.page
    page.goto(f"/organizations/?text={unit}")
    page.locator("#results a").first.click()
    page.locator("a[href$='/ledger/']").first.click()


def ledger_document(someone: Person, folder: Path) -> str:
    """All text of the document made of the ledger, also that in tables."""
    page = someone.page
    page.get_by_role("button", name="生成打印文档").click()
    page.get_by_role("link", name="下载").first.wait_for(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").first.click()
    download.value.save_as(folder / "ledger.docx")
    paper = docx.Document(str(folder / "ledger.docx"))
    return "\n".join(node.text for node in paper.element.body.iter() if node.text)
