"""The keyboard alone: Tab, Enter and typing, never the mouse."""

from tests.live.browser import DESKTOP, PHONE
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

    press_until(page, link.get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/shifts/*/")
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
