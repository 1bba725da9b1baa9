"""Pages without scripts do what they do with them."""

import pytest

from tests.live.browser import PHONE
from tests.live.journeys.screens.activities import SUBMITTED, moment, photos
from tests.live.stack import PASSWORD


@pytest.fixture
def screen(browser, stack):
    """Makes telephones whose browser runs no scripts."""
    contexts = []

    def make():
        contexts.append(
            browser.new_context(
                base_url=stack.url,
                viewport=PHONE,
                locale="zh-CN",
                java_script_enabled=False,
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(screen):
    """One telephone."""
    return screen()


def sign_in(page, name):
    page.goto("/accounts/login/")
    page.get_by_label("手机号、邮箱或用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def test_shift_is_found_and_signed_up_for(page):
    sign_in(page, "community")
    page.goto("/shifts/")
    page.locator(".filters > summary").click()
    page.get_by_role("button", name="筛选").click()
    page.locator("article:has(.badge--open) h3 a").first.click()

    page.get_by_role("button", name="报名", exact=True).click()

    page.get_by_text("报名成功").wait_for()


def test_large_letters_stay_on_the_next_page(page):
    page.goto("/shifts/")

    page.get_by_role("button", name="大字").click()

    page.locator("html[data-letters=large]").wait_for(state="attached")
    assert page.url.endswith("/shifts/")
    page.goto("/")
    page.locator("html[data-letters=large]").wait_for(state="attached")


def test_report_is_exported(page):
    sign_in(page, "office")
    page.goto("/reports/activities/")

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()

    assert download.value.suggested_filename.endswith(".csv")


def test_activity_is_recorded_and_reviewed(screen, tmp_path):
    unit = screen()
    sign_in(unit, "unit")
    record(unit, "不用脚本的活动")
    unit.get_by_label("照片中的人物").fill("支部党员")
    unit.get_by_label("照片", exact=True).set_input_files(photos(tmp_path, 2))
    unit.get_by_role("button", name="上传照片").click()
    unit.locator("#evidence img").nth(1).wait_for()
    unit.get_by_role("button", name="提交审核").click()
    unit.get_by_text(SUBMITTED).wait_for()

    office = screen()
    sign_in(office, "office")
    office.goto("/desk/reviews/?q=不用脚本的活动")
    office.get_by_role("link", name="不用脚本的活动").first.click()
    office.get_by_role("button", name="通过", exact=True).click()

    office.get_by_text("已通过。").first.wait_for()


def record(unit, title):
    """From the desk to the saved draft."""
    unit.goto("/desk/")
    unit.get_by_role("main").get_by_role("link", name="记录活动").first.click()
    unit.get_by_role("link", name="记录：志愿服务活动").click()
    unit.get_by_label("活动名称").fill(title)
    unit.get_by_label("开始时间").fill(moment(-4))
    unit.get_by_label("结束时间").fill(moment(-2))
    unit.get_by_label("地点", exact=True).fill("示例路党群服务中心")
    unit.get_by_label("所在社区（村）").select_option(index=1)
    unit.get_by_label("活动说明").fill("逐户讲解创城知识，听取居民意见。")
    unit.get_by_label("参加人数", exact=False).first.fill("12")
    unit.get_by_role("button", name="保存").click()
    unit.wait_for_url("**/activities/*/")
