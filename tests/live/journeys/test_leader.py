"""The day of whoever leads a shift: code, roll, settlement."""

from playwright.sync_api import expect

from tests.live.journeys.screens import day
from tests.live.passing_time import let_hours_pass


def test_leader_counts_who_comes_by_code_and_by_hand(person, backstage):
    place = backstage.neighbourhood()
    shift = backstage.shift(place, title="护河值守", hours=0.25, capacity=2)
    scans, old_hand = backstage.volunteer("石示例"), backstage.volunteer("云示例")
    backstage.sign_up(shift=shift.pk, users=[scans.pk, old_hand.pk])
    leader = person(place.unit_official)

    day.open_day(leader, shift)
    day.check_in_by(person(scans), day.address_in_the_picture(leader, shift))
    day.mark(leader, old_hand.name, "签到")
    leader.page.locator(".roll-row[data-state=in]").filter(
        has_text=old_hand.name
    ).wait_for()

    leader.page.reload()
    expect(day.figure(leader, "已到")).to_contain_text("2 / 2 人")
    expect(day.figure(leader, "现在在场")).to_contain_text("2 人")
    expect(leader.page.locator(".roll-row[data-state=in]")).to_have_count(2)


def test_leader_sends_all_home_and_settles_the_shift(person, stack, backstage):
    place = backstage.neighbourhood()
    shift = backstage.shift(place, title="护河值守", hours=0.25)
    who = backstage.volunteer("石示例")
    backstage.sign_up(shift=shift.pk, users=[who.pk])
    leader, volunteer = person(place.unit_official), person(who)

    day.open_day(leader, shift)
    day.mark(leader, who.name, "签到")
    leader.page.locator(".roll-row[data-state=in]").wait_for()
    let_hours_pass(stack, shift=shift.pk, hours=3)
    leader.page.reload()
    leader.page.get_by_role("button", name="在场的人全部签退").click()
    leader.page.locator(".roll-row[data-state=out]").wait_for()
    day.settle(leader, shift, people=1)

    volunteer.page.goto("/me/hours/")
    row = volunteer.page.get_by_role("row").filter(has_text=shift.name)
    row.get_by_text("已确认").wait_for()
