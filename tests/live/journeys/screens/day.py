"""The day of a shift: the leader's screen, checking in and out, settling."""

import re
import time
from types import SimpleNamespace
from urllib.parse import urlencode

from playwright.sync_api import Locator

from core.qr import qr_svg
from tests.live.browser import Person

CODE_SECONDS = 60


def open_day(leader: Person, shift: SimpleNamespace) -> None:
    page = leader.page
    page.goto(shift.path)
    page.get_by_role("link", name="现场签到").first.click()
    page.get_by_text("已到", exact=True).wait_for()


def figure(leader: Person, label: str) -> Locator:
    """One of the counts under the code."""
    return leader.page.locator("#day-code .stat").filter(has_text=label)


def short_code(leader: Person) -> str:
    """The eight signs that may be read out."""
    return leader.page.locator(".day-code__short strong").inner_text()


def address_in_the_picture(leader: Person, shift: SimpleNamespace) -> str:
    """What a telephone would read: the address whose picture the page shows."""
    [drawn] = leader.page.locator(".day-code__picture svg").evaluate_all(
        "all => all.map(one => one.innerHTML.match(/ d=.([^\"']+)/g).join())"
    )
    step, mac = int(time.time()) // CODE_SECONDS, short_code(leader).replace(" ", "")
    for near in (step, step - 1):
        query = urlencode({"code": f"{shift.pk}.{near}.{mac}"})
        address = f"{leader.url}/shifts/{shift.pk}/check-in/?{query}"
        if ",".join(re.findall(r" d=.[^\"']+", qr_svg(address))) == drawn:
            return address
    raise AssertionError("the picture holds another address")


def forged(address: str) -> str:
    """The address with its last sign changed."""
    return address[:-1] + ("A" if address[-1] != "A" else "B")


def check_in_by(someone: Person, address: str) -> None:
    page = someone.page
    page.goto(address)
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_text(re.compile(r"已于 \d\d:\d\d 签到。")).wait_for()


def type_code(someone: Person, shift: SimpleNamespace, code: str) -> None:
    """Check out by the signs read out."""
    page = someone.page
    page.goto(shift.path)
    page.get_by_role("link", name="输入签到码").click()
    page.get_by_label("签到码").fill(code)
    page.get_by_role("button", name="签退").click()


def mark(leader: Person, name: str, deed: str) -> None:
    """Tap on the row of somebody without a telephone."""
    row = leader.page.locator(".roll-row").filter(has_text=name)
    row.get_by_role("button", name=re.compile(f"^{deed}\\s*：")).click()


def settle(leader: Person, shift: SimpleNamespace, people: int) -> None:
    page = leader.page
    page.goto(shift.path)
    page.get_by_role("link", name="去结算").click()
    leader.shot("roll-to-settle")
    page.get_by_role("button", name="结算班次").click()
    page.get_by_text(f"已结算 {people} 人。").wait_for()
