"""How `make shots` reaches a page: where it starts, and what it does there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Step = Callable[[Page], None]
PHONE, TABLET, DESK = 360, 768, 1440
TWO, THREE = (PHONE, DESK), (PHONE, TABLET, DESK)


@dataclass(frozen=True)
class Stop:
    """One picture: where to start, what to do there, at which widths."""

    name: str
    path: str
    steps: tuple[Step, ...] = ()
    widths: tuple[int, ...] = TWO
    status: int = 200


def click(selector: str) -> Step:
    """Click the first element that fits, and wait for what it brings."""

    def step(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return step


def fill(label: str, text: str) -> Step:
    """Type into the field with this label."""
    return lambda page: page.get_by_label(label, exact=True).first.fill(text)


def send() -> Step:
    """Send the first form of the page as it is, past the browser's own checks."""

    def step(page: Page) -> None:
        form = page.locator("main form.form").first
        form.evaluate("form => { form.noValidate = true }")
        form.locator("button[type=submit]").first.click()
        page.wait_for_load_state("networkidle")

    return step


def attach(name: str, text: str) -> Step:
    """Put a file of this name and text into the page's file field."""
    file = {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    return lambda page: page.locator("input[type=file]").first.set_input_files([file])
