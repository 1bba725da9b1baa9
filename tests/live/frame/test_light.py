"""Light pages: few bytes, few files, nothing that moves while they load."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from tests.live.browser import DESKTOP, PHONE

FIRST_VISIT_BYTES = 100_000
A_YEAR = 365 * 24 * 3600
SHIFTS = """() => {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const who = entry.sources.map((one) => one.node?.outerHTML?.slice(0, 80));
      window.moved.push([entry.value, who]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


@dataclass
class Wire:
    """What a page asks the network for, counted as it comes over the wire."""

    answers: dict[str, dict] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    def responded(self, event: dict) -> None:
        self.answers[event["requestId"]] = event["response"]

    def finished(self, event: dict) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def total(self) -> int:
        """Bytes of all answers, headers and all."""
        return sum(self.bytes.values())

    def static(self) -> list[dict]:
        """The answers below /static/ that came from the server."""
        return [
            answer
            for number, answer in self.answers.items()
            if urlsplit(answer["url"]).path.startswith("/static/")
            and not answer.get("fromDiskCache")
            and self.bytes.get(number)
        ]


def watched(person):
    """Count from here on what this page asks for."""
    wire = Wire()
    session = person.context.new_cdp_session(person.page)
    session.on("Network.responseReceived", wire.responded)
    session.on("Network.loadingFinished", wire.finished)
    session.send("Network.enable")
    # The worker passes everything on; what passes through it would count as nothing.
    session.send("Network.setBypassServiceWorker", {"bypass": True})
    return wire


def visit(person, path):
    """Open the page and wait until it asks for nothing more."""
    wire = watched(person)
    person.page.goto(path)
    person.page.wait_for_load_state("networkidle")
    return wire


def headers_of(answer):
    return {name.lower(): value for name, value in answer["headers"].items()}


def test_first_visit_of_the_shifts_is_light(person):
    visitor = person(size=PHONE)

    wire = visit(visitor, "/shifts/")

    of_the_worker = sum(
        len(visitor.page.request.get(path).body())
        for path in ("/service-worker.js", "/offline/")
    )
    assert wire.total() + of_the_worker < FIRST_VISIT_BYTES
    kinds = [answer["mimeType"] for answer in wire.static()]
    assert (kinds.count("text/css"), kinds.count("text/javascript")) == (1, 2)


def test_static_files_are_hashed_compressed_and_kept_for_long(person):
    wire = visit(person(size=PHONE), "/shifts/")

    wrong = []
    for answer in wire.static():
        name, headers = urlsplit(answer["url"]).path, headers_of(answer)
        control = dict(
            part.strip().partition("=")[::2]
            for part in headers["cache-control"].split(",")
        )
        kept = "immutable" in control and int(control["max-age"]) >= A_YEAR
        text = not answer["mimeType"].startswith("image/png")
        packed = headers.get("content-encoding") in {"br", "gzip"} or not text
        hashed = len(name.split(".")[-2]) == 12
        if not (kept and packed and hashed):
            wrong.append((name, headers))
    assert wrong == []


def test_second_page_asks_for_no_static_file_again(person):
    visitor = person(size=PHONE)
    visit(visitor, "/shifts/")

    wire = visit(visitor, "/communities/")

    assert [answer["url"] for answer in wire.static()] == []
    assert wire.total() > 0


def moved_on(page, path):
    """What jumped while the page loaded, and by how much."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate(SHIFTS)
    page.wait_for_timeout(100)
    return page.evaluate("window.moved")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_while_pages_load(person, size):
    official = person("unit", size)
    page = official.page
    page.goto("/shifts/")
    shift = page.locator("article h3 a").first.get_attribute("href")
    paths = ["/", "/shifts/", shift, "/desk/", "/desk/activities/new/"]

    moved = {path: moved_on(page, path) for path in paths}

    assert moved == {path: [] for path in paths}
