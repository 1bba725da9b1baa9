"""The registers with a memory, end to end, in a browser against the embedded set-up.

A notice is imported, an adjusted one previewed and published; the unit reports in, the
community signs, the receipt is printed; a member reports in; the unit is merged into
another; the page of three months ago still says what was true then.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.communities.registers import PAIRINGS
from tests.live.browser import PHONE, Person
from tests.live.papers import text_of

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
HOME = "龙江社区"
UNIT, BRANCH = "区委宣传部", "区委宣传部党总支"
HEIR_UNIT, HEIR = "区委社会工作部", "区委社会工作部党总支"
ADDED = "湖内社区"
DROPPED = "秋坑社区"
FULL_WIDTH_PHONE = "".join(chr(ord(digit) + 0xFEE0) for digit in "13800000044")


def test_registers_remember_from_the_notice_to_the_merged_unit(person, tmp_path):
    committee, unit = person("committee"), person("unit")
    community, volunteer = person("community"), person("volunteer", PHONE)

    _import_a_supplement(committee, tmp_path)
    _publish_an_adjusted_notice(committee, tmp_path)
    _report_in(unit)
    number = _sign(community)
    _print_the_receipt(unit, number, tmp_path)
    _report_in_as_member(volunteer, community)
    _merge(committee)
    _look_back(unit)


def _upload(committee: Person, file: Path, kind: str, number: str) -> None:
    page = committee.page
    page.goto("/desk/pairings/import/")
    page.get_by_label(kind).check()
    page.get_by_label("结对安排表").set_input_files(file)
    page.get_by_label("文号").fill(number)
    page.get_by_label("生效日期", exact=True).fill(TODAY.isoformat())
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("heading", name="核对结对通知").wait_for()


def _import_a_supplement(committee: Person, folder: Path) -> None:
    """A messy sheet: full-width digits, a blank in the name, a short form."""
    file = folder / "补充通知.csv"
    file.write_text(
        "挂钩单位,挂钩社区（村）,联络员,联系电话,备注\n"
        f"宣 传部,{ADDED},示例员,{FULL_WIDTH_PHONE},\n"
        "填表人：示例,,,,\n",
        encoding="utf-8-sig",
    )
    _upload(committee, file, "补充新增", "示例〔2026〕21号")
    committee.shot("1-supplement")
    committee.page.get_by_role("button", name="确认，新增 1 对").click()
    committee.page.get_by_text("已新增 1 对结对").wait_for()


def _publish_an_adjusted_notice(committee: Person, folder: Path) -> None:
    """The standing notice without one community of the unit, with the added one."""
    rows = CalamineWorkbook.from_path(str(PAIRINGS)).get_sheet_by_index(0).to_python()
    file = folder / "调整通知.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("挂钩社区安排表")
        for number, cells in enumerate(rows):
            if DROPPED in cells:
                cells[2:4] = ["通北街道", ADDED]
            sheet.write_row(number, 0, cells)
    _upload(committee, file, "整体调整", "示例〔2026〕22号")
    page = committee.page
    page.get_by_text(DROPPED).first.wait_for()
    committee.shot("1-difference")
    if page.get_by_label("已逐一核对").count():
        page.get_by_label("已逐一核对").check()
    page.get_by_role("button", name="确认，变更 1 对、结束 1 对").click()
    page.goto(f"/desk/pairings/?text={UNIT}")
    _expect(page, [ADDED])
    assert page.locator("#results").get_by_text(DROPPED).count() == 0
    committee.shot("1-pairings")


def _report_in(unit: Person) -> None:
    page = unit.page
    page.goto("/desk/")
    unit.shot("2-desk")
    row = page.get_by_role("listitem").filter(has_text=HOME)
    row.get_by_role("link", name="填报到单").click()
    page.get_by_label("在职党员数").fill("36")
    page.get_by_label("带队领导").fill("示例甲")
    page.get_by_label("联络员").fill("示例员")
    page.get_by_label("联系电话").fill("138 0000 0045")
    page.get_by_label("可提供的服务和资源").fill("每月一次政策宣讲。")
    unit.shot("2-form")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="提交给社区").click()
    page.get_by_text("待签收").first.wait_for()
    page.get_by_role("link", name="报到单", exact=True).click()
    page.get_by_text("138 0000 0045").or_(page.get_by_text("13800000045")).wait_for()
    unit.shot("2-slip")


def _sign(community: Person) -> str:
    page = community.page
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name=UNIT).first.click()
    page.get_by_role("button", name="签收").click()
    page.get_by_text("已签收").first.wait_for()
    community.shot("3-signed")
    return page.locator(".page-head").inner_text()


def _print_the_receipt(unit: Person, head: str, folder: Path) -> None:
    page = unit.page
    page.goto("/desk/report-ins/")
    row = page.locator("#results tr, #results li").filter(has_text=HOME)
    row.get_by_role("link").first.click()
    page.get_by_role("link", name="回执").click()
    unit.shot("3-receipt")
    page.pdf(path=folder / "receipt.pdf", format="A4", prefer_css_page_size=True)
    sheets = PdfReader(folder / "receipt.pdf").pages
    text = text_of(sheets[0])
    assert len(sheets) == 1
    for words in ("单位报到回执", UNIT, HOME, "签收人", "13800000045"):
        assert words in text
    number = next(line for line in head.split() if line.startswith("芗报"))
    assert number in text
    for words in ("工作台", "首页"):
        assert words not in text


def _report_in_as_member(volunteer: Person, community: Person) -> None:
    page = volunteer.page
    page.goto("/me/")
    page.get_by_role("link", name="去报到").click()
    page.get_by_label("社区").first.select_option(label=HOME)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("所在党组织").fill(BRANCH)
    page.get_by_label("特长").fill("摄影")
    page.get_by_label("可参加时间").fill("周末上午")
    volunteer.shot("4-form")
    page.get_by_role("button", name="提交报到").click()
    page.get_by_text("待签收").first.wait_for()

    official = community.page
    official.goto("/desk/member-report-ins/")
    community.shot("4-waiting")
    official.get_by_role("link", name="志愿者示例").click()
    official.get_by_role("button", name="签收").click()
    official.get_by_text("已签收").or_(official.get_by_text("已报到")).first.wait_for()

    page.goto("/me/")
    section = page.locator("#report-in")
    section.get_by_text(HOME).first.wait_for()
    section.get_by_text(ADDED).first.wait_for()
    volunteer.shot("4-me")


def _organization(page: object, text: str, name: str) -> str:
    """Open an organisation's page by search; returns its path."""
    page.goto(f"/organizations/?text={text}")
    page.locator("#results").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    return page.url


