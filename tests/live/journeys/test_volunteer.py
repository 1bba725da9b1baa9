"""A volunteer: waits for a place, comes, goes, is credited and reports in."""

import re
import time

from playwright.sync_api import expect

from tests.live.journeys.screens import day, own, shifts
from tests.live.outbox import mails_to
from tests.live.passing_time import let_hours_pass, wait_for_reminders

ROUNDS_OF_BEAT = 8  # seconds in which it comes round at least twice


def test_volunteer_takes_the_place_another_gave_up(person, backstage):
    shift = backstage.shift(backstage.neighbourhood(), title="净滩")
    volunteer, holder = person(backstage.volunteer()), person(backstage.volunteer())

    shifts.sign_up(holder, shift, "报名成功")
    found = shifts.find(volunteer, shift.initials, shift)
    volunteer.page.get_by_text("已满，可候补").wait_for()
    found.click()
    shifts.wait_in_line(volunteer, shift, position=1)
    shifts.cancel(holder, shift)
    own.take_the_offer(volunteer, shift)

    volunteer.page.goto("/me/")
    own_shift = volunteer.page.get_by_role("article").filter(has_text=shift.name)
    own_shift.get_by_text("已报名").wait_for()
    expect(own_shift.get_by_role("link", name=shift.name)).to_have_count(1)


def test_volunteer_is_offered_what_the_first_in_line_lets_lapse(
    person, stack, backstage
):
    shift = backstage.shift(backstage.neighbourhood(), title="护河值守", hours=30)
    holder, neighbour = backstage.volunteer(), backstage.volunteer()
    backstage.sign_up(shift=shift.pk, users=[holder.pk, neighbour.pk])
    volunteer, waiting = person(backstage.volunteer()), person(neighbour)

    shifts.wait_in_line(volunteer, shift, position=2)
    shifts.cancel(person(holder), shift)
    waiting.page.goto("/me/")
    own.offer(waiting, shift).wait_for()
    let_hours_pass(stack, shift=shift.pk, hours=16)  # the neighbour says nothing
    own.take_the_offer(volunteer, shift)

    waiting.page.goto("/me/")
    expect(own.offer(waiting, shift)).to_have_count(0)


def test_volunteer_is_reminded_once_and_ends_the_mails_by_their_link(
    person, stack, backstage
):
    """Signed out, by the address by which mail programs do it, too (RFC 8058)."""
    shift = backstage.shift(backstage.neighbourhood(), title="夜市引导", capacity=5)
    who = backstage.volunteer()
    volunteer, reader = person(who), person()
    page, title = volunteer.page, f"活动提醒：{shift.name}"

    def reminders():
        mails = mails_to(stack.outbox, who.email)
        return [mail for mail in mails if "活动提醒" in mail["Subject"]]

    own.take_mail_at_any_hour(volunteer)
    shifts.sign_up(volunteer, shift, "报名成功")
    let_hours_pass(stack, shift=shift.pk, hours=25)  # 47 are left
    wait_for_reminders(stack, reminders)
    own.unread(volunteer, title).get_by_role("button", name="查看").click()
    page.wait_for_url(re.compile(rf"{shift.path}$"))
    expect(own.unread(volunteer, title)).to_have_count(0)
    time.sleep(ROUNDS_OF_BEAT)

    [mail] = reminders()
    address = mail["List-Unsubscribe"].strip(" <>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith(f"{stack.url}/unsubscribe/")
    assert f"不再接收“活动提醒”：{address}" in mail.get_content()
    reader.page.goto(address)
    reader.page.get_by_role("button", name="确认不再接收").click()
    reader.page.get_by_text("“活动提醒”不再通过邮件发给您").wait_for()

    page.goto("/me/inbox/")
    expect(page.get_by_role("listitem").filter(has_text=title)).to_have_count(1)
    page.goto("/me/messages/")
    expect(page.get_by_role("checkbox", name="活动提醒")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="时间冲突")).to_be_checked()


def test_volunteer_checks_in_by_the_picture_and_out_by_the_signs(
    person, stack, backstage
):
    place = backstage.neighbourhood()
    shift = backstage.shift(place, title="护河值守", hours=0.25)
    who, stranger = backstage.volunteer(), person(backstage.volunteer())
    backstage.sign_up(shift=shift.pk, users=[who.pk])
    volunteer, leader = person(who), person(place.unit_official)

    day.open_day(leader, shift)
    address = day.address_in_the_picture(leader, shift)
    stranger.page.goto(address)
    stranger.page.get_by_text("名额已满。").wait_for()
    stranger.page.get_by_text("签到码只对报名的人有效。").wait_for()
    expect(stranger.page.get_by_role("button", name="签到")).to_have_count(0)

    volunteer.page.goto(day.forged(address))
    volunteer.page.get_by_text("签到码不对").wait_for()
    day.check_in_by(volunteer, address)
    let_hours_pass(stack, shift=shift.pk, hours=3)  # over for three quarters
    leader.page.reload()
    day.type_code(volunteer, shift, "2222 2222")
    volunteer.page.get_by_text("签到码不对").wait_for()
    assert "422" in volunteer.complaints.pop()
    volunteer.shot("wrong-code")
    day.type_code(volunteer, shift, day.short_code(leader).lower())

    done = re.compile(r"已于 \d\d:\d\d 签到、\d\d:\d\d 签退。")
    volunteer.page.get_by_text(done).wait_for()


def test_volunteer_reads_the_hours_and_certifies_them(person, backstage, tmp_path):
    found = backstage.served(backstage.neighbourhood(), name="柳示例")
    volunteer = person(found.volunteer)
    page = volunteer.page

    page.goto("/me/hours/")
    row = page.get_by_role("row").filter(has_text=found.shift.name)
    row.get_by_text("已确认").wait_for()
    row.get_by_text("2.0", exact=True).wait_for()
    page.get_by_text("120 分钟").first.wait_for()
    number = own.certify(volunteer)

    text = own.certificate_text(volunteer, tmp_path)
    for words in ("柳示例", "2.0小时", number, found.shift.name.replace(" ", "")):
        assert words in text


def test_volunteer_reports_in_as_a_member(person, backstage):
    """The community signs; one's own page shows it, and whom else the unit helps."""
    place = backstage.neighbourhood()
    added = backstage.another_community(street=place.street.pk, branch=place.branch.pk)
    who = backstage.volunteer("枫示例")
    volunteer, official = person(who), person(place.community_official)

    own.report_in(volunteer, community=place.community.name, branch=place.branch.name)
    official.page.goto("/desk/member-report-ins/")
    official.page.get_by_role("link", name=who.name).click()
    official.page.get_by_role("button", name="签收").click()
    signed = official.page.get_by_text("已签收").or_(
        official.page.get_by_text("已报到")
    )
    signed.first.wait_for()

    volunteer.page.goto("/me/")
    section = volunteer.page.locator("#report-in")
    section.get_by_text(place.community.name).first.wait_for()
    section.get_by_text(added.name).first.wait_for()
