"""The civilization office: hands out, decides, counts, exports and keeps house."""

import re
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.live.journeys.screens import (
    activities,
    admin,
    audit,
    exports,
    organizations,
    overview,
    reviews,
    tasks,
)
from tests.live.servers import run_python
from tests.live.stack import stack_settings

OFFICE, KIND = "文明办示例", "请结算班次"
PILLAR = "志愿服务、助力基层"
PEOPLE, SHIFTS = 3_000, 30
TITLE, PERSON = "旅程全区志愿月", "旅程志愿者"
PURPOSE = "核对旅程志愿月的保险名单，仅本办使用"
SEALED_SECONDS = 20


def test_office_hands_out_a_task_that_reaches_the_unit(person, backstage):
    place = backstage.neighbourhood()
    office, unit = person(backstage.demo("office")), person(place.unit_official)
    title = f"{place.word}集中宣传"

    tasks.hand_out(office, place, initiative="宣传发动", title=title)

    unit.page.goto("/desk/")
    unit.page.get_by_role("link", name=title).first.wait_for()


def test_office_approves_and_the_matrix_counts_it(person, backstage):
    place = backstage.neighbourhood()
    done = backstage.submitted(place, title="宣传进小区", initiative="宣传发动")
    office, unit = person(backstage.demo("office")), place.branch.unit
    before = tasks.cell(office, unit)

    reviews.approve(office, done.title)

    assert tasks.cell(office, unit) == before + 1
    tasks.cell_link(office, unit).click()
    office.page.get_by_role("link", name=done.title).first.wait_for()


def test_office_opens_the_rows_behind_the_overviews_figures(person, backstage):
    place = backstage.neighbourhood()
    done = backstage.approved(place, title="文明宣讲")
    office = person(backstage.demo("office"))
    page = office.page

    page.goto("/overview/")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= office.page.viewport_size["width"]
    overview.open_figure(office, "coverage", "已通过活动")
    page.get_by_text(done.title).first.wait_for()
    page.goto("/overview/")
    overview.open_figure(office, "hours", "已结算班次")

    overview.choose_street(office, place.street.name)
    overview.open_figure(office, "pairings", "生效中的结对")
    page.go_back()
    cell = overview.table_cell(office, "coverage")
    overview.open_rows(office, cell, cell.inner_text())


def test_office_exports_activities_and_masked_sign_ups(person, backstage, tmp_path):
    place = backstage.neighbourhood()
    done = backstage.approved(place, title="清洁日")
    shift, who = backstage.shift(place, title="净滩"), backstage.volunteer()
    backstage.sign_up(shift=shift.pk, users=[who.pk])
    office = person(backstage.demo("office"))
    page = office.page

    exports.filter_report(office, "activities", "板块", PILLAR)
    link = page.get_by_role("link", name="XLSX")
    book = exports.sheets_of(exports.taken(office, link, tmp_path / "all.xlsx"))
    head, *rows = next(iter(book.values()))
    assert done.title in [row[head.index("活动名称")] for row in rows]

    page.goto("/reports/signups/")
    link = page.get_by_role("link", name="CSV")
    rows = exports.rows_of(exports.taken(office, link, tmp_path / "signups.csv"))
    mine = [row for row in rows if row["活动名称"] == shift.activity]
    masked = f"{who.phone[:3]}****{who.phone[-4:]}"
    assert [(row["状态"], row["手机号"]) for row in mine] == [("已报名", masked)]


def test_office_finds_rows_in_the_admin_site(person, backstage):
    place = backstage.neighbourhood()
    done, who = backstage.approved(place, title="清洁日"), place.unit_official
    office = person(backstage.demo("office"))

    for register, text, found in (
        ("communities/organization", place.branch.unit, place.branch.name),
        ("communities/pairing", place.community.name, place.community.name),
        ("campaigns/activity", done.title, done.title),
        ("accounts/user", who.name, who.name),
    ):
        admin.find(office, register, text, found)


