"""Rows drawn from a template that is read once."""

from dataclasses import dataclass

import pytest
from django.template import engines
from django.template.loader import render_to_string

from core.templatetags import rows as module
from core.templatetags.rows import drawn

TEMPLATE = (
    '<li class="{% if row.is_full %}full{% endif %}" title="{{ row.name }}">'
    "{{ row.name }}{% if row.note %} ({{ row.note }} 100%){% endif %}</li>"
)


@dataclass(frozen=True)
class Row:
    name: str
    note: str
    is_full: bool


@pytest.fixture
def template(settings):
    loaders = [("django.template.loaders.locmem.Loader", {"row.html": TEMPLATE})]
    engine = settings.TEMPLATES[0] | {"APP_DIRS": False}
    engine["OPTIONS"] = engine["OPTIONS"] | {"loaders": loaders}
    settings.TEMPLATES = [engine]
    module._skeleton.cache_clear()
    yield engines["django"]
    module._skeleton.cache_clear()


def test_rows_are_drawn_as_the_template_draws_each(template):
    rows = [
        Row("<b>甲</b>", "'1' & \"2\"", is_full=True),
        Row("{{ 乙 }}", "", is_full=False),
        Row("丙 %s", "三", is_full=False),
        Row("\ue0001\ue001", "四", is_full=True),
    ]

    one_by_one = [render_to_string("row.html", {"row": row}) for row in rows]

    assert drawn("row.html", rows) == "".join(one_by_one)
    assert drawn("row.html", []) == ""
