"""The admin site."""

import re

from tests.live.browser import Person

KINDS = "/admin/accounts/notification/kinds/"
STUCK = "/admin/accounts/delivery/?send_state__exact=sending"


def find(office: Person, register: str, text: str, found: str) -> None:
    office.page.goto(f"/admin/{register}/?q={text}")
    office.page.locator("#result_list").get_by_text(found).first.wait_for()


def waiting(office: Person) -> int:
    """What the front page says of activities to review."""
    page = office.page
    page.goto("/admin/")
    waits = page.get_by_role("link", name=re.compile(r"^\d+\s*待审核活动$"))
    if waits.count():
        return int(re.match(r"\d+", waits.inner_text())[0])
    page.locator(".office__none").get_by_text("待审核活动").wait_for()
    return 0


def open_kind(office: Person, topic: str, kind: str) -> None:
    """From the front page to the words of a message."""
    page = office.page
    page.goto("/admin/")
    page.get_by_role("link", name="消息种类与文字").first.click()
    page.get_by_role("link", name=topic).click()
    page.get_by_role("link", name=kind).click()


def press(office: Person, value: str) -> None:
    """One of the buttons under the words."""
    office.page.locator(f"#text- button[value={value}]").click()


def switch(office: Person, kind: str, *, on: bool) -> None:
    """Send this kind or not, and find it so in the list; ends on its page again."""
    page = office.page
    page.get_by_label("发送这类消息").set_checked(on)
    page.get_by_role("button", name="保存设置").click()
    page.get_by_text(f"已保存“{kind}”的设置。").wait_for()
    page.goto(f"{KINDS}?topic=hours")
    row = page.locator("tr").filter(has_text=kind)
    row.get_by_text("发送" if on else "已停发", exact=True).wait_for()
    row.get_by_role("link", name=kind).click()


def void_stuck_mail(office: Person, pk: int, reason: str) -> None:
    """Only with a reason."""
    page = office.page
    page.goto(STUCK)
    page.locator(f"#result_list .action-select[value='{pk}']").check()
    page.locator("select[name=action]").select_option(label="作废")
    page.get_by_role("button", name="执行").click()
    page.get_by_role("button", name="确认").click()
    page.locator(".errorlist").wait_for()
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name="确认").click()
    page.get_by_text("已处理 1 条。").wait_for()


def move_campaign(office: Person, action: str, state: str) -> None:
    page = office.page
    page.goto("/admin/campaigns/campaign/")
    page.locator("#result_list input.action-select").first.check()
    page.locator("select[name=action]").select_option(label=action)
    page.get_by_role("button", name="执行").click()
    page.get_by_label("理由").fill("旅程演示")
    page.get_by_role("button", name="确认").click()
    page.locator("#result_list").get_by_text(state).first.wait_for()
