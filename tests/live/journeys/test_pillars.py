"""The work by pillar, end to end, in a browser against the embedded set-up.

A task is handed out; a branch records the activity on a telephone, photos and all; the
office returns it, the branch mends it, the office approves; matrix and ledger show it;
the campaign is frozen, and what comes late lands in the addendum.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
from playwright.sync_api import Locator

from tests.files import noisy_jpeg
from tests.live.browser import PHONE, Person

BEIJING = ZoneInfo("Asia/Shanghai")
UNIT, ORGANIZATION = "区委宣传部", "区委宣传部党总支"
INITIATIVE, PILLAR = "宣传发动", "深化认识、营造氛围"
TASK, DONE, LATE = "旅程集中宣传", "旅程宣传进小区", "旅程迟到的宣传"
REMARK = "请写明发放了多少份宣传单。"


def _moment(hours: float) -> str:
    moment = datetime.now(BEIJING) + timedelta(hours=hours)
    return f"{moment:%Y-%m-%dT%H:%M}"


def test_work_by_pillar_from_the_task_to_the_addendum(person, tmp_path):
    office, unit = person("office"), person("unit", PHONE)
    before = _cell(office)

    _hand_out(office)
    _record_for_the_task(unit, tmp_path)
    _return(office)
    _mend(unit)
    _approve(office, DONE)
    _fulfil(unit)
    assert _cell(office) == before + 1
    _open_the_cell(office)
    _read_the_ledger(unit, tmp_path)
    _freeze(office)
    _record_late(unit, office, tmp_path)

    assert _cell(office) == before + 1
    _find_in_the_addendum(unit)


def _hand_out(office: Person) -> None:
    page = office.page
    page.goto("/desk/tasks/new/")
    page.get_by_label("板块和举措").select_option(label=INITIATIVE)
    page.get_by_label("任务名称").fill(TASK)
    due = datetime.now(BEIJING) + timedelta(days=7)
    page.get_by_label("完成期限").fill(f"{due:%Y-%m-%d}")
    page.get_by_label("逐个选择", exact=True).check()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("查找党组织").fill(ORGANIZATION)
    page.get_by_label(ORGANIZATION).first.check()
    office.shot("1-task-form")
    page.get_by_role("button", name="核对名单").click()
    page.get_by_role("heading", name="将下达给 1 个党组织").wait_for()
    office.shot("1-task-confirm")
    page.get_by_role("button", name="确认下达").click()
    page.get_by_role("heading", name=TASK).wait_for()


def _record_for_the_task(unit: Person, folder: Path) -> None:
    page = unit.page
    page.goto("/desk/")
    unit.shot("2-desk")
    page.get_by_role("link", name=TASK).first.click()
    unit.shot("2-assignment")
    page.get_by_role("link", name="记录活动").click()
    _fill_in(unit, DONE)
    unit.shot("2-activity-form")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/activities/*/")
    _take_photos(unit, folder, 2)
    unit.shot("2-activity")
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("活动已提交文明办审核。").wait_for()


def _fill_in(unit: Person, title: str) -> None:
    page = unit.page
    page.get_by_label("活动名称").fill(title)
    page.get_by_label("开始时间").fill(_moment(-4))
    page.get_by_label("结束时间").fill(_moment(-2))
    page.get_by_label("地点", exact=True).fill("龙江社区党群服务中心")
    page.get_by_label("所在社区（村）").select_option(label="龙江社区")
    page.get_by_label("活动说明").fill("逐户讲解创城知识，听取居民意见。")
    page.get_by_label("参加人数").fill("16")


def _take_photos(unit: Person, folder: Path, count: int) -> None:
    """Several at once, each sent by itself, as a telephone does it."""
    page = unit.page
    photos = []
    for number in range(count):
        photos.append(folder / f"photo{len(list(folder.iterdir()))}.jpg")
        photos[-1].write_bytes(noisy_jpeg((640 + number, 480)))
    page.get_by_label("照片中的人物").fill("支部党员和居民")
    page.locator("input[data-source=album]").set_input_files(photos)
    page.get_by_text(f"已保存 {count} 张").wait_for()
    page.reload()
    assert page.locator("#evidence img").count() == count


def _review(office: Person, title: str) -> None:
    office.page.goto(f"/desk/reviews/?q={title}")
    office.page.get_by_role("link", name=title).first.click()


def _return(office: Person) -> None:
    page = office.page
    _review(office, DONE)
    page.get_by_label("活动说明过于简单").check()
    page.get_by_text("逐项意见").click()
    page.locator("#review").get_by_label("活动说明").last.fill(REMARK)
    office.shot("3-review")
    page.get_by_role("button", name="退回").click()
    page.get_by_text("已退回").first.wait_for()


def _mend(unit: Person) -> None:
    page = unit.page
    page.goto("/desk/")
    page.get_by_role("link", name=DONE).first.click()
    page.get_by_text(REMARK).first.wait_for()
    unit.shot("4-returned")
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_text(REMARK).first.wait_for()
    unit.shot("4-mend")
    page.get_by_label("活动说明").fill("逐户讲解创城知识，发放宣传单200份。")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/activities/*/")
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("活动已提交文明办审核。").wait_for()


def _approve(office: Person, title: str) -> None:
    _review(office, title)
    office.shot("5-review-again")
    office.page.get_by_role("button", name="通过", exact=True).click()
    office.page.get_by_text("已通过。").first.wait_for()


def _fulfil(unit: Person) -> None:
    page = unit.page
    page.goto("/desk/assignments/")
    page.get_by_role("link", name=TASK).first.click()
    page.get_by_role("button", name="确认完成").click()
    page.get_by_text("已完成").first.wait_for()
    unit.shot("6-fulfilled")


def _cell_link(office: Person) -> Locator:
    """What the unit has approved under the pillar, in the district's matrix."""
    page = office.page
    page.goto("/overview/progress/")
    while not page.get_by_role("link", name=UNIT, exact=True).count():
        page.get_by_role("link", name="下一页").click()
        page.wait_for_load_state()
    row = page.get_by_role("row").filter(has_text=UNIT).first
    return row.locator("td").first.locator("a[href*='state=approved']")


