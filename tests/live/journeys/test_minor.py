"""Somebody of 14 to 17, and the guardian who has no account."""

from playwright.sync_api import expect

from tests.live.journeys.screens import shifts


def test_minor_signs_up_once_the_guardian_has_agreed(person, backstage):
    shift = backstage.shift(backstage.neighbourhood(), title="图书整理", days=3)
    minor, guardian = person(backstage.volunteer("荷示例", minor=True)), person()
    page = minor.page

    page.goto(shift.path)
    expect(page.get_by_role("button", name="报名", exact=True)).to_have_count(0)
    page.get_by_role("link", name="去“我的资料”").click()
    page.get_by_role("button", name="生成给监护人的链接").click()
    address = page.get_by_label("给监护人的网址").input_value()
    minor.shot("link-for-the-guardian")
    _agree(guardian, address)

    shifts.sign_up(minor, shift, "报名成功")
    page.goto("/me/inbox/")
    page.get_by_text("监护人").first.wait_for()


def _agree(guardian, address: str) -> None:
    page = guardian.page
    page.goto(address)
    page.get_by_role("heading", name="监护人同意书").wait_for()
    page.get_by_label("监护人姓名").fill("示例家长")
    page.get_by_label("我是孩子的监护人").check()
    page.get_by_role("button", name="我同意").click()
    page.get_by_text("示例家长 已于").wait_for()
    guardian.shot("guardian-agreed")


def test_minor_cannot_agree_in_the_guardians_place(person, backstage):
    who = backstage.volunteer("荷示例", minor=True)
    minor = person(who)
    page = minor.page

    page.goto("/me/profile/")
    page.get_by_role("button", name="生成给监护人的链接").click()
    page.goto(page.get_by_label("给监护人的网址").input_value())

    page.get_by_text("不能替监护人同意").wait_for()
    expect(page.get_by_role("button", name="我同意")).to_have_count(0)


def test_minor_loses_the_place_when_the_guardian_takes_it_back(person, backstage):
    shift = backstage.shift(backstage.neighbourhood(), title="图书整理", days=3)
    who = backstage.volunteer("荷示例", minor=True)
    path = backstage.guardian_agreed(user=who.pk)
    minor, guardian = person(who), person()

    shifts.sign_up(minor, shift, "报名成功")
    guardian.page.goto(path)
    guardian.page.get_by_label("我要撤回同意").check()
    guardian.page.get_by_role("button", name="撤回同意").click()
    guardian.page.get_by_text("同意已撤回").wait_for()

    minor.page.goto(shift.path)
    expect(minor.page.get_by_role("button", name="取消报名")).to_have_count(0)
    minor.page.goto("/me/")
    minor.page.get_by_text("报名前请监护人同意").wait_for()


def test_minor_is_told_why_a_night_shift_is_not_for_them(person, backstage):
    shift = backstage.shift(backstage.neighbourhood(), title="夜间巡河", days=3, at=22)
    who = backstage.volunteer("荷示例", minor=True)
    backstage.guardian_agreed(user=who.pk)
    minor = person(who)

    minor.page.goto(shift.path)

    minor.page.get_by_text("未满18周岁不能参加夜间").first.wait_for()
    expect(minor.page.get_by_role("button", name="报名", exact=True)).to_have_count(0)
