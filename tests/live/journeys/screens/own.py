"""One's own pages: sign-ups, messages, hours, certificates, reporting in."""

import re
import time
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import Locator
from pypdf import PdfReader

from tests.live.browser import Person
from tests.live.papers import text_of

BEAT_COMES_ROUND = 45


def offer(someone: Person, shift: SimpleNamespace) -> Locator:
    """The button that takes the place held for one."""
    accept = someone.page.get_by_role("button", name="确认参加")
    return accept.filter(has_text=shift.name)


def take_the_offer(someone: Person, shift: SimpleNamespace) -> None:
    """As soon as there is one: the portal's clock comes round every few seconds."""
    page = someone.page
    deadline = time.monotonic() + BEAT_COMES_ROUND
    page.goto("/me/")
    while not offer(someone, shift).count():
        assert time.monotonic() < deadline, "nobody offered the place"
        time.sleep(0.5)
        page.reload()
    someone.shot("offered")
    offer(someone, shift).click()
    page.get_by_text("名额已确认，请按时参加。").wait_for()


def take_mail_at_any_hour(someone: Person) -> None:
    """What is due comes at once, whatever the hour at which the tests run."""
    page = someone.page
    page.goto("/me/messages/")
    page.get_by_label("这段时间只进收件箱").uncheck()
    page.get_by_role("main").get_by_role("button", name="保存").click()
    page.get_by_text("已保存 1 项改动。").wait_for()


def unread(someone: Person, title: str) -> Locator:
    """The row of that title among the messages nobody opened yet."""
    page = someone.page
    page.goto("/me/inbox/?show=unread")
    page.get_by_role("heading", name="消息").first.wait_for()
    return page.get_by_role("listitem").filter(has_text=title)


def certify(someone: Person) -> str:
    """Issue a certificate; returns its number."""
    page = someone.page
    page.goto("/me/")
    page.get_by_role("link", name="开具和查看").click()
    page.get_by_role("button", name="开具证明").click()
    page.get_by_text("证明已开具").wait_for()
    number = page.get_by_role("definition").first.inner_text()
    assert re.fullmatch(r"XC\d{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number)
    return number


def certificate_text(someone: Person, folder: Path) -> str:
    """What the downloaded PDF says, without blanks."""
    with someone.page.expect_download() as download:
        someone.page.get_by_role("link", name="下载 PDF").click()
    file = folder / "certificate.pdf"
    download.value.save_as(file)
    return text_of(PdfReader(file).pages[0])


def report_in(someone: Person, *, community: str, branch: str) -> None:
    """A member reports in to the community where they live."""
    page = someone.page
    page.goto("/me/")
    page.get_by_role("link", name="去报到").click()
    page.get_by_label("社区").first.select_option(label=community)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("所在党组织").fill(branch)
    page.get_by_label("特长").fill("摄影")
    page.get_by_label("可参加时间").fill("周末上午")
    someone.shot("member-form")
    page.get_by_role("button", name="提交报到").click()
    page.get_by_text("待签收").first.wait_for()