def _merge(committee: Person) -> None:
    page = committee.page
    _organization(page, UNIT, BRANCH)
    page.get_by_role("link", name="变更", exact=True).click()
    page.get_by_role("link", name="合并", exact=True).click()
    page.get_by_label("并入哪个党组织").select_option(label=f"{HEIR}（{HEIR_UNIT}）")
    page.get_by_label("依据文号").fill("示例〔2026〕23号")
    committee.shot("5-merge-form")
    page.get_by_role("button", name="下一步").click()
    for words in (HOME, ADDED, "示例先锋党支部", "单位示例"):
        page.get_by_text(words).first.wait_for()
    committee.shot("5-merge-preview")
    page.get_by_role("button", name="确认，立即生效").click()
    page.get_by_text("已生效").first.wait_for()
    committee.shot("5-merged")


def _look_back(unit: Person) -> None:
    """Three months ago the unit was paired with what the notice dropped later."""
    page = unit.page
    then = TODAY - timedelta(days=90)
    path = _organization(page, HEIR_UNIT, HEIR)
    assert page.get_by_role("main").get_by_text(HOME).count() >= 1
    page.goto(f"/organizations/?text={UNIT}&day={then.isoformat()}")
    page.locator("#results").get_by_role("link", name=BRANCH, exact=True).click()
    page.goto(f"{page.url.partition('?')[0]}?day={then.isoformat()}")
    _expect(page, [BRANCH, HOME, DROPPED])
    unit.shot("6-unit-then")
    page.goto(f"{path.partition('?')[0]}?day={then.isoformat()}")
    page.get_by_role("heading", name="当时的活动").wait_for()
    unit.shot("6-heir-then")
    assert page.get_by_role("main").get_by_text(HOME, exact=True).count() == 0
    page.goto(f"/communities/?text={HOME}")
    page.locator("#results").get_by_role("link", name=HOME).first.click()
    _expect(page, [HEIR_UNIT])
    unit.shot("6-community-now")
    page.goto(f"{page.url.partition('?')[0]}?day={then.isoformat()}")
    _expect(page, [UNIT])
    assert page.get_by_role("main").get_by_text(HEIR_UNIT).count() == 0
    unit.shot("6-community-then")


def _expect(page: object, texts: list[str]) -> Callable | None:
    for text in texts:
        page.get_by_role("main").get_by_text(text).first.wait_for()
