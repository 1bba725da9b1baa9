"""A unit's liaison: records, mends, opens shifts, reports in, answers."""

import re

from playwright.sync_api import expect

from tests.live.journeys.screens import (
    accounts,
    activities,
    organizations,
    report_ins,
    reviews,
    shifts,
    tasks,
    whistles,
)
from tests.live.stack import PASSWORD

REASON = "请写明参加人数。"
REMARK = "请写明发放了多少份宣传单。"


def test_unit_signs_in_by_keyboard_and_stands_at_the_desk(person):
    unit = person()
    accounts.sign_in_by_keyboard(unit, "unit", PASSWORD)
    unit.page.wait_for_url("**/desk/")
    unit.page.get_by_role("heading", level=1).wait_for()


def test_unit_records_an_activity_and_mends_what_is_returned(
    person, backstage, tmp_path
):
    """Submitted, returned, mended and approved; then the town reads of it."""
    place = backstage.neighbourhood()
    unit, office = person(place.unit_official), person(backstage.demo("office"))
    page, title = unit.page, f"{place.word}清洁日"

    activities.choose_initiative(unit, "志愿服务活动")
    activities.fill_in(unit, place, title)
    page.get_by_label("现场照片").set_input_files(activities.photos(tmp_path, 2))
    page.get_by_label("照片中的人物").fill("党员和居民")
    unit.shot("activity-form")
    activities.save(unit)
    expect(page.locator("#evidence img")).to_have_count(2)
    activities.submit(unit)
    reviews.return_for_reason(office, title, REASON)

    page.reload()
    page.get_by_text(REASON).first.wait_for()
    unit.shot("activity-returned")
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("参加人数", exact=False).first.fill("12")
    activities.save(unit)
    activities.submit(unit)
    reviews.approve(office, title)

    page.goto("/")
    page.get_by_role("link", name=title).first.wait_for()


def test_unit_opens_shifts_and_publishes_them(person, backstage):
    place = backstage.neighbourhood()
    unit, title = person(place.unit_official), f"{place.word}净滩行动"
    page = unit.page

    page.goto("/desk/activities/new/")
    page.get_by_label("板块和举措").select_option(label="志愿服务活动")
    activities.fill_in(unit, place, title, hours=72)
    activities.save(unit)
    activities.add_shift(unit, "净滩", "1", closes="0")
    activities.add_shift(unit, "物资发放", "5")
    activities.publish(unit)

    page.get_by_role("link", name="物资发放").first.wait_for()
    page.goto(f"/shifts/?text={title}")
    for shift in ("净滩", "物资发放"):
        page.get_by_role("link", name=f"{title} · {shift}").wait_for()


def test_unit_answers_a_task_and_mends_what_is_remarked(person, backstage, tmp_path):
    """From the task on the desk to the task done; photos as a telephone sends them."""
    place = backstage.neighbourhood()
    task = backstage.task(place, title="集中宣传", initiative="宣传发动")
    unit, office = person(place.unit_official), person(backstage.demo("office"))
    page, title = unit.page, f"{place.word}宣传进小区"

    page.goto("/desk/")
    page.get_by_role("link", name=task.title).first.click()
    page.get_by_role("link", name="记录活动").click()
    activities.fill_in(unit, place, title, people="16")
    activities.save(unit)
    activities.take_photos(unit, tmp_path, 2)
    activities.submit(unit)
    reviews.return_with_points(office, title, REMARK)

    page.goto("/desk/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_text(REMARK).first.wait_for()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_text(REMARK).first.wait_for()
    unit.shot("remark-at-the-field")
    page.get_by_label("活动说明").fill("逐户讲解创城知识，发放宣传单200份。")
    activities.save(unit)
    activities.submit(unit)
    reviews.approve(office, title)

    tasks.fulfil(unit, task.title)


def test_unit_prints_its_ledger(person, backstage, tmp_path):
    place = backstage.neighbourhood()
    done = backstage.approved(place, title="宣传进小区", initiative="宣传发动")
    unit = person(place.unit_official)

    organizations.open_ledger(unit, place.branch.unit)
    unit.page.get_by_text(done.title).first.wait_for()

    assert done.title in organizations.ledger_document(unit, tmp_path)


def test_unit_reports_in_and_prints_the_receipt(person, backstage, tmp_path):
    """The community signs in between."""
    place = backstage.neighbourhood()
    unit, community = person(place.unit_official), person(place.community_official)

    report_ins.report_in(unit, place.community.name)
    report_ins.read_the_slip(unit)
    number = report_ins.sign(community, place.branch.unit)
    receipt = report_ins.print_the_receipt(unit, place, tmp_path)

    for words in (
        *("单位报到回执", "签收人", "13800000045", number),
        *(place.branch.unit, place.community.name),
    ):
        assert words in receipt
    for words in ("工作台", "首页"):
        assert words not in receipt


def test_unit_handles_a_whistle_it_first_gave_back(person, backstage, tmp_path):
    """It calls people together; one comes, and the resident's name is not theirs."""
    place = backstage.neighbourhood()
    whistle = backstage.whistle(place, dispatched=True)
    unit, helper = person(place.unit_official), person(backstage.volunteer())

    whistles.give_back(unit, whistle.title)
    backstage.dispatch(place, whistle=whistle.pk)
    whistles.take_on(unit, whistle.path)
    whistles.see_whom_to_call(unit)
    whistles.write_down(unit, whistle.path, "已借到水泵，下午到场。", tmp_path)
    shift = whistles.call_people(unit, whistle.path)
    helper.page.goto(shift.path)
    expect(helper.page.get_by_text(whistles.CALLED)).to_have_count(0)
    shifts.sign_up(helper, shift, "报名成功")
    whistles.deliver(unit, whistle.path, "积水已抽干。")

    unit.page.goto("/desk/whistles/")
    row = unit.page.get_by_role("main").get_by_text(re.compile(whistle.title))
    row.first.wait_for()
