"""A unit reports in to a community; slip and receipt."""

from pathlib import Path
from types import SimpleNamespace

from pypdf import PdfReader

from tests.live.browser import Person
from tests.live.papers import text_of

PHONE = "138 0000 0045"


def report_in(unit: Person, community: str) -> None:
    """From the desk to the slip to hand over."""
    page = unit.page
    page.goto("/desk/")
    row = page.get_by_role("listitem").filter(has_text=community)
    row.get_by_role("link", name="填报到单").first.click()
    page.get_by_label("在职党员数").fill("36")
    page.get_by_label("带队领导").fill("示例甲")
    page.get_by_label("联络员").fill("示例员")
    page.get_by_label("联系电话").fill(PHONE)
    page.get_by_label("可提供的服务和资源").fill("每月一次政策宣讲。")
    unit.shot("report-in-form")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="提交给社区").click()
    page.get_by_text("待签收").first.wait_for()


def read_the_slip(unit: Person) -> None:
    page = unit.page
    page.get_by_role("link", name="报到单", exact=True).click()
    page.get_by_text(PHONE).or_(page.get_by_text(PHONE.replace(" ", ""))).wait_for()
    unit.shot("slip")


def sign(community: Person, unit: str) -> str:
    """The community takes note; returns the number it is kept under."""
    page = community.page
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name=unit).first.click()
    page.get_by_role("button", name="签收").click()
    page.get_by_text("已签收").first.wait_for()
    community.shot("signed")
    head = page.locator(".page-head").inner_text()
    return next(line for line in head.split() if line.startswith("芗报"))


def print_the_receipt(unit: Person, place: SimpleNamespace, folder: Path) -> str:
    """Its one page of A4; the text without blanks."""
    page = unit.page
    page.goto("/desk/report-ins/")
    row = page.locator("#results tr, #results li").filter(has_text=place.community.name)
    row.get_by_role("link").first.click()
    page.get_by_role("link", name="回执").click()
    unit.shot("receipt")
    page.pdf(path=folder / "receipt.pdf", format="A4", prefer_css_page_size=True)
    page.goto("/desk/report-ins/")
    sheets = PdfReader(folder / "receipt.pdf").pages
    assert len(sheets) == 1
    return text_of(sheets[0])
