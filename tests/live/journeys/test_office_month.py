"""The office's month, end to end, in a browser against the embedded set-up.

What a branch handed in is approved until the queue is empty; the overview is drilled
down; a large report is made in the background and opened, then once more unmasked for
a purpose; the audit log shows it all, and its chain is whole.
"""

import re
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from scripts.clean_environment import clean_environment
from tests.files import noisy_jpeg
from tests.live.browser import PHONE, Person
from tests.live.servers import run_python
from tests.live.stack import Stack

BEIJING = ZoneInfo("Asia/Shanghai")
OFFICE, DONE = "文明办示例", "旅程文明宣讲"
PEOPLE, SHIFTS = 4_000, 50
TITLE, PERSON = "旅程全区志愿月", "旅程志愿者"
SEALED_SECONDS = 20
PURPOSE = "核对旅程志愿月的保险名单，仅本办使用"


def test_office_month_from_the_queue_to_the_audit_log(person, stack, tmp_path):
    many = _let_many_sign_up(stack)
    office, unit = person("office"), person("unit")

    _hand_in(unit, tmp_path)
    activity = _empty_the_queue(office)
    _drill_down(office, person("office", PHONE))
    title = _make_a_large_report(office, many)
    _open_the_report(office, title, many, tmp_path)
    job = _make_it_unmasked(office, many, tmp_path)
    _read_the_audit_log(office, activity, job, many)
    _verify_the_audit_log(stack)


def _program(stack: Stack, *arguments: str) -> str:
    """What a program of the project says on the stack's database."""
    folder = stack.database.parent
    settings = {
        "DJANGO_SETTINGS_MODULE": "xiangcheng_portal.settings",
        "DATABASE_URL": f"sqlite:///{stack.database}",
        "SECRET_KEY_FILE": str(folder / "secret-key"),
    }
    return run_python(list(arguments), clean_environment(**settings))


def _let_many_sign_up(stack: Stack) -> int:
    sizes = (str(PEOPLE), str(SHIFTS))
    return int(_program(stack, "-m", "tests.live.office_data", *sizes, TITLE, PERSON))


def _hand_in(unit: Person, folder: Path) -> None:
    page = unit.page
    page.goto("/desk/activities/new/")
    page.get_by_label("板块和举措").select_option(label="志愿服务活动")
    page.get_by_label("活动名称").fill(DONE)
    for label, hours in (("开始时间", -5), ("结束时间", -3)):
        moment = datetime.now(BEIJING) + timedelta(hours=hours)
        page.get_by_label(label).fill(f"{moment:%Y-%m-%dT%H:%M}")
    page.get_by_label("地点", exact=True).fill("龙江社区党群服务中心")
    page.get_by_label("所在社区（村）").select_option(label="龙江社区")
    page.get_by_label("活动说明").fill("向居民宣讲市民文明公约。")
    page.get_by_label("参加人数", exact=False).first.fill("20")
    photos = []
    for number in (1, 2):
        photos.append(folder / f"photo{number}.jpg")
        photos[-1].write_bytes(noisy_jpeg((660 + number, 480)))
    page.get_by_label("现场照片").set_input_files(photos)
    page.get_by_label("照片中的人物").fill("党员和居民")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("活动已提交文明办审核。").wait_for()


def _empty_the_queue(office: Person) -> str:
    """Approve all that waits, the branch's activity among it; returns its path."""
    page = office.page
    waiting = _waiting(page)
    page.goto("/desk/reviews/")
    office.shot("1-queue")
    activity = page.get_by_role("link", name=DONE).get_attribute("href")
    assert page.get_by_text(f"共 {waiting} 条").count() == 1
    for choice in page.get_by_label("选择“").all():
        choice.check()
    page.get_by_role("button", name="通过所选").click()
    page.get_by_role("button", name=f"确认通过 {waiting} 项").click()
    page.get_by_text("没有等待审核的活动").wait_for()
    office.shot("1-queue-empty")
    assert _waiting(page) == 0
    office.shot("1-admin-after")
    return activity.partition("#")[0]


def _waiting(page: Page) -> int:
    """What the front page of the admin site says of activities to review."""
    page.goto("/admin/")
    waits = page.get_by_role("link", name=re.compile(r"^\d+\s*待审核活动$"))
    if waits.count():
        return int(re.match(r"\d+", waits.inner_text())[0])
    page.locator(".office__none").get_by_text("待审核活动").wait_for()
    return 0


def _drill_down(office: Person, phone: Person) -> None:
    page = office.page
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="总览").click()
    _open_figure(office, "coverage", "已通过活动")
    page.get_by_text(DONE).first.wait_for()
    office.shot("2-rows")
    page.goto("/overview/")
    _open_figure(office, "hours", "已结算班次")

    page.goto("/overview/")
    page.get_by_label("街道（镇）", exact=True).select_option(label="东铺头街道")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**street=*")
    _open_figure(office, "pairings", "生效中的结对")
    page.go_back()
    section = page.locator("#coverage")
    office.shot("2-overview-street")
    # The table stands open beside the chart where there is room.
    cell = section.locator("table a").first
    _open_rows(page, cell, cell.inner_text())

    phone.page.goto("/overview/")
    phone.shot("2-overview-phone")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360


def _open_figure(office: Person, section: str, label: str) -> None:
    figure = office.page.locator(f"#{section} .stat").filter(has_text=label)
    _open_rows(office.page, figure, figure.locator(".stat__figure").inner_text())


