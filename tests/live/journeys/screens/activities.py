"""Recording, mending and publishing activities; photos and shifts of them."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from tests.files import noisy_jpeg
from tests.live.browser import Person

BEIJING = ZoneInfo("Asia/Shanghai")
SUBMITTED = "活动已提交文明办审核。"


def moment(hours: float) -> str:
    """So many hours from now, as a browser's field takes it."""
    return f"{datetime.now(BEIJING) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def photos(folder: Path, count: int) -> list[Path]:
    """Pictures unlike each other."""
    made = []
    for number in range(count):
        made.append(folder / f"photo{len(list(folder.iterdir()))}.jpg")
        made[-1].write_bytes(noisy_jpeg((640 + number, 480)))
    return made


def choose_initiative(unit: Person, title: str) -> None:
    """From the desk, in two clicks."""
    page = unit.page
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name="记录活动").first.click()
    page.get_by_role("link", name=f"记录：{title}").click()


def fill_in(
    unit: Person,
    place: SimpleNamespace,
    title: str,
    *,
    hours: float = -4,
    people: str = "",
) -> None:
    """What the form asks for first; `people` once it is over."""
    page = unit.page
    page.get_by_label("活动名称").fill(title)
    page.get_by_label("开始时间").fill(moment(hours))
    page.get_by_label("结束时间").fill(moment(hours + 2))
    page.get_by_label("地点", exact=True).fill(f"{place.community.name}党群服务中心")
    page.get_by_label("所在社区（村）").select_option(label=place.community.name)
    page.get_by_label("活动说明").fill("逐户讲解创城知识，听取居民意见。")
    if people:
        page.get_by_label("参加人数", exact=False).first.fill(people)


def save(unit: Person) -> None:
    unit.page.get_by_role("button", name="保存").click()
    unit.page.wait_for_url(re.compile(r"/activities/\d+/$"))


def submit(unit: Person) -> None:
    unit.page.get_by_role("button", name="提交审核").click()
    unit.page.get_by_text(SUBMITTED).wait_for()


def take_photos(unit: Person, folder: Path, count: int) -> None:
    """Several at once, each sent by itself, as a telephone does it."""
    page = unit.page
    page.get_by_label("照片中的人物").fill("支部党员和居民")
    page.locator("input[data-source=album]").set_input_files(photos(folder, count))
    page.get_by_text(f"已保存 {count} 张").wait_for()
    page.reload()
    assert page.locator("#evidence img").count() == count


def add_shift(unit: Person, title: str, places: str, *, closes: str = "") -> None:
    """From the activity's page and back to it."""
    page = unit.page
    page.get_by_role("link", name="添加班次").click()
    page.get_by_label("班次名称").fill(title)
    page.get_by_label("名额", exact=True).fill(places)
    if closes:
        page.get_by_label("开始前几小时截止报名").fill(closes)
    unit.shot("shift-form")
    page.get_by_role("button", name="保存班次").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))


def publish(unit: Person) -> None:
    unit.page.get_by_role("button", name="发布并开放报名").click()
    unit.page.get_by_text("活动已发布。").wait_for()
