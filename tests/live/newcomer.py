"""Somebody new makes an account."""

from tests.live.browser import Person

NEW_PASSWORD = "Sunny-river-2026"


def register(newcomer: Person, *, name: str, phone: str, email: str) -> None:
    """From the first page to one's own, at a screen where nobody is signed in."""
    page = newcomer.page
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="注册").click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("年龄段").select_option("18-59")
    page.get_by_label("密码", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("再次输入密码").fill(NEW_PASSWORD)
    page.get_by_label("我同意").check()
    newcomer.shot("signup-form")
    page.get_by_role("main").get_by_role("button", name="注册").click()
    page.wait_for_url("**/me/")


def take_mail_at_night(newcomer: Person) -> None:
    """What is due comes at once, whatever the hour at which the tests run."""
    page = newcomer.page
    page.goto("/me/messages/")
    page.get_by_label("这段时间只进收件箱").uncheck()
    newcomer.shot("message-choices")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    page.get_by_text("已保存 1 项改动。").wait_for()
