"""Finding shifts, signing up, waiting in line."""

from types import SimpleNamespace

from playwright.sync_api import Locator, expect

from tests.live.browser import Person


def open_filters(someone: Person) -> None:
    """They are folded on a phone, and open by themselves at a desk."""
    filters = someone.page.locator("details.filters").first
    if filters.get_attribute("open") is None:
        filters.locator("> summary").click()


def find(someone: Person, words: str, shift: SimpleNamespace) -> Locator:
    """The shift alone in the list, by what stands in its activity's name."""
    page = someone.page
    page.goto("/shifts/")
    open_filters(someone)
    page.get_by_label("搜索").fill(words)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url(f"**/shifts/?*text={words}*")
    expect(page.locator("#results").get_by_role("article")).to_have_count(1)
    return page.get_by_role("link", name=shift.name)


def sign_up(someone: Person, shift: SimpleNamespace, answer: str) -> None:
    """By the one button of the shift's page."""
    page = someone.page
    page.goto(shift.path)
    page.get_by_role("button", name="报名", exact=True).click()
    page.get_by_text(answer).first.wait_for()


def wait_in_line(someone: Person, shift: SimpleNamespace, *, position: int) -> None:
    """The shift is full."""
    page = someone.page
    page.goto(shift.path)
    page.get_by_role("button", name="加入候补").click()
    page.get_by_text(f"您已进入候补，序号 {position}").wait_for()
    page.get_by_text(f"候补序号 {position}").first.wait_for()


def cancel(someone: Person, shift: SimpleNamespace) -> None:
    page = someone.page
    page.goto(shift.path)
    page.get_by_role("button", name="取消报名").click()
    page.get_by_text("已取消报名。").wait_for()
