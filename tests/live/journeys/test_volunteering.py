"""From "I would help" to a certificate, on phones.

A newcomer registers, finds a full shift, waits, is offered the place that others gave
up or let lapse, comes, goes, is credited, and holds a certificate anybody can check.
"""

import re
import time
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator
from pypdf import PdfReader

from core.qr import qr_svg
from tests.live.browser import PHONE, Person
from tests.live.new_shift import fill_a_shift
from tests.live.newcomer import register
from tests.live.papers import text_of
from tests.live.passing_time import let_hours_pass
from tests.live.stack import Stack

ACTIVITY, INITIALS, SHIFT = "旅程护河值守", "lchhzs", "上游岸线"
NAME, MASKED = "柳示例", "柳**"
CODE_SECONDS = 60
BEAT_COMES_ROUND = 45


def test_volunteering_from_registration_to_a_checked_certificate(
    person, stack, tmp_path
):
    unit, newcomer = person("unit", PHONE), person("newcomer", PHONE, signs_in=False)
    holder, neighbour = person("street", PHONE), person("community", PHONE)

    _open_a_shift_for_one(unit)
    shift = _sign_up(holder, "报名成功")
    _wait_in_line(neighbour, position=1)
    register(newcomer, name=NAME, phone="138 0000 9021", email="willow@example.invalid")
    _wait_in_line(newcomer, position=2)
    _give_up(holder, shift)
    _see_offer(neighbour)
    let_hours_pass(stack, shift=shift, hours=16)  # the neighbour says nothing
    _take_the_offer(newcomer)

    let_hours_pass(stack, shift=shift, hours=13.75)  # a quarter of an hour to go
    _check_in(newcomer, leader=unit, stranger=neighbour, shift=shift, stack=stack)
    let_hours_pass(stack, shift=shift, hours=3)  # over for three quarters
    _check_out(newcomer, leader=unit, shift=shift)

    _settle(unit, shift)
    _read_the_hours(newcomer)
    number = _certify(newcomer, tmp_path)
    _check_the_number(person("passer-by", PHONE, signs_in=False), number)


def _open_a_shift_for_one(unit: Person) -> None:
    """Sign-up stays open until the start."""
    page = unit.page
    fill_a_shift(
        page, activity=ACTIVITY, shift=SHIFT, place="九龙江畔", hours=30, places=1
    )
    page.get_by_label("开始前几小时截止报名").fill("0")
    unit.shot("1-shift-form")
    page.get_by_role("button", name="保存班次").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    page.get_by_role("button", name="发布并开放报名").click()
    page.get_by_text("活动已发布。").wait_for()
    unit.shot("1-activity-published")


def _find(someone: Person) -> Locator:
    """The shift in the list, by the initials of the activity's name."""
    page = someone.page
    page.goto("/shifts/")
    page.locator(".filters > summary").click()
    page.get_by_label("搜索").fill(INITIALS)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url(f"**/shifts/?*text={INITIALS}*")
    page.get_by_role("article").and_(page.locator(":only-child")).wait_for()
    return page.get_by_role("link", name=f"{ACTIVITY} · {SHIFT}")


def _sign_up(someone: Person, answer: str) -> int:
    """By the one button of the shift's page; returns the number of the shift."""
    page = someone.page
    _find(someone).click()
    page.get_by_role("button", name="报名", exact=True).click()
    page.get_by_text(answer).wait_for()
    return int(re.search(r"/shifts/(\d+)/$", page.url)[1])


def _wait_in_line(someone: Person, *, position: int) -> None:
    page = someone.page
    link = _find(someone)
    page.get_by_text("已满，可候补").wait_for()
    someone.shot("2-found")
    link.click()
    page.get_by_role("button", name="加入候补").click()
    page.get_by_text(f"您已进入候补，序号 {position}").wait_for()
    page.get_by_text(f"候补序号 {position}").wait_for()
    someone.shot("2-waiting")


def _give_up(holder: Person, shift: int) -> None:
    page = holder.page
    page.goto(f"/shifts/{shift}/")
    page.get_by_role("button", name="取消报名").click()
    page.get_by_text("已取消报名。").wait_for()


def _offer(someone: Person) -> Locator:
    """The button that takes the place, on one's own page."""
    accept = someone.page.get_by_role("button", name="确认参加")
    return accept.filter(has_text=f"{ACTIVITY} · {SHIFT}")


def _see_offer(neighbour: Person) -> None:
    """The first in line has the place held, and does not answer."""
    page = neighbour.page
    page.goto("/me/")
    _offer(neighbour).wait_for()


def _take_the_offer(newcomer: Person) -> None:
    """Beat lets the neighbour's offer lapse and holds the place for the next."""
    page = newcomer.page
    accept = _offer(newcomer)
    deadline = time.monotonic() + BEAT_COMES_ROUND
    page.goto("/me/")
    while not accept.count():
        assert time.monotonic() < deadline, "beat did not offer the place"
        time.sleep(0.5)
        page.reload()
    newcomer.shot("3-offered")
    accept.click()
    page.get_by_text("名额已确认，请按时参加。").wait_for()
    newcomer.shot("3-accepted")


