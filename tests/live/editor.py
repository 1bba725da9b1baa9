"""An organiser who changes a shift through its form, as a browser sends it."""

from html.parser import HTMLParser

from scripts.crowd import Person, Reply


class _Fields(HTMLParser):
    """What a browser would send of the form that has the field `having`."""

    def __init__(self, page: str, having: str) -> None:
        super().__init__()
        self.having = having
        self.values: dict[str, str] = {}
        self.open: dict[str, str] = {}
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "form":
            self.open = {}
        elif tag == "input" and name:
            kind = values.get("type")
            if kind not in {"checkbox", "radio", "submit"} or "checked" in values:
                self.open[name] = values.get("value") or ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in values:
            self.open[self.select] = values.get("value") or ""
        elif tag == "textarea":
            self.open[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.having in self.open:
            self.values = self.open


def change_capacity(editor: Person, shift: int, capacity: int) -> Reply:
    """Open the form, change the places, and say that the last to come move down."""
    path = f"/desk/shifts/{shift}/edit/"
    fields = _Fields(editor.get(path).body, "capacity").values
    fields.pop("csrfmiddlewaretoken", None)
    changes = {"capacity": capacity, "gives_way": "latest"}
    return editor.post(path, {**fields, **changes})
