"""Sign-up and sign-in."""

from tests.live.browser import Person

PASSWORD = "Sunny-river-2026"


def register(newcomer: Person, *, name: str, phone: str, email: str) -> None:
    """From the first page to one's own."""
    page = newcomer.page
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="注册").click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("年龄段").select_option("18-59")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再次输入密码").fill(PASSWORD)
    page.get_by_label("我同意").check()
    newcomer.shot("sign-up")
    page.get_by_role("main").get_by_role("button", name="注册").click()
    page.wait_for_url("**/me/")


def sign_out(someone: Person) -> None:
    """By the menu at the top."""
    page = someone.page
    page.locator("details.menu > summary").last.click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("banner").get_by_role("link", name="登录").first.wait_for()


def sign_in_by_keyboard(someone: Person, name: str, password: str) -> None:
    """Nothing but keys: name, Tab, password, Enter."""
    page = someone.page
    page.goto("/accounts/login/")
    page.get_by_label("手机号、邮箱或用户名").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