def test_office_words_a_message_anew_and_switches_it(person, backstage):
    """A placeholder nobody fills is refused, and what may stand there is said."""
    office = person(backstage.demo("office"))
    page = office.page

    admin.open_kind(office, "时长与证明", KIND)
    title = page.locator("#id_text_title")
    title.fill("结算：%(name)s")
    admin.press(office, "save")
    page.locator("#text- .errorlist").get_by_text("没有名为“name”的占位符").wait_for()
    assert "422" in office.complaints.pop()
    office.shot("placeholder-refused")
    title.fill("别忘了结算：%(shift)s")
    admin.press(office, "preview")
    page.get_by_role("heading", name="未保存的文字").wait_for()
    page.get_by_text("别忘了结算：湖内社区环境整治").first.wait_for()
    admin.press(office, "save")
    page.get_by_text(f"已保存“{KIND}”的文字。").wait_for()

    admin.switch(office, KIND, on=False)
    admin.switch(office, KIND, on=True)


def test_office_voids_a_mail_that_is_stuck_and_the_log_says_why(
    person, backstage, width
):
    stuck, reason = backstage.stuck_mail(), f"收件人说已经收到（{width}）"
    office = person(backstage.demo("office"))
    page = office.page

    page.goto("/admin/accounts/delivery/outbox/")
    ended = page.get_by_text("定时任务最近一次结束").locator("xpath=..")
    ended.get_by_text(re.compile(r"\d\d:\d\d")).first.wait_for()
    admin.void_stuck_mail(office, stuck.pk, reason)

    page.goto(admin.STUCK)
    box = page.locator(f"#result_list .action-select[value='{stuck.pk}']")
    expect(box).to_have_count(0)
    page.goto("/admin/core/auditentry/")
    row = page.locator("#result_list tr").filter(has_text=reason)
    row.get_by_text("作废").first.wait_for()


def test_office_reads_how_a_communitys_whistles_were_answered(person, backstage):
    """The rate of the community opens the rows behind it."""
    place = backstage.neighbourhood()
    whistle = backstage.rated_whistle(place)
    office = person(backstage.demo("office"))
    page = office.page

    page.goto("/overview/whistles/")
    page.locator(".tabs").get_by_role("link", name="社区").click()
    row = page.locator("tr").filter(has_text=place.community.name)
    row.get_by_role("link").first.click()

    page.get_by_text(whistle.title).first.wait_for()


@pytest.mark.parametrize("width", ["desktop"])
def test_office_freezes_the_campaign_and_what_comes_late_is_added(alone, tmp_path):
    """A frozen campaign is frozen for all: once, in a portal of its own."""
    backstage, person = alone.backstage, alone.person
    place = backstage.neighbourhood()
    done = backstage.approved(place, title="宣传进小区", initiative="宣传发动")
    office, unit = person(backstage.demo("office")), person(place.unit_official)
    before = tasks.cell(office, place.branch.unit)
    late = f"{place.word}迟到的宣传"

    admin.move_campaign(office, "进入收尾", "收尾中")
    admin.move_campaign(office, "冻结行动", "已冻结")
    office.shot("frozen")
    activities.choose_initiative(unit, "宣传发动")
    activities.fill_in(unit, place, late, people="16")
    activities.save(unit)
    unit.page.get_by_text("补充台账").first.wait_for()
    activities.take_photos(unit, tmp_path, 1)
    activities.submit(unit)
    reviews.approve(office, late)

    assert tasks.cell(office, place.branch.unit) == before == 1
    organizations.open_ledger(unit, place.branch.unit)
    addendum = unit.page.get_by_role("navigation", name="板块")
    addendum.get_by_text("补充台账").click()
    unit.page.get_by_text(late).first.wait_for()
    expect(unit.page.get_by_text(done.title)).to_have_count(0)
    unit.shot("addendum")


@pytest.mark.parametrize("width", ["desktop"])
def test_office_works_through_a_months_queue_files_and_log(alone, tmp_path):
    """All that waits is approved, 90,000 sign-ups are exported: once, on its own."""
    backstage, stack = alone.backstage, alone.stack
    many = backstage.month(PEOPLE, SHIFTS, TITLE, PERSON)
    done = backstage.submitted(backstage.neighbourhood(), title="文明宣讲")
    office = alone.person(backstage.demo("office"))

    waiting = admin.waiting(office)
    reviews.approve_all(office, waiting)
    assert admin.waiting(office) == 0
    _take_masked(office, many, tmp_path)
    title = _take_unmasked(office, many, tmp_path)

    _read_the_log(office, done, title)
    _verify_the_chain(stack)


