"""A whistle, blown, answered, judged and counted, on a phone and at a desk.

The community blows on its phone; the street dispatches; the unit gives it back, takes
it the second time, calls people together and delivers; the community has it done once
more and rates it; the office reads the rates. An open board follows by itself.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.files import picture
from tests.live.browser import PHONE, Person
from tests.live.newcomer import register

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
TITLE = "地下通道积水"
BRANCH = "区委宣传部党总支"
RESIDENT = "13800009005"
POLL = 31_000


def test_whistle_from_the_blow_to_the_rates(person, tmp_path):
    community, street = person("community", PHONE), person("street")
    unit, neighbour = person("unit"), person("neighbour", PHONE, signs_in=False)
    watcher = person("street")

    path = _blow(community, tmp_path)
    _watch(watcher)
    _dispatch(street, path)
    _see_it_arrive(watcher)
    _give_back(unit, path)
    _dispatch(street, path)
    _take_on(unit, path, tmp_path)
    shift = _call_people(unit, path)
    _join(neighbour, shift)
    _grant_more_time(unit, community, path)
    _deliver(unit, path, "积水已抽干。")
    _have_it_done_again(community, path)
    _deliver(unit, path, "排水口也已疏通。")
    _rate(community, path)
    _read_the_rates(person("office"))


def _photo(folder: Path) -> Path:
    file = folder / "photo.jpg"
    file.write_bytes(picture(size=(900, 600), color="teal"))
    return file


def _blow(community: Person, folder: Path) -> str:
    """A telephone number in the text is refused and nothing is lost."""
    page = community.page
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name="吹哨", exact=True).click()
    page.get_by_label("类别").select_option(label="设施维修")
    page.get_by_label("较急").check()
    page.get_by_label("事由").fill(TITLE)
    page.get_by_label("地点").fill("示例路地下通道")
    page.get_by_label("情况说明").fill(f"雨后积水，请联系 {RESIDENT}。")
    page.get_by_label("需要人手").fill("6")
    page.get_by_label("需要物资").fill("抽水泵一台")
    page.get_by_text("居民联系方式").first.click()
    page.get_by_label("居民称呼").fill("示例大爷")
    page.get_by_label("居民电话").fill(RESIDENT)
    page.get_by_label("居民已同意提供联系方式").check()
    page.get_by_role("button", name="存为草稿，下一步").click()
    page.get_by_text("文字中有手机号码").first.wait_for()
    community.shot("1-refused")
    assert "422" in community.complaints.pop()
    assert page.get_by_label("事由").input_value() == TITLE
    page.get_by_label("情况说明").fill("雨后积水没过脚踝，老人绕行不便。")
    page.get_by_role("button", name="存为草稿，下一步").click()
    page.locator("input[data-source=album]").set_input_files(_photo(folder))
    page.get_by_role("img", name="现场照片 1").wait_for()
    page.get_by_label("交街道派单").check()
    community.shot("1-draft")
    page.get_by_role("button", name="吹哨", exact=True).click()
    page.get_by_text("待派单").first.wait_for()
    community.shot("1-blown")
    return page.url.partition("#")[0]


def _watch(watcher: Person) -> None:
    """A board stands open; its clock is ours, so that nobody waits half a minute."""
    page = watcher.page
    page.clock.install()
    page.goto("/desk/whistles/")
    page.get_by_role("link", name=TITLE).first.wait_for()
    watcher.shot("2-board")


def _see_it_arrive(watcher: Person) -> None:
    """The open board says by itself that somebody has it now."""
    page = watcher.page
    page.clock.fast_forward(POLL)
    row = page.locator("li, tr").filter(has_text=TITLE)
    row.get_by_text("待响应").first.wait_for()
    watcher.shot("2-board-later")


def _dispatch(street: Person, path: str) -> None:
    page = street.page
    page.goto(path)
    assert page.get_by_text(RESIDENT).count() == 0
    assert page.get_by_text("示例大爷").count() == 0
    page.get_by_role("link", name="派单", exact=True).click()
    page.get_by_text("结对").first.wait_for()
    page.get_by_label(re.compile(BRANCH)).check()
    page.get_by_label("派单说明").fill("请带泵到场。")
    street.shot("2-dispatch")
    page.get_by_role("button", name="派单", exact=True).click()
    page.get_by_text("待响应").first.wait_for()
    street.shot("2-dispatched")


def _give_back(unit: Person, path: str) -> None:
    page = unit.page
    page.goto("/desk/")
    unit.shot("3-desk")
    page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    assert page.get_by_role("button", name="查看联系方式").count() == 0
    page.get_by_role("link", name="退单", exact=True).click()
    page.get_by_label("退单理由").fill("本单位没有抽水泵。")
    page.get_by_role("button", name="退单").click()
    page.get_by_text("已退回").first.wait_for()
    unit.shot("3-returned")


def _take_on(unit: Person, path: str, folder: Path) -> None:
    page = unit.page
    page.goto(path)
    page.get_by_role("button", name="接单").click()
    page.get_by_text("已接单").first.wait_for()
    page.get_by_role("button", name="查看联系方式").click()
    page.get_by_text("示例大爷").wait_for()
    unit.shot("4-contact")
    page.goto(path)
    page.get_by_label("办理情况").fill("已借到水泵，下午到场。")
    page.locator("input[name=photos]").set_input_files(_photo(folder))
    page.get_by_role("button", name="记录", exact=True).click()
    page.get_by_text("已借到水泵，下午到场。").first.wait_for()
    page.goto(path)
    unit.shot("4-handling")


def _call_people(unit: Person, path: str) -> str:
    """One click makes an activity with a shift."""
    page = unit.page
    page.goto(path)
    page.get_by_role("button", name="召集人手").click()
    link = page.locator("#responses a[href^='/shifts/']").first
    link.wait_for()
    unit.shot("5-people")
    return link.get_attribute("href")


def _join(neighbour: Person, shift: str) -> None:
    """Somebody new, whom nothing else keeps busy at that hour."""
    register(
        neighbour,
        name="邻里示例",
        phone="138 0000 9031",
        email="neighbour@example.invalid",
    )
    page = neighbour.page
    page.goto(shift)
    assert page.get_by_text("示例大爷").count() == 0
    page.get_by_role("button", name="报名").first.click()
    page.get_by_text("报名成功").or_(page.get_by_text("已报名")).first.wait_for()
    neighbour.shot("5-joined")


def _grant_more_time(unit: Person, community: Person, path: str) -> None:
    page = unit.page
    page.goto(path)
    page.get_by_role("link", name="申请延期").click()
    page.get_by_label("延期到").fill((TODAY + timedelta(days=21)).isoformat())
    page.get_by_label("延期理由").fill("水泵功率不够，要再借一台。")
    page.get_by_role("button", name="申请延期").click()
    page.get_by_text("待答复").first.wait_for()

    official = community.page
    official.goto("/desk/whistles/")
    community.shot("6-board")
    official.get_by_role("link", name=TITLE).first.click()
    official.get_by_label("同意延期", exact=True).check()
    official.get_by_role("button", name="答复").click()
    official.get_by_text("已同意延期").first.wait_for()
    community.shot("6-granted")


def _deliver(unit: Person, path: str, result: str) -> None:
    page = unit.page
    page.goto(path)
    page.get_by_role("link", name="交付", exact=True).click()
    page.get_by_label("办理结果").fill(result)
    page.get_by_role("button", name="交付", exact=True).click()
    page.get_by_text("待社区确认").first.wait_for()
    unit.shot("7-delivered")


def _have_it_done_again(community: Person, path: str) -> None:
    page = community.page
    page.goto(path)
    community.shot("8-judge")
    page.get_by_text("没有办好，要求重新办理").click()
    page.get_by_label("哪里还没有办好").fill("排水口还堵着。")
    page.get_by_role("button", name="要求重新办理").click()
    page.get_by_text("重新办理").first.wait_for()


def _rate(community: Person, path: str) -> None:
    page = community.page
    page.goto(path)
    page.get_by_label("已解决").check()
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="确认办结并评价").click()
    page.get_by_text("已办结").first.wait_for()
    community.shot("8-closed")


def _read_the_rates(office: Person) -> None:
    """The street's table has it, and the rows behind the figure."""
    page = office.page
    page.goto("/overview/whistles/")
    office.shot("9-rates")
    page.locator(".tabs").get_by_role("link", name="社区").click()
    row = page.locator("tr").filter(has_text="龙江社区")
    row.get_by_role("link").first.click()
    page.get_by_text(TITLE).first.wait_for()
    office.shot("9-rows")
