"""Chromium at phone and desktop width."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1440, "height": 900}
HIGHEST = 6000
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without the network."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "Chromium was not found; make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


class Person:
    """Someone at a screen of their own, with a name for the screenshots.

    Console errors and refused resources are collected in `complaints`.
    """

    def __init__(
        self, browser: Browser, url: str, name: str, size: dict, shots: Path
    ) -> None:
        self.context = browser.new_context(
            base_url=url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.url, self.name, self.size, self.shots = url, name, size, shots
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def _listen(self, message: object) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in with user name and password."""
        self.page.goto("/accounts/login/")
        self.page.get_by_label("手机号、邮箱或用户名").fill(username)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        self.page.wait_for_load_state()

    def sign_in_by(self, session: str) -> None:
        """Be signed in by the key of a session, as whoever signed in before."""
        self.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": self.url}]
        )

    def shot(self, name: str) -> None:
        """Keep a picture of the whole page, its bars at its edges."""
        self.shots.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state()
        height = self.page.evaluate("document.scrollingElement.scrollHeight")
        height = min(max(height, self.size["height"]), HIGHEST)
        self.page.set_viewport_size({**self.size, "height": height})
        self.page.screenshot(path=self.shots / f"{name}-{self.name}.png")
        self.page.set_viewport_size(self.size)
