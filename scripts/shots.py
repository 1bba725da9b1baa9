"""`make shots`: photograph every page as every role sees it, and look for faults.

Starts a portal of its own, or takes a running one:
make shots ARGS="--url http://127.0.0.1:8000 --password ... --only unit/desk,office/"
Pictures: var/screenshots/pages/<role>/<page>-<width>.png. The table at the end names
what scrolls sideways, what the console complained of and what axe found.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

from scripts.layout import ROOT
from scripts.shot_list import STOPS
from scripts.shot_steps import Stop
from tests.live.browser import PHONE, Person, chromium
from tests.live.stack import PASSWORD, embedded_stack

FOLDER = ROOT / "var" / "screenshots" / "pages"
HEIGHTS = {360: 780, 768: 1024, 1440: 900}
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
HEIGHT = "document.scrollingElement.scrollHeight"
PICTURES = "Promise.allSettled([...document.images].map(image => image.decode()))"
WIDER = "document.scrollingElement.scrollWidth - window.innerWidth"


@dataclass
class Finding:
    """What was found on one page of one role."""

    role: str
    stop: Stop
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line of the table."""
        name = f"{self.role}/{self.stop.name}"
        return f"{name:<36}{'; '.join(self.faults) or 'ok'}"


def main() -> int:
    """Photograph what was asked for; 1 when a page scrolls sideways or complains."""
    options = parse_options()
    if options.url:
        findings = list(photograph(options.url, options.password, options.only))
    else:
        with (
            tempfile.TemporaryDirectory() as folder,
            embedded_stack(Path(folder), CHAT_ROBOTS="1") as stack,
        ):
            os.environ["VAR_DIR"] = folder  # shot_messages signs with its key
            findings = list(photograph(stack.url, PASSWORD, options.only))
    wrong = sum(bool(finding.faults) for finding in findings)
    print(f"{len(findings)} pages, {wrong} with findings, pictures in {FOLDER}")
    return 1 if wrong else 0


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Photograph the pages.")
    parser.add_argument("--url", help="a running portal with the demonstration data")
    parser.add_argument("--password", default=PASSWORD, help="of its sign-ins")
    parser.add_argument(
        "--only", default="", help="pages whose role/name holds it, or one of A,B"
    )
    return parser.parse_args()


def photograph(url: str, password: str, only: str) -> Iterator[Finding]:
    """Visit the pages of every role, one browser window a role."""
    with chromium() as browser:
        for role, stops in STOPS.items():
            words = only.split(",")
            chosen = [
                stop
                for stop in stops
                if any(word in f"{role}/{stop.name}" for word in words)
            ]
            if chosen:
                yield from visit(browser, url, role, password, chosen)


def visit(
    browser: Browser, url: str, role: str, password: str, stops: list[Stop]
) -> Iterator[Finding]:
    """The pages of one role; each is printed as soon as it is seen."""
    person = Person(browser, url, role, PHONE, FOLDER / role)
    person.shots.mkdir(parents=True, exist_ok=True)
    if role != "anonymous":
        person.sign_in(role, password)
    for stop in stops:
        finding = Finding(role, stop, look_at(person, stop))
        print(finding.line(), flush=True)
        yield finding
    person.context.close()


def look_at(person: Person, stop: Stop) -> list[str]:
    """Go there, photograph it at each width; what was found."""
    person.complaints.clear()
    page, faults = person.page, []
    try:
        reach(page, stop)
    except Error as error:
        return [f"not reached: {str(error).splitlines()[0]}"]
    for width in stop.widths:
        show_whole(page, width)
        page.screenshot(path=person.shots / f"{stop.name}-{width}.png")
        faults += faults_at(page, width)
    expected = f"status of {stop.status}"
    answered = ("status of 422", "status of 409")
    return faults + [
        line
        for line in person.complaints
        if expected not in line and not any(code in line for code in answered)
    ]


def reach(page: Page, stop: Stop) -> None:
    """Open the page as a telephone would, and take the steps."""
    page.set_viewport_size(PHONE)
    page.goto(stop.path)
    page.wait_for_load_state("networkidle")
    for step in stop.steps:
        step(page)


def show_whole(page: Page, width: int) -> None:
    """Make the window as high as the page: bars stay at its edges, photos load."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    height = max(page.evaluate(HEIGHT), HEIGHTS[width])
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_load_state("networkidle")
    page.evaluate(PICTURES)


def faults_at(page: Page, width: int) -> list[str]:
    """Sideways scrolling and axe's violations at this width."""
    faults = []
    if (extra := page.evaluate(WIDER)) > 0:
        faults.append(f"{width}: {extra} px too wide")
    for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]:
        target = violation["nodes"][0]["target"][0]
        faults.append(f"{width}: axe {violation['id']} at {target}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