def _cell(office: Person) -> int:
    link = _cell_link(office)
    return int(re.search(r"\d+$", link.inner_text())[0]) if link.count() else 0


def _open_the_cell(office: Person) -> None:
    _cell_link(office).click()
    office.page.get_by_role("link", name=DONE).first.wait_for()
    office.shot("7-cell")


def _open_ledger(unit: Person) -> None:
    page = unit.page
    page.goto(f"/organizations/?text={UNIT}")
    page.locator("#results a").first.click()
    page.locator("a[href$='/ledger/']").first.click()


def _read_the_ledger(unit: Person, folder: Path) -> None:
    page = unit.page
    _open_ledger(unit)
    page.get_by_text(DONE).first.wait_for()
    unit.shot("8-ledger")
    page.get_by_role("button", name="生成打印文档").click()
    page.get_by_role("link", name="下载").first.wait_for(timeout=60_000)
    unit.shot("8-export")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").first.click()
    file = folder / "ledger.docx"
    download.value.save_as(file)
    paper = docx.Document(str(file))
    assert DONE in "\n".join(text for text in _texts(paper))


def _texts(paper) -> list[str]:
    """All text of the document, also that in tables."""
    return [node.text or "" for node in paper.element.body.iter() if node.text]


def _freeze(office: Person) -> None:
    page = office.page
    for action, word in (("进入收尾", "收尾中"), ("冻结行动", "已冻结")):
        page.goto("/admin/campaigns/campaign/")
        page.locator("#result_list input.action-select").first.check()
        page.get_by_label("动作").first.select_option(label=action)
        page.locator("button[name=index]").first.click()
        page.get_by_label("理由").fill("旅程演示")
        page.locator("input[type=submit], button[type=submit]").last.click()
        page.locator("#result_list").get_by_text(word).first.wait_for()
    office.shot("9-frozen")


def _record_late(unit: Person, office: Person, folder: Path) -> None:
    page = unit.page
    page.goto("/desk/activities/choose/")
    page.get_by_role("link", name=f"记录：{INITIATIVE}").click()
    _fill_in(unit, LATE)
    unit.shot("10-late-form")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/activities/*/")
    page.get_by_text("补充台账").first.wait_for()
    _take_photos(unit, folder, 1)
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("活动已提交文明办审核。").wait_for()
    _approve(office, LATE)


def _find_in_the_addendum(unit: Person) -> None:
    page = unit.page
    _open_ledger(unit)
    page.get_by_role("navigation", name="板块").get_by_text("补充台账").click()
    page.get_by_text(LATE).first.wait_for()
    assert page.get_by_text(DONE).count() == 0
    unit.shot("10-addendum")
