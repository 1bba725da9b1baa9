"""What is looked for on a page."""

import re
from html.parser import HTMLParser

from tests.sweep.axe import RUN_AXE
from tests.sweep.browser import Window
from tests.words import VOID, english_in

# Other widths at which nothing may stick out: tablets; 1280 at 400 %.
ALSO_AT = {1440: (1024, 768), 360: (320,)}
# What sticks out, deepest first: its ancestors only follow it.
TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= window.innerWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter((part) =>
    part.getBoundingClientRect().right > window.innerWidth + 1 &&
    !part.closest(".table-wrap *, .results table *"));
  const last = out.filter((part) => !out.some((other) =>
    other !== part && part.contains(other))).slice(0, 2);
  return [`${root.scrollWidth - window.innerWidth} px too wide: ` +
    last.map((part) => part.outerHTML.slice(0, 100)).join(" | ")];
}"""
IS_PAGE = re.compile(r"<html\b", re.IGNORECASE)
HEADER = re.compile(r'<header class="site-header.*?</header>', re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_page(html: str) -> bool:
    """Whether it is a whole page, not a part or a file."""
    return bool(IS_PAGE.search(html[:2000]))


class Pieces(HTMLParser):
    """Of what a page is made: each element with its classes, inside which others.

    Neither words nor numbers count, nor how often a row stands there.
    """

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        held = dict(attrs)
        telling = [held.get(name) or "" for name in ("class", "type", "role")]
        sign = " ".join([tag, *telling, *sorted(held)])
        self.found.add((*self._open[-3:], sign))
        if tag not in VOID:
            self._open.append(sign)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().split(" ")[0] != tag:
            pass


def pieces(html: str) -> set[tuple[str, ...]]:
    """Of what the page is made, but for the head that stands on every page."""
    parser = Pieces()
    parser.feed(HEADER.sub("", html))
    return parser.found


def frame_faults(html: str) -> list[str]:
    """Language, heading, title, style sheets and scripts of a page."""
    faults = []
    lang = re.search(r'<html[^>]*\blang="([^"]+)"', html)
    if not lang or not lang[1].lower().startswith("zh"):
        faults.append("no Chinese lang")
    if (count := len(re.findall(r"<h1\b", html))) != 1:
        faults.append(f"{count} h1")
    title = title_of(html)
    if not CHINESE.search(title):
        faults.append(f"title {title!r}")
    sheets = re.findall(r'<link[^>]*rel="stylesheet"[^>]*>', html)
    scripts = re.findall(r"<script\b[^>]*\bsrc=[^>]*>", html)
    if len(sheets) > 1:
        faults.append(f"{len(sheets)} style sheets")
    if len(scripts) > 2:
        faults.append(f"{len(scripts)} scripts")
    return faults


def title_of(html: str) -> str:
    """The text of <title>."""
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def word_faults(html: str) -> list[str]:
    """English that is shown."""
    words = english_in(html)
    return [f"English: {' '.join(sorted(words))}"] if words else []


def screen_faults(window: Window, width: int, *, colours: bool = True) -> list[str]:
    """What the browser finds in the page as it stands.

    Without `colours` where they were looked at: a narrower window keeps them.
    """
    page, faults = window.page, []
    window.looks += 1
    faults += page.evaluate(RUN_AXE, {"colours": colours})
    faults += page.evaluate(TOO_WIDE)
    for other in ALSO_AT[width]:
        window.size(other)
        faults += [f"at {other} {fault}" for fault in page.evaluate(TOO_WIDE)]
    window.size(width)
    return window.faults() + faults
