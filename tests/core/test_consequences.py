"""Pages that ask for an act with no way back say first what follows."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = settings.BASE_DIR / "templates"
ITSELF = "components/consequences.html"
LINES = ["需求不再开放认领。", "撤回后不能恢复。"]


def asking_templates():
    """The forms whose button is dangerous when the view gave consequences."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text("utf-8")
        if re.search(r"{% if (words\.)?consequences %}btn--danger", text):
            yield pytest.param(text, id=str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("text", list(asking_templates()))
def test_consequences_stand_before_the_fields(text):
    fields = text.index("components/form.html")
    assert 0 < text.index(ITSELF) < fields < text.index("btn--danger")


def test_every_consequence_is_a_point_of_the_list():
    html = render_to_string(ITSELF, {"consequences": LINES, "hint": "不会出现"})

    assert re.findall("<li>(.*?)</li>", html) == LINES
    assert "不会出现" not in html


def test_hint_stands_alone_where_nothing_is_lost():
    html = render_to_string(ITSELF, {"hint": "写明成效后项目即告完成。"})

    assert "<p>写明成效后项目即告完成。</p>" in html
    assert "<ul>" not in html
