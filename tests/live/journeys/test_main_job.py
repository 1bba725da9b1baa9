"""The main job, end to end, in a browser against the running embedded set-up.

An official signs in, a branch records an activity, a volunteer signs up for a
shift, Celery sends the reminder, the civilization office exports a report.
"""

import csv
import io
import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from tests.files import noisy_jpeg
from tests.live.browser import PHONE, Person
from tests.live.newcomer import register, take_mail_at_night
from tests.live.outbox import mails_to
from tests.live.passing_time import let_hours_pass, wait_for_reminders
from tests.live.stack import PASSWORD, Stack

BEIJING = ZoneInfo("Asia/Shanghai")
DONE, COMING = "旅程清洁日", "旅程净滩行动"
ADDRESS = "journey@example.invalid"


def _moment(hours: float) -> str:
    moment = datetime.now(BEIJING) + timedelta(hours=hours)
    return f"{moment:%Y-%m-%dT%H:%M}"


def test_main_job_from_sign_in_to_exported_report(person, stack, tmp_path):
    unit, office = (person(name, signs_in=False) for name in ("unit", "office"))
    unit.sign_in("unit", PASSWORD)
    unit.page.wait_for_url("**/desk/")
    unit.shot("1-desk")
    office.sign_in("office", PASSWORD)

    _record_activity(unit, tmp_path)
    _return_and_approve(unit, office)
    _open_shifts(unit)
    newcomer = person("newcomer", PHONE, signs_in=False)
    shift = _take_part(newcomer, person("street", PHONE, signs_in=False))
    _be_reminded_once(newcomer, stack, shift)
    _export(office, tmp_path)
    _find_in_admin(office)


def _record_activity(unit: Person, folder: Path) -> None:
    page = unit.page
    page.get_by_role("link", name="记录活动").first.click()
    page.get_by_role("link", name="记录：志愿服务活动").click()
    page.get_by_label("活动名称").fill(DONE)
    page.get_by_label("开始时间").fill(_moment(-5))
    page.get_by_label("结束时间").fill(_moment(-3))
    page.get_by_label("地点", exact=True).fill("龙江社区党群服务中心")
    page.get_by_label("所在社区（村）").select_option(label="龙江社区")
    page.get_by_label("活动说明").fill("清理骑楼下的杂物。")
    photos = []
    for number in (1, 2):
        photos.append(folder / f"photo{number}.jpg")
        photos[-1].write_bytes(noisy_jpeg((640 + number, 480)))
    page.get_by_label("现场照片").set_input_files(photos)
    page.get_by_label("照片中的人物").fill("党员和居民")
    unit.shot("2-activity-form")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/activities/*/")
    assert page.locator("#evidence img").count() == 2
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("活动已提交文明办审核。").wait_for()
    unit.shot("2-activity-submitted")


def _return_and_approve(unit: Person, office: Person) -> None:
    page = office.page
    page.goto("/desk/reviews/")
    office.shot("2-review-queue")
    page.get_by_role("link", name=DONE).first.click()
    page.get_by_label("退回理由").fill("请写明参加人数。")
    office.shot("2-review")
    page.get_by_role("button", name="退回").click()
    page.get_by_text("已退回。").wait_for()

    unit.page.reload()
    unit.page.get_by_text("请写明参加人数。").first.wait_for()
    unit.shot("2-activity-returned")
    unit.page.get_by_role("link", name="修改", exact=True).click()
    unit.page.get_by_label("参加人数", exact=False).first.fill("12")
    unit.page.get_by_role("button", name="保存").click()
    unit.page.get_by_role("button", name="提交审核").click()

    page.goto("/desk/reviews/")
    page.get_by_role("link", name=DONE).first.click()
    page.get_by_role("button", name="通过", exact=True).click()
    page.get_by_text("已通过。").wait_for()
    page.goto("/")
    page.get_by_role("link", name=DONE).wait_for()
    office.shot("2-home")


def _open_shifts(unit: Person) -> None:
    page = unit.page
    page.goto("/desk/activities/new/")
    page.get_by_label("板块和举措").select_option(label="志愿服务活动")
    page.get_by_label("活动名称").fill(COMING)
    page.get_by_label("开始时间").fill(_moment(72))
    page.get_by_label("结束时间").fill(_moment(76))
    page.get_by_label("地点", exact=True).fill("九龙江畔")
    page.get_by_label("所在社区（村）").select_option(label="龙江社区")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/activities/*/")
    for title, capacity in (("净滩", "1"), ("物资发放", "5")):
        page.get_by_role("link", name="添加班次").click()
        page.get_by_label("班次名称").fill(title)
        page.get_by_label("名额", exact=True).fill(capacity)
        unit.shot(f"3-shift-form-{capacity}")
        page.get_by_role("button", name="保存班次").click()
        page.wait_for_url("**/activities/*/")
    page.get_by_role("button", name="发布并开放报名").click()
    page.get_by_text("活动已发布。").wait_for()
    page.get_by_role("link", name="物资发放").wait_for()
    unit.shot("3-activity-published")


