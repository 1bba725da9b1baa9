"""The promises of docs/design.md that can be computed."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
COLOURS = dict(re.findall(r"--([\w-]+): (#\w+);", TOKENS.split("@media")[0]))
TEXTS = ["ink", "ink-2", "ink-3", "red", "red-deep", "leaf", "river", "amber"]
GROUNDS = ["surface", "paper", "sunken"]
TINTS = [("red-deep", "red"), ("leaf", "leaf"), ("river", "river"), ("amber", "amber")]
EVENTS = r"on(?:click|change|input|submit|load|error|focus|blur|key\w+|mouse\w+)"
INLINE = re.compile(
    rf"\s(?:style|{EVENTS}|hx-on[\w:-]*)\s*=|<style|<script(?![^>]*\ssrc=)", re.I
)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted(
        (_luminance(COLOURS[one]), _luminance(COLOURS[other])), reverse=True
    )
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_on_ground_is_readable(text, ground):
    assert _contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("text", "tint"), TINTS)
def test_text_on_its_tint_is_readable(text, tint):
    assert _contrast(text, f"{tint}-tint") >= 4.5


@pytest.mark.parametrize("line", ["rule-strong", "focus"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_control_border_and_focus_ring_are_visible(line, ground):
    assert _contrast(line, ground) >= 3


def test_templates_hold_nothing_the_content_policy_refuses():
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    # Papers become PDF; no browser sees them.
    templates = [path for path in templates if path.parent.name != "papers"]

    found = [path.name for path in templates if INLINE.search(path.read_text())]

    assert templates
    assert found == []
