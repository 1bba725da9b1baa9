"""A whistle from the blow to the rating."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from tests.files import picture
from tests.live.browser import Person

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
RESIDENT, CALLED = "13800009005", "示例大爷"
POLL = 31_000


def photo(folder: Path) -> Path:
    file = folder / "photo.jpg"
    file.write_bytes(picture(size=(900, 600), color="teal"))
    return file


def fill_in(community: Person, title: str, text: str) -> None:
    """From the desk to the end of the form; the draft is not saved yet."""
    page = community.page
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name="吹哨", exact=True).click()
    page.get_by_label("类别").select_option(label="设施维修")
    page.get_by_label("较急").check()
    page.get_by_label("事由").fill(title)
    page.get_by_label("地点").fill("示例路地下通道")
    page.get_by_label("情况说明").fill(text)
    page.get_by_label("需要人手").fill("6")
    page.get_by_label("需要物资").fill("抽水泵一台")
    page.get_by_text("居民联系方式").first.click()
    page.get_by_label("居民称呼").fill(CALLED)
    page.get_by_label("居民电话").fill(RESIDENT)
    page.get_by_label("居民已同意提供联系方式").check()


def save_draft(community: Person) -> None:
    community.page.get_by_role("button", name="存为草稿，下一步").click()


def blow(community: Person, folder: Path) -> str:
    """A photo, and to the street; returns the path of the whistle."""
    page = community.page
    page.locator("input[data-source=album]").set_input_files(photo(folder))
    page.get_by_role("img", name="现场照片 1").wait_for()
    page.get_by_label("交街道派单").check()
    community.shot("draft")
    page.get_by_role("button", name="吹哨", exact=True).click()
    page.get_by_text("待派单").first.wait_for()
    return page.url.partition("#")[0]


def watch(watcher: Person, title: str) -> None:
    """A board stands open; its clock is ours, so that nobody waits half a minute."""
    page = watcher.page
    page.clock.install()
    page.goto("/desk/whistles/")
    page.get_by_role("link", name=title).first.wait_for()


def see_it_arrive(watcher: Person, title: str) -> None:
    """The open board says by itself that somebody has it now."""
    page = watcher.page
    page.clock.fast_forward(POLL)
    row = page.locator("li, tr").filter(has_text=title)
    row.get_by_text("待响应").first.wait_for()


def dispatch(street: Person, path: str, branch: str) -> None:
    """To a paired unit; the resident is not the street's business."""
    page = street.page
    page.goto(path)
    assert page.get_by_text(RESIDENT).count() == 0
    assert page.get_by_text(CALLED).count() == 0
    page.get_by_role("link", name="派单", exact=True).click()
    page.get_by_text("结对").first.wait_for()
    page.get_by_label(re.compile(branch)).check()
    page.get_by_label("派单说明").fill("请带泵到场。")
    street.shot("dispatch")
    page.get_by_role("button", name="派单", exact=True).click()
    page.get_by_text("待响应").first.wait_for()


def give_back(unit: Person, title: str) -> None:
    """Found on the desk; whom to call is not shown before it is taken on."""
    page = unit.page
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    assert page.get_by_role("button", name="查看联系方式").count() == 0
    page.get_by_role("link", name="退单", exact=True).click()
    page.get_by_label("退单理由").fill("本单位没有抽水泵。")
    page.get_by_role("button", name="退单").click()
    page.get_by_text("已退回").first.wait_for()


def take_on(unit: Person, path: str) -> None:
    page = unit.page
    page.goto(path)
    page.get_by_role("button", name="接单").click()
    page.get_by_text("已接单").first.wait_for()


def see_whom_to_call(unit: Person) -> None:
    unit.page.get_by_role("button", name="查看联系方式").click()
    unit.page.get_by_text(CALLED).wait_for()


def write_down(unit: Person, path: str, text: str, folder: Path) -> None:
    """What was done so far, with a photo."""
    page = unit.page
    page.goto(path)
    page.get_by_label("办理情况").fill(text)
    page.locator("input[name=photos]").set_input_files(photo(folder))
    page.get_by_role("button", name="记录", exact=True).click()
    page.get_by_text(text).first.wait_for()


def call_people(unit: Person, path: str) -> SimpleNamespace:
    """One click makes an activity with a shift."""
    page = unit.page
    page.goto(path)
    page.get_by_role("button", name="召集人手").click()
    link = page.locator("#responses a[href^='/shifts/']").first
    link.wait_for()
    return SimpleNamespace(path=link.get_attribute("href"))


def ask_for_time(unit: Person, path: str) -> None:
    page = unit.page
    page.goto(path)
    page.get_by_role("link", name="申请延期").click()
    page.get_by_label("延期到").fill((TODAY + timedelta(days=21)).isoformat())
    page.get_by_label("延期理由").fill("水泵功率不够，要再借一台。")
    page.get_by_role("button", name="申请延期").click()
    page.get_by_text("待答复").first.wait_for()


def grant_time(community: Person, title: str) -> None:
    page = community.page
    page.goto("/desk/whistles/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_label("同意延期", exact=True).check()
    page.get_by_role("button", name="答复").click()
    page.get_by_text("已同意延期").first.wait_for()


def deliver(unit: Person, path: str, result: str) -> None:
    page = unit.page
    page.goto(path)
    page.get_by_role("link", name="交付", exact=True).click()
    page.get_by_label("办理结果").fill(result)
    page.get_by_role("button", name="交付", exact=True).click()
    page.get_by_text("待社区确认").first.wait_for()


def have_it_done_again(community: Person, path: str) -> None:
    page = community.page
    page.goto(path)
    community.shot("judge")
    page.get_by_text("没有办好，要求重新办理").click()
    page.get_by_label("哪里还没有办好").fill("排水口还堵着。")
    page.get_by_role("button", name="要求重新办理").click()
    page.get_by_text("重新办理").first.wait_for()


def rate(community: Person, path: str) -> None:
    page = community.page
    page.goto(path)
    page.get_by_label("已解决").check()
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="确认办结并评价").click()
    page.get_by_text("已办结").first.wait_for()