def _check_in(
    newcomer: Person, *, leader: Person, stranger: Person, shift: int, stack: Stack
) -> None:
    """By the address in the picture, which is worth nothing to a stranger."""
    page = leader.page
    page.goto(f"/shifts/{shift}/")
    page.get_by_role("link", name="现场签到").click()
    page.get_by_text("已到", exact=True).wait_for()
    leader.shot("4-leader")
    address = _address_in_the_picture(leader, shift, stack)

    stranger.page.goto(address)
    stranger.page.get_by_text("名额已满。").wait_for()
    stranger.page.get_by_text("签到码只对报名的人有效。").wait_for()
    assert not stranger.page.get_by_role("button", name="签到").count()
    stranger.shot("4-stranger")

    page = newcomer.page
    page.goto(address[:-1] + ("A" if address[-1] != "A" else "B"))
    page.get_by_text("签到码不对").wait_for()
    newcomer.shot("4-forged")
    page.goto(address)
    newcomer.shot("4-check-in")
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_text(re.compile(r"已于 \d\d:\d\d 签到。")).wait_for()
    newcomer.shot("4-checked-in")


def _address_in_the_picture(leader: Person, shift: int, stack: Stack) -> str:
    """What a telephone would read: the address whose picture the page shows."""
    [drawn] = leader.page.locator(".day-code__picture svg").evaluate_all(
        "all => all.map(one => one.innerHTML.match(/ d=.([^\"']+)/g).join())"
    )
    step, mac = int(time.time()) // CODE_SECONDS, _short_code(leader).replace(" ", "")
    for near in (step, step - 1):
        query = urlencode({"code": f"{shift}.{near}.{mac}"})
        address = f"{stack.url}/shifts/{shift}/check-in/?{query}"
        if ",".join(re.findall(r" d=.[^\"']+", qr_svg(address))) == drawn:
            return address
    raise AssertionError("the picture holds another address")


def _short_code(leader: Person) -> str:
    return leader.page.locator(".day-code__short strong").inner_text()


def _check_out(newcomer: Person, *, leader: Person, shift: int) -> None:
    """By the eight signs read out; others are refused."""
    leader.page.reload()
    code = _short_code(leader)
    page = newcomer.page
    page.goto(f"/shifts/{shift}/")
    page.get_by_role("link", name="输入签到码").click()
    page.get_by_label("签到码").fill("2222 2222")
    page.get_by_role("button", name="签退").click()
    page.get_by_text("签到码不对").wait_for()
    assert "422" in newcomer.complaints.pop()
    newcomer.shot("5-forged")
    page.get_by_label("签到码").fill(code.lower())
    page.get_by_role("button", name="签退").click()
    page.get_by_text(re.compile(r"已于 \d\d:\d\d 签到、\d\d:\d\d 签退。")).wait_for()
    newcomer.shot("5-checked-out")
    leader.page.reload()
    leader.shot("5-leader")


def _settle(unit: Person, shift: int) -> None:
    page = unit.page
    page.goto(f"/shifts/{shift}/")
    page.get_by_role("link", name="去结算").click()
    unit.shot("6-roll")
    page.get_by_role("button", name="结算班次").click()
    page.get_by_text("已结算 1 人。").wait_for()
    unit.shot("6-settled")


def _read_the_hours(newcomer: Person) -> None:
    page = newcomer.page
    page.goto("/me/hours/")
    row = page.get_by_role("row").filter(has_text=f"{ACTIVITY} · {SHIFT}")
    row.get_by_text("已确认").wait_for()
    row.get_by_text("2.0", exact=True).wait_for()
    page.get_by_text("120 分钟").wait_for()
    newcomer.shot("7-hours")


def _certify(newcomer: Person, folder: Path) -> str:
    """Issue, download and read a certificate; returns its number."""
    page = newcomer.page
    page.goto("/me/")
    page.get_by_role("link", name="开具和查看").click()
    page.get_by_role("button", name="开具证明").click()
    page.get_by_text("证明已开具").wait_for()
    newcomer.shot("8-certificate")
    number = page.get_by_role("definition").first.inner_text()
    assert re.fullmatch(r"XC\d{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    download.value.save_as(folder / "certificate.pdf")
    text = text_of(PdfReader(folder / "certificate.pdf").pages[0])
    for words in (NAME, "2.0小时", number, f"{ACTIVITY}·{SHIFT}"):
        assert words in text
    return number


def _check_the_number(passer_by: Person, number: str) -> None:
    """Signed out: what the number stands for, and who holds it, masked."""
    page = passer_by.page
    page.goto("/verify/")
    page.get_by_label("证明编号").fill(number.replace("-", " ").lower())
    passer_by.shot("9-number")
    page.get_by_role("button", name="查验").click()
    page.get_by_text("这份证明有效").wait_for()
    page.get_by_text(MASKED, exact=True).wait_for()
    page.get_by_text("2.0 小时（120 分钟），1 次").wait_for()
    assert NAME not in page.content()
    passer_by.shot("9-valid")