def _take_part(newcomer: Person, volunteer: Person) -> int:
    volunteer.sign_in("street", PASSWORD)  # who has no shifts yet
    _sign_up(volunteer)
    volunteer.page.get_by_text("报名成功").wait_for()

    newcomer.page.goto("/")
    newcomer.shot("3-home")
    register(newcomer, name="新人示例", phone="138 0000 9001", email=ADDRESS)
    take_mail_at_night(newcomer)
    _sign_up(newcomer)
    newcomer.page.get_by_text("您已进入候补，序号 1").wait_for()
    newcomer.shot("3-waitlisted")

    volunteer.page.goto("/me/")
    volunteer.page.get_by_role("link", name=f"{COMING} · 净滩").click()
    volunteer.page.get_by_role("button", name="取消报名").click()
    volunteer.page.get_by_text("已取消报名。").wait_for()

    newcomer.page.goto("/me/")
    newcomer.page.get_by_role("button", name="确认参加").click()
    newcomer.page.goto("/me/")
    newcomer.page.get_by_role("article").get_by_text("已报名").wait_for()
    newcomer.shot("3-me")
    newcomer.page.get_by_role("link", name=f"{COMING} · 净滩").first.click()
    newcomer.page.wait_for_url("**/shifts/*/")
    return int(re.search(r"/shifts/(\d+)/$", newcomer.page.url)[1])


def _sign_up(person: Person) -> None:
    page = person.page
    page.goto("/shifts/")
    page.locator(".filters > summary").click()
    page.get_by_label("街道（镇）").select_option(label="东铺头街道")
    page.wait_for_url("**/shifts/?*street=*")
    person.shot("3-shifts")
    page.get_by_role("link", name=f"{COMING} · 净滩").click()
    page.get_by_role("button", name="报名").or_(
        page.get_by_role("button", name="加入候补")
    ).click()


def _be_reminded_once(newcomer: Person, stack: Stack, shift: int) -> None:
    let_hours_pass(stack, shift=shift, hours=25)
    wait_for_reminders(stack, lambda: _reminders(stack))
    time.sleep(8)  # beat comes round at least twice more
    assert len(_reminders(stack)) == 1
    newcomer.page.goto("/me/inbox/")
    rows = newcomer.page.get_by_role("listitem")
    assert rows.filter(has_text=f"活动提醒：{COMING} · 净滩").count() == 1
    newcomer.shot("4-inbox")


def _reminders(stack: Stack) -> list[str]:
    """Subjects of the reminders in the outbox that went to the newcomer."""
    subjects = [mail["Subject"] for mail in mails_to(stack.outbox, ADDRESS)]
    return [subject for subject in subjects if "活动提醒" in subject]


def _export(office: Person, folder: Path) -> None:
    page = office.page
    page.goto("/reports/")
    office.shot("5-reports")
    page.get_by_role("link", name="活动", exact=True).last.click()
    page.get_by_role("combobox", name="板块").select_option(label="志愿服务、助力基层")
    page.get_by_role("button", name="筛选").click()
    page.get_by_text(DONE).first.wait_for()
    office.shot("5-report")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    download.value.save_as(folder / "activities.xlsx")
    rows = CalamineWorkbook.from_path(folder / "activities.xlsx")
    table = rows.get_sheet_by_index(0).to_python()
    title = table[0].index("活动名称")
    assert DONE in [row[title] for row in table[1:]]

    page.goto("/reports/signups/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(folder / "signups.csv")
    text = (folder / "signups.csv").read_text(encoding="utf-8-sig")
    signups = list(csv.DictReader(io.StringIO(text)))
    mine = [row for row in signups if row["活动名称"] == COMING]
    assert {(row["状态"], row["手机号"]) for row in mine} == {
        ("已报名", "138****9001"),
        ("已取消", "138****0004"),
    }


def _find_in_admin(office: Person) -> None:
    page = office.page
    page.goto("/admin/")
    office.shot("5-admin")
    searches = [
        ("communities/organization", "宣传部", "区委宣传部第一党支部"),
        ("communities/pairing", "龙江社区", "龙江社区"),
        ("campaigns/activity", DONE, DONE),
        ("accounts/user", "新人示例", "新人示例"),
    ]
    for path, text, found in searches:
        page.goto(f"/admin/{path}/?q={text}")
        page.locator("#result_list").get_by_text(found).first.wait_for()
    office.shot("5-admin-people")
