"""Which English a page shows or says aloud."""

import re
from html.parser import HTMLParser

# Kinds of files and paper, codes, and the units a page may name as they are.
KNOWN = {
    *("xlsx", "csv", "pdf", "zip", "jpg", "jpeg", "png", "webp", "json"),  # files
    *("excel", "utf", "gbk", "id", "kb", "mb"),
    *("internet", "outlook"),  # what calendars call their menus in Chinese, too
    "webhook",  # what chat programs call it in Chinese, too
    *("test", "reason"),  # the kind of message and the reason that tests write
}
SILENT = {"script", "style", "code", "template"}
SHOWN = {
    "title",
    "placeholder",
    "aria-label",
    "alt",
    "aria-description",
    "data-confirm",
}
BUTTONS = {"submit", "button", "reset"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}
WORD = re.compile(r"[A-Za-z]{2,}")
# Names with digits, addresses, paths; places in a text that a name fills.
NO_WORD = re.compile(
    r"%\(\w+\)[ds]|[^\s，。；：、（）“”]*[\d@_./:-][^\s，。；：、（）“”]*", re.ASCII
)


class Text(HTMLParser):
    """What a page shows or says: text, and the attributes that are read out.

    What says of itself that it is in another language (lang="en") may be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.silent: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        held = dict(attrs)
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.append(tag)
            return
        is_code = tag in SILENT or "mono" in (held.get("class") or "").split()
        if is_code or (held.get("lang") or "zh")[:2] != "zh":
            if tag not in VOID:
                self.silent.append(tag)
            return
        self.said += [held[name] or "" for name in SHOWN & held.keys()]
        if tag == "input" and held.get("type") in BUTTONS:
            self.said.append(held.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def english_in(html: str) -> set[str]:
    """Words in Latin letters a page shows, but for names with digits and addresses."""
    text = Text()
    text.feed(html)
    said = [NO_WORD.sub(" ", part) for part in text.said]
    words = {word.lower() for part in said for word in WORD.findall(part)}
    return words - KNOWN
