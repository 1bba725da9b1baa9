"""What a line about files taken away says besides who, when and which."""

from typing import Any

from django.utils.translation import gettext_lazy

# By their names in the line's data, in the order in which they are shown.
LABELS = {
    "title": gettext_lazy("报表"),
    "format": gettext_lazy("格式"),
    "rows": gettext_lazy("行数"),
    "purpose": gettext_lazy("用途"),
}
FORMATS = {"print": gettext_lazy("打印")}


def facts_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Labels and values that are known by name; those of a request are its own."""
    asked = data.get("parameters")
    known = {**(asked if isinstance(asked, dict) else {}), **data}
    return [
        (str(label), _shown(name, known[name]))
        for name, label in LABELS.items()
        if known.get(name) not in (None, "")
    ]


def _shown(name: str, value: Any) -> str:
    if name == "format":
        return str(FORMATS.get(value, str(value).upper()))
    return str(value)