def _take_masked(office, many: int, folder) -> None:
    """Asked for from the overview; persons are masked, a sheet says who took what."""
    page = office.page
    page.goto("/overview/")
    page.get_by_role("main").get_by_role("link", name="报表", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="报名", exact=True).click()
    exports.filter_report(office, "signups", "状态", "已报名")
    page.get_by_text(TITLE).first.wait_for()
    page.get_by_role("button", name="后台生成 XLSX").click()
    page.get_by_text("已开始生成文件，完成后会通知您。").wait_for()
    exports.watch_progress(office, many)
    link = exports.finished(office, "报名报表（XLSX）")
    sheets = exports.sheets_of(exports.taken(office, link, folder / "masked.xlsx"))

    head, *rows = sheets["报名"]
    names = {row[head.index("姓名")] for row in rows if row[head.index("人数")] == 1}
    phones = {row[head.index("手机号")] for row in rows}
    assert len(rows) >= many
    assert all(set(name[1:]) == {"*"} for name in names)
    assert all("****" in phone for phone in phones if phone)
    about = dict(sheets["导出说明"])
    assert (about["导出人"], about["筛选条件"]) == (OFFICE, "状态：已报名")
    assert about["行数"] == str(len(rows))


def _take_unmasked(office, many: int, folder) -> str:
    """The same for a purpose, persons as they are; returns what the job is called."""
    page, title = office.page, "报名报表（XLSX，含个人信息）"
    page.goto("/reports/signups/?state=confirmed")
    page.get_by_role("link", name="导出个人信息").click()
    page.get_by_label("用途").fill(PURPOSE)
    office.shot("purpose")
    page.get_by_role("button", name="生成文件").click()
    page.get_by_text(title).first.wait_for()
    exports.watch_progress(office, many)
    link = exports.finished(office, title)
    sheets = exports.sheets_of(exports.taken(office, link, folder / "unmasked.xlsx"))

    head, *rows = sheets["报名"]
    name, phone = head.index("姓名"), head.index("手机号")
    found = {row[name]: row[phone] for row in rows if row[name].startswith(PERSON)}
    assert found[f"{PERSON}7"] == "+8613900010007"
    assert len(found) == PEOPLE
    assert dict(sheets["导出说明"])["用途"] == PURPOSE
    return title


def _read_the_log(office, done, title: str) -> None:
    """The history of the job, and that of the activity."""
    page = office.page
    audit.search(office, who=OFFICE, what=title).first.click()
    page.get_by_role("heading", level=1).get_by_text("导出").wait_for()
    for words, told in (
        ("申请", [OFFICE, f"用途：{PURPOSE}"]),
        ("已完成", ["后台任务"]),
        ("导出", [OFFICE, "后台任务", "行数："]),
        ("下载", [OFFICE, "127.0.0.1", f"用途：{PURPOSE}"]),
    ):
        for text in told:
            audit.line(office, f"：{words}").get_by_text(text).first.wait_for()

    page.goto(done.path)
    page.get_by_role("main").get_by_role("link", name="审计记录").click()
    audit.line(office, "活动：已通过").get_by_text(OFFICE).wait_for()


def _verify_the_chain(stack) -> None:
    """It is whole, and in time reaches over all that was done here."""
    with closing(sqlite3.connect(stack.database, timeout=20)) as database:
        (written,) = database.execute("SELECT count(*) FROM core_auditentry").fetchone()
    deadline = time.monotonic() + SEALED_SECONDS
    while True:
        settings = stack_settings(stack.database.parent)
        said = run_python(["manage.py", "verify_audit"], settings)
        assert "The chain is whole." in said
        if int(re.search(r"Checked (\d+) rows", said)[1]) >= written:
            return
        assert time.monotonic() < deadline, "the latest lines were not sealed"
