"""The keyboard alone: Tab, Enter and typing, never the mouse."""

from datetime import datetime, timedelta

from tests.live.browser import DESKTOP, PHONE
from tests.live.journeys.screens.activities import BEIJING, SUBMITTED, photos
from tests.live.stack import PASSWORD

MOST_TABS = 80
FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const spot = document.elementFromPoint(
    box.x + Math.min(box.width / 2, 20), box.y + box.height / 2);
  const label = one.labels?.[0]?.textContent;
  return {
    tag: one.tagName,
    name: (one.getAttribute("aria-label") || label || one.textContent).trim(),
    address: one.getAttribute("href") || "",
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    seen: Boolean(spot) && (one.contains(spot) || spot.contains(one)),
  };
}"""

CHOSEN = "() => document.activeElement.selectedOptions[0].textContent.trim()"


def press_until(page, *words):
    """Tab until these words or this address have the focus; each stop can be seen."""
    hidden = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["tag"] == "BODY":
            continue
        if not (stop["ring"] and stop["seen"]):
            hidden.append(stop)
        if any(word in stop["name"] or word == stop["address"] for word in words):
            assert hidden == []
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def follow(page, *words):
    """Tab there and press Enter; the page that comes has loaded."""
    press_until(page, *words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_moment(page, label, moment):
    """Into a field of day and time, part by part; Debian's Chromium shows English."""
    press_until(page, label)
    page.keyboard.type(f"{moment:%m%d%Y}")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(f"{moment:%I%M%p}")


def choose(page, label, option):
    """Down the options of a list until this one is chosen."""
    press_until(page, label)
    for _ in range(MOST_TABS):
        if page.evaluate(CHOSEN) == option:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{option} cannot be chosen")


def test_skip_link_comes_first_and_leads_to_the_content(person):
    page = person(size=PHONE).page
    page.goto("/shifts/")

    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "跳到正文"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_sign_in_works_and_errors_take_the_focus(person):
    visitor = person(size=DESKTOP)
    page = visitor.page
    page.goto("/accounts/login/")

    press_until(page, "手机号、邮箱或用户名")
    page.keyboard.type("unit")
    press_until(page, "密码")
    page.keyboard.type("wrong-password")
    page.keyboard.press("Enter")
    page.locator("[data-focus]").wait_for()
    assert page.locator("[data-focus]").evaluate("one => one.matches(':focus')")

    press_until(page, "密码")
    page.keyboard.press("Control+A")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    visitor.complaints[:] = [line for line in visitor.complaints if "422" not in line]


def test_menu_opens_and_closes(person):
    page = person("unit", PHONE).page
    press_until(page, "菜单")

    page.keyboard.press("Enter")
    page.locator("details.menu[open]").wait_for()
    page.keyboard.press("Escape")

    assert page.locator("details.menu[open]").count() == 0
    assert page.evaluate(FOCUSED)["tag"] == "SUMMARY"


def test_sign_up_for_a_shift(person):
    page = person("street", PHONE).page
    page.goto("/shifts/")
    link = page.locator("article:has(.badge--open) h3 a").first

    follow(page, link.get_attribute("href"))
    press_until(page, "报名")
    page.keyboard.press("Enter")

    page.get_by_text("报名成功").wait_for()


def test_export_a_report(person):
    page = person("office").page
    page.goto("/reports/activities/")

    press_until(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.suggested_filename.endswith(".csv")


def test_record_an_activity_with_a_photo(person, backstage, tmp_path):
    place = backstage.neighbourhood()
    page = person("unit", session=place.unit_official.session).page
    page.on("filechooser", lambda chooser: chooser.set_files(photos(tmp_path, 1)))
    page.goto("/desk/")
    follow(page, "记录活动")
    follow(page, "记录：志愿服务活动")

    press_until(page, "活动名称")
    page.keyboard.type("键盘记录的活动")
    began = datetime.now(BEIJING) - timedelta(hours=4)
    type_moment(page, "开始时间", began)
    type_moment(page, "结束时间", began + timedelta(hours=2))
    press_until(page, "地点")
    page.keyboard.type("示例路党群服务中心")
    choose(page, "所在社区（村）", place.community.name)
    press_until(page, "活动说明")
    page.keyboard.type("逐户讲解创城知识。")
    press_until(page, "参加人数")
    page.keyboard.type("12")
    follow(page, "保存")

    press_until(page, "照片中的人物")
    page.keyboard.type("支部党员")
    press_until(page, "从相册选择")
    page.keyboard.press("Enter")
    page.get_by_text("已保存 1 张").wait_for()
    page.reload()
    assert page.locator("#evidence img").count() == 1
    follow(page, "提交审核")

    page.get_by_text(SUBMITTED).wait_for()


def test_approve_an_activity(person, backstage):
    waiting = backstage.submitted(backstage.neighbourhood(), title="清洁楼道")
    page = person("office").page
    page.goto(f"/desk/reviews/?q={waiting.title}")

    link = page.get_by_role("link", name=waiting.title).first
    follow(page, link.get_attribute("href"))
    follow(page, "通过")

    page.get_by_text("已通过。").first.wait_for()


def test_dispatch_a_whistle(person, backstage):
    place = backstage.neighbourhood()
    whistle = backstage.whistle(place)
    page = person("street", session=place.street_official.session).page
    page.goto(whistle.path)

    follow(page, "派单")
    press_until(page, place.branch.name)
    page.keyboard.press("Space")
    press_until(page, "派单说明")
    page.keyboard.type("请带泵到场。")
    follow(page, "派单")

    page.get_by_text("待响应").first.wait_for()