def _open_rows(page: Page, link, figure: str) -> None:
    """A figure opens its rows, and there are as many as it says."""
    link.click()
    page.get_by_text(re.compile(rf"共 {figure} 条")).first.wait_for()


def _make_a_large_report(office: Person, many: int) -> str:
    """Ask for all those sign-ups; returns the title under which they are kept."""
    page = office.page
    page.goto("/overview/")
    page.get_by_role("main").get_by_role("link", name="报表", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="报名", exact=True).click()
    page.get_by_role("combobox", name="状态").select_option(label="已报名")
    page.get_by_role("button", name="筛选").click()
    page.get_by_text(TITLE).first.wait_for()
    office.shot("3-report")
    page.get_by_role("button", name="后台生成 XLSX").click()
    page.get_by_text("已开始生成文件，完成后会通知您。").wait_for()
    _watch_progress(office, many, "3-progress")
    return "报名报表（XLSX）"


def _watch_progress(office: Person, many: int, shot: str) -> None:
    """The bar moves by itself until the file can be had."""
    page, seen = office.page, set()
    top = page.locator("#exports .list-row").first
    page.locator("progress.meter").wait_for()
    office.shot(shot)
    while not top.get_by_role("link", name="下载").count():
        bars = "bars => bars.map(bar => [bar.value, bar.max])"
        seen.update(map(tuple, page.locator("progress.meter").evaluate_all(bars)))
        page.wait_for_timeout(200)
    between = {done for done, total in seen if 0 < done < total and total >= many}
    assert len(between) >= 2, seen


def _open_the_report(office: Person, title: str, many: int, folder: Path) -> None:
    """Persons are masked, and a sheet says who took what."""
    sheets = _downloaded(office, title, folder / "masked.xlsx")
    head, *rows = sheets["报名"]
    names = {row[head.index("姓名")] for row in rows if row[head.index("人数")] == 1}
    phones = {row[head.index("手机号")] for row in rows}
    assert len(rows) >= many
    assert all(set(name[1:]) == {"*"} for name in names)
    assert all("****" in phone for phone in phones if phone)
    about = dict(sheets["导出说明"])
    assert (about["导出人"], about["筛选条件"]) == (OFFICE, "状态：已报名")
    assert about["行数"] == str(len(rows))


def _downloaded(office: Person, title: str, file: Path) -> dict[str, list[list]]:
    """Take the finished file; its sheets by name."""
    row = office.page.locator("#exports .list-row").filter(has_text=title).first
    with office.page.expect_download() as download:
        row.get_by_role("link", name="下载").click()
    download.value.save_as(file)
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _make_it_unmasked(office: Person, many: int, folder: Path) -> str:
    """The same for a purpose, persons as they are; returns what the job is called."""
    page = office.page
    page.goto("/reports/signups/?state=confirmed")
    page.get_by_role("link", name="导出个人信息").click()
    page.get_by_label("用途").fill(PURPOSE)
    office.shot("4-purpose")
    page.get_by_role("button", name="生成文件").click()
    title = "报名报表（XLSX，含个人信息）"
    page.get_by_text(title).first.wait_for()
    _watch_progress(office, many, "4-progress")

    sheets = _downloaded(office, title, folder / "unmasked.xlsx")
    head, *rows = sheets["报名"]
    name, phone = head.index("姓名"), head.index("手机号")
    found = {row[name]: row[phone] for row in rows if row[name].startswith(PERSON)}
    assert found[f"{PERSON}7"] == "+8613900010007"
    assert len(found) == PEOPLE
    assert dict(sheets["导出说明"])["用途"] == PURPOSE
    return title


def _read_the_audit_log(office: Person, activity: str, title: str, many: int) -> None:
    """Search it, then read the history of the job and of the activity."""
    page = office.page
    page.goto("/desk/")
    page.get_by_role("link", name="审计记录").first.click()
    page.get_by_label("操作人").fill(OFFICE)
    page.get_by_label("对象名称").fill(title)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**who=*")
    office.shot("5-audit")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("heading", level=1).get_by_text("导出").wait_for()
    office.shot("5-job")
    lines = page.get_by_role("main").get_by_role("listitem")
    for words, told in (
        ("申请", [OFFICE, f"用途：{PURPOSE}"]),
        ("已完成", ["后台任务"]),
        ("导出", [OFFICE, "后台任务", "行数："]),
        ("下载", [OFFICE, "127.0.0.1", f"用途：{PURPOSE}"]),
    ):
        line = lines.filter(has_text=re.compile(f"：{words}"))
        for text in told:
            line.get_by_text(text).first.wait_for()

    page.goto(activity)
    page.get_by_role("main").get_by_role("link", name="审计记录").click()
    line = page.get_by_role("listitem").filter(has_text="活动：已通过")
    line.get_by_text(OFFICE).wait_for()
    office.shot("5-activity")


def _verify_the_audit_log(stack: Stack) -> None:
    """The chain is whole, and in time reaches over all that was done here."""
    with closing(sqlite3.connect(stack.database, timeout=20)) as database:
        (written,) = database.execute("SELECT count(*) FROM core_auditentry").fetchone()
    deadline = time.monotonic() + SEALED_SECONDS
    while True:
        said = _program(stack, "manage.py", "verify_audit")
        assert "The chain is whole." in said
        if int(re.search(r"Checked (\d+) rows", said)[1]) >= written:
            return
        assert time.monotonic() < deadline, "the latest lines were not sealed"
