"""The district at a glance: figures, and the rows behind them."""

import re

from playwright.sync_api import Locator

from tests.live.browser import Person
from tests.live.journeys.screens.shifts import open_filters


def open_figure(office: Person, section: str, label: str) -> None:
    figure = office.page.locator(f"#{section} .stat").filter(has_text=label)
    open_rows(office, figure, figure.locator(".stat__figure").inner_text())


def open_rows(office: Person, link: Locator, figure: str) -> None:
    """A figure opens its rows, and there are as many as it says."""
    link.click()
    office.page.get_by_text(re.compile(rf"共 {figure} 条")).first.wait_for()


def choose_street(office: Person, name: str) -> None:
    page = office.page
    page.goto("/overview/")
    open_filters(office)
    page.get_by_label("街道（镇）", exact=True).select_option(label=name)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**street=*")


def table_cell(office: Person, section: str) -> Locator:
    """The first number of a section's table; folded on a phone, open at a desk."""
    part = office.page.locator(f"#{section}")
    cell = part.locator("table a").first
    if not cell.is_visible():
        part.locator("details:has(table) > summary").first.click()
    return cell
