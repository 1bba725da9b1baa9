"""Who did what: the audit log."""

import re

from playwright.sync_api import Locator

from tests.live.browser import Person
from tests.live.journeys.screens.shifts import open_filters


def search(someone: Person, *, who: str, what: str) -> Locator:
    """Lines of a person about a thing, found from the desk."""
    page = someone.page
    page.goto("/desk/")
    page.get_by_role("link", name="审计记录").first.click()
    open_filters(someone)
    page.get_by_label("操作人").fill(who)
    page.get_by_label("对象名称").fill(what)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**who=*")
    return page.locator("#results").get_by_role("link", name=what)


def line(someone: Person, words: str) -> Locator:
    """A line of a thing's history that says so."""
    lines = someone.page.get_by_role("main").get_by_role("listitem")
    return lines.filter(has_text=re.compile(words))
