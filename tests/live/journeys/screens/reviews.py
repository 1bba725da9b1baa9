"""The office's queue."""

from playwright.sync_api import expect

from tests.live.browser import Person


def open_review(office: Person, title: str) -> None:
    office.page.goto(f"/desk/reviews/?q={title}")
    office.page.get_by_role("link", name=title).first.click()


def return_for_reason(office: Person, title: str, reason: str) -> None:
    """With one sentence for the whole record."""
    open_review(office, title)
    page = office.page
    page.get_by_label("退回理由").fill(reason)
    page.get_by_role("button", name="退回").click()
    page.get_by_text("已退回。").wait_for()


def return_with_points(office: Person, title: str, remark: str) -> None:
    """A ticked reason, and a remark at one field."""
    open_review(office, title)
    page = office.page
    page.get_by_label("活动说明过于简单").check()
    page.get_by_text("逐项意见").click()
    page.locator("#review").get_by_label("活动说明").last.fill(remark)
    office.shot("review")
    page.get_by_role("button", name="退回").click()
    page.get_by_text("已退回").first.wait_for()


def approve(office: Person, title: str) -> None:
    open_review(office, title)
    office.page.get_by_role("button", name="通过", exact=True).click()
    office.page.get_by_text("已通过。").first.wait_for()


def approve_all(office: Person, waiting: int) -> None:
    """All that waits, chosen in the queue and confirmed."""
    page = office.page
    page.goto("/desk/reviews/")
    expect(page.get_by_text(f"共 {waiting} 条")).to_have_count(1)
    for choice in page.get_by_label("选择“").all():
        choice.check()
    page.get_by_role("button", name="通过所选").click()
    page.get_by_role("button", name=f"确认通过 {waiting} 项").click()
    page.get_by_text("没有等待审核的活动").wait_for()
