"""Visit pages and name what is wrong with them."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from django.urls import Resolver404, resolve

from tests.sweep.browser import Window
from tests.sweep.checks import (
    frame_faults,
    is_page,
    pieces,
    screen_faults,
    word_faults,
)
from tests.sweep.known import Known
from tests.sweep.visits import Visit

WIDTHS = (1440, 360)
# Nothing is left out because it looked the same for another role.
SWEEP_ALL = os.environ.get("SWEEP_ALL") == "1"
LINES = os.environ.get("SWEEP_LINES", "")
FORMS = """() => [...document.querySelectorAll("form")]
  .filter((form) => form.method === "post" && form.checkVisibility())
  .map((form) => ({
    number: [...document.forms].indexOf(form),
    action: new URL(form.getAttribute("action") ?? "", location.href).pathname,
    deed: form.querySelector("button[name], input[type=submit][name]")?.value ?? "",
  }))"""
# As a person who filled in nothing, past what the browser itself would stop.
SEND_EMPTY = """(number) => {
  const form = document.forms[number];
  form.noValidate = true;
  for (const field of form.elements) {
    if (field.type === "hidden" || field.type === "submit") continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.type !== "file" && field.tagName !== "BUTTON") field.value = "";
  }
  const button = [...form.elements].find((field) => field.type === "submit");
  form.requestSubmit(button);
}"""
SUMMARY_FOCUSED = """() => {
  const held = document.activeElement?.closest("[data-focus]");
  return held ? [] : [`422: no summary with the focus, but ${
    document.activeElement?.outerHTML.slice(0, 80)}`];
}"""
LEFT_ALONE = {"account_logout", "admin:logout", "letters"}


class Sweep:
    """A window, and what was looked at so far."""

    def __init__(self, window: Window, known: Known) -> None:
        self.window, self.desk, self.known = window, window.desk, known

    def is_new(self, *what: object) -> bool:
        """Whether nothing like it was looked at; it counts as looked at now."""
        return self.known.add(what) or SWEEP_ALL

    def faults_of(self, visits: Iterable[Visit]) -> list[str]:
        """What is wrong with the pages, a line for each fault."""
        return [fault for visit in visits for fault in self.look_at(visit)]

    def look_at(self, visit: Visit) -> list[str]:
        """What is wrong with a page at both widths, and with its forms."""
        response = self.desk.ask(visit.role, visit.url)
        html = response.whole.decode("utf-8", "replace")
        kind = response.headers.get("Content-Type", "")
        if response.status_code != 200 or "html" not in kind or not is_page(html):
            return []
        templates = [each.name for each in getattr(response, "templates", [])]
        template = next((name for name in templates if name), "")
        found = [("", fault) for fault in [*frame_faults(html), *word_faults(html)]]
        looks = self.window.looks
        if self.shows_something_new(visit, html):
            self.window.role, self.window.ready = visit.role, {visit.url: response}
            self.window.untouched = ""
            for width in WIDTHS:
                found += [(width, fault) for fault in self._on_screen(visit, width)]
        found = list(dict.fromkeys(found))
        note(visit, template, self.window.looks - looks, found)
        return [
            f"{visit.role} {visit.url} {width}: {fault} [{template}]"
            for width, fault in found
        ]

    def shows_something_new(self, visit: Visit, html: str) -> bool:
        """Whether the page holds what no page held before; each is looked at once.

        So is each role's head, on the front page.
        """
        page = ("page", name_of(visit.url.partition("?")[0]))
        is_fresh = self.known.add(page, *pieces(html))
        return is_fresh or visit.url == "/" or SWEEP_ALL

    def _on_screen(self, visit: Visit, width: int) -> list[str]:
        """What is wrong at this width.

        An untouched page is narrowed and keeps its colours. What lists and forms
        answer is looked at where it has the least room.
        """
        is_narrowed = self.window.untouched == visit.url and not SWEEP_ALL
        if is_narrowed:
            self.window.size(width)
        else:
            self.window.open(visit.url, width)
        faults = screen_faults(self.window, width, colours=not is_narrowed)
        if width == WIDTHS[0]:
            faults += word_faults(self.window.page.content())
        if width == WIDTHS[-1] or SWEEP_ALL:
            faults += self._after_filtering(visit, width)
            faults += self._after_sending(visit, width)
        return faults

    def _after_filtering(self, visit: Visit, width: int) -> list[str]:
        """What the list brings that htmx puts in."""
        page = self.window.page
        form = page.query_selector("form[hx-get]")
        name = name_of(visit.url.partition("?")[0])
        if not form or not self.is_new("filter", name, width):
            return []
        self.window.untouched = ""
        form.evaluate("(form) => form.requestSubmit()")
        self.window.settle()
        return [f"filtered: {fault}" for fault in screen_faults(self.window, width)]

    def _after_sending(self, visit: Visit, width: int) -> list[str]:
        """What a refused form shows."""
        window, faults = self.window, []
        for form in window.page.evaluate(FORMS):
            name = name_of(form["action"])
            if name in LEFT_ALONE or not self.is_new(name, form["deed"], width):
                continue
            window.posted, window.untouched = None, ""
            window.page.evaluate(SEND_EMPTY, form["number"])
            window.page.wait_for_timeout(30)
            window.settle()
            if window.posted is None or window.posted.status_code != 422:
                continue
            window.page.wait_for_load_state()
            window.settle()
            found = window.page.evaluate(SUMMARY_FOCUSED)
            found += screen_faults(window, width)
            found += word_faults(window.page.content())
            faults += [f"{name} sent empty: {fault}" for fault in found]
            window.open(visit.url, width)
        return faults


def name_of(path: str) -> str:
    """The name of the URL, without its object."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def note(visit: Visit, template: str, looks: int, found: list) -> None:
    """Keep what was found for the table."""
    if LINES:
        line = {
            "role": visit.role,
            "url": visit.url,
            "template": template,
            "looks": looks,
            "found": found,
        }
        with Path(LINES).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
