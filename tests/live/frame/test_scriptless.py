"""Pages without scripts do what they do with them."""

import pytest

from tests.live.browser import PHONE
from tests.live.stack import PASSWORD


@pytest.fixture
def page(browser, stack):
    """A telephone whose browser runs no scripts."""
    context = browser.new_context(
        base_url=stack.url, viewport=PHONE, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


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
