"""Reminders as people meet them: in the inbox, as mail, switched off; and the office's.

A newcomer is reminded, ends the mails by the link in one of them, signed out, and finds
them off; the office changes words and a switch, and settles a mail that is stuck.
"""

import re
from email.message import EmailMessage

from tests.live.browser import PHONE, Person
from tests.live.new_shift import fill_a_shift
from tests.live.newcomer import register, take_mail_at_night
from tests.live.outbox import mails_to
from tests.live.passing_time import let_hours_pass, wait_for_reminders
from tests.live.stack import Stack

ACTIVITY, SHIFT = "旅程夜市引导", "东入口"
ADDRESS = "lantern@example.invalid"
KINDS = "/admin/accounts/notification/kinds/"
STUCK = "/admin/accounts/delivery/?send_state__exact=sending"
REASON = "收件人说已经收到"


def test_reminder_comes_by_mail_and_is_ended_by_its_link(person, stack):
    unit, newcomer = person("unit"), person("newcomer", PHONE, signs_in=False)

    shift = _open_a_shift(unit)
    register(newcomer, name="灯笼示例", phone="138 0000 9041", email=ADDRESS)
    take_mail_at_night(newcomer)
    _sign_up(newcomer, shift)
    let_hours_pass(stack, shift=shift, hours=25)  # 47 are left
    wait_for_reminders(stack, lambda: _reminders(stack))
    _find_in_inbox(newcomer)
    [mail] = _reminders(stack)
    address = _link_of(mail)

    _end_the_mails(person("reader", PHONE, signs_in=False), stack, address)
    _find_them_off(newcomer)


def test_office_changes_words_and_switch_and_settles_what_is_stuck(person):
    office = person("office")

    _change_the_words(office)
    _switch_off_and_on(office)
    _see_the_outbox(office)
    _settle_the_stuck(office)
    _read_the_log(office)


def _open_a_shift(unit: Person) -> int:
    """Published, in three days; returns its number."""
    page = unit.page
    fill_a_shift(
        page, activity=ACTIVITY, shift=SHIFT, place="新华夜市", hours=72, places=5
    )
    page.get_by_role("button", name="保存班次").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    page.get_by_role("button", name="发布并开放报名").click()
    page.get_by_text("活动已发布。").wait_for()
    page.goto(f"/shifts/?text={ACTIVITY}")
    page.get_by_role("link", name=f"{ACTIVITY} · {SHIFT}").click()
    page.wait_for_url(re.compile(r"/shifts/\d+/$"))
    return int(re.search(r"/shifts/(\d+)/$", page.url)[1])


def _sign_up(newcomer: Person, shift: int) -> None:
    page = newcomer.page
    page.goto(f"/shifts/{shift}/")
    page.get_by_role("button", name="报名", exact=True).click()
    page.get_by_text("报名成功").wait_for()


def _reminders(stack: Stack) -> list[EmailMessage]:
    mails = mails_to(stack.outbox, ADDRESS)
    return [mail for mail in mails if "活动提醒" in mail["Subject"]]


def _find_in_inbox(newcomer: Person) -> None:
    """Unread, until its link is followed."""
    page = newcomer.page
    page.goto("/me/inbox/?show=unread")
    row = page.get_by_role("listitem").filter(
        has_text=f"活动提醒：{ACTIVITY} · {SHIFT}"
    )
    newcomer.shot("1-inbox")
    row.get_by_role("button", name="查看").click()
    page.wait_for_url(re.compile(r"/shifts/\d+/$"))
    page.goto("/me/inbox/?show=unread")
    page.get_by_role("heading", name="消息").wait_for()
    assert row.count() == 0


def _link_of(mail: EmailMessage) -> str:
    """The address by which mail programs and people end these mails: one and the same.

    It must not depend on being signed in, nor be guessed (RFC 8058).
    """
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip(" <>")
    assert f"不再接收“活动提醒”：{address}" in mail.get_content()
    return address


def _end_the_mails(reader: Person, stack: Stack, address: str) -> None:
    """Signed out, by one click."""
    assert address.startswith(f"{stack.url}/unsubscribe/")
    page = reader.page
    page.goto(address)
    reader.shot("2-asked")
    page.get_by_role("button", name="确认不再接收").click()
    page.get_by_text("“活动提醒”不再通过邮件发给您").wait_for()
    reader.shot("2-ended")


def _find_them_off(newcomer: Person) -> None:
    page = newcomer.page
    page.goto("/me/messages/")
    assert not page.get_by_role("checkbox", name="活动提醒").is_checked()
    assert page.get_by_role("checkbox", name="时间冲突").is_checked()
    newcomer.shot("3-choices")


def _change_the_words(office: Person) -> None:
    """A placeholder nobody fills is refused, and what may stand there is said."""
    page = office.page
    page.goto("/admin/")
    page.get_by_role("link", name="消息种类与文字").first.click()
    page.get_by_role("link", name="时长与证明").click()
    page.get_by_role("link", name="请结算班次").click()
    title = page.locator("#id_text_title")
    title.fill("结算：%(name)s")
    page.locator("#text- button[value=save]").click()
    page.locator("#text- .errorlist").get_by_text("没有名为“name”的占位符").wait_for()
    assert "422" in office.complaints.pop()
    office.shot("4-refused")
    title.fill("别忘了结算：%(shift)s")
    page.locator("#text- button[value=preview]").click()
    page.get_by_role("heading", name="未保存的文字").wait_for()
    page.get_by_text("别忘了结算：湖内社区环境整治").first.wait_for()
    office.shot("4-preview")
    page.locator("#text- button[value=save]").click()
    page.get_by_text("已保存“请结算班次”的文字。").wait_for()


def _switch_off_and_on(office: Person) -> None:
    page = office.page
    for act, answer in (("uncheck", "已停发"), ("check", "发送")):
        getattr(page.get_by_label("发送这类消息"), act)()
        page.get_by_role("button", name="保存设置").click()
        page.get_by_text("已保存“请结算班次”的设置。").wait_for()
        page.goto(f"{KINDS}?topic=hours")
        row = page.get_by_role("row").filter(has_text="请结算班次")
        row.get_by_text(answer, exact=True).wait_for()
        office.shot(f"5-{act}")
        row.get_by_role("link", name="请结算班次").click()


def _see_the_outbox(office: Person) -> None:
    page = office.page
    page.goto("/admin/accounts/delivery/outbox/")
    row = page.get_by_role("row").filter(has_text="定时任务最近一次结束")
    row.get_by_text(re.compile(r"\d\d:\d\d:\d\d")).wait_for()
    office.shot("6-outbox")


def _settle_the_stuck(office: Person) -> None:
    """Only with a reason; afterwards nothing is stuck."""
    page = office.page
    page.goto(STUCK)
    page.locator("#result_list .action-select").check()
    page.locator("select[name=action]").select_option(label="作废")
    page.get_by_role("button", name="执行").click()
    page.get_by_role("button", name="确认").click()
    page.locator(".errorlist").wait_for()
    page.get_by_label("理由").fill(REASON)
    office.shot("7-reason")
    page.get_by_role("button", name="确认").click()
    page.get_by_text("已处理 1 条。").wait_for()
    page.goto(STUCK)
    assert page.locator("#result_list .action-select").count() == 0


def _read_the_log(office: Person) -> None:
    page = office.page
    page.goto("/admin/core/auditentry/")
    row = page.get_by_role("row").filter(has_text=REASON)
    row.get_by_text("作废").first.wait_for()
    page.get_by_role("row").filter(has_text="settlement_reminder").first.wait_for()
    office.shot("8-log")
