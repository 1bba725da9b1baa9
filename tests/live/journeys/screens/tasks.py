"""Tasks handed out by the office, and what the matrix counts."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator

from tests.live.browser import Person


def hand_out(
    office: Person, place: SimpleNamespace, *, initiative: str, title: str
) -> None:
    """To one unit, found by typing, and confirmed after a look at the list."""
    page = office.page
    page.goto("/desk/tasks/new/")
    page.get_by_label("板块和举措").select_option(label=initiative)
    page.get_by_label("任务名称").fill(title)
    due = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=7)
    page.get_by_label("完成期限").fill(f"{due:%Y-%m-%d}")
    page.get_by_label("逐个选择", exact=True).check()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("查找党组织").fill(place.branch.name)
    page.get_by_label(place.branch.name).first.check()
    page.get_by_role("button", name="核对名单").click()
    page.get_by_role("heading", name="将下达给 1 个党组织").wait_for()
    office.shot("task-to-confirm")
    page.get_by_role("button", name="确认下达").click()
    page.get_by_role("heading", name=title).wait_for()


def fulfil(unit: Person, title: str) -> None:
    page = unit.page
    page.goto("/desk/assignments/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="确认完成").click()
    page.get_by_text("已完成").first.wait_for()


def cell_link(office: Person, unit: str) -> Locator:
    """What the unit has approved under the first pillar, in the district's matrix."""
    page = office.page
    page.goto("/overview/progress/")
    row = page.locator("tbody tr").filter(has_text=unit).first
    while not row.count():
        page.get_by_role("link", name="下一页").click()
        page.wait_for_load_state()
    return row.locator("td").first.locator("a[href*='state=approved']")


def cell(office: Person, unit: str) -> int:
    link = cell_link(office, unit)
    return int(re.search(r"\d+$", link.inner_text())[0]) if link.count() else 0
