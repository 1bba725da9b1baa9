"""Selects drawn without templates look exactly like Django's own."""

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from core.forms import PortalFormRenderer

HOSTILE = '"><script>x</script>&'
CHOICES = [
    ("", "请选择"),
    ("东铺头街道" + HOSTILE, [(1, "龙江社区"), (2, HOSTILE)]),
    (HOSTILE, "其他"),
]


@pytest.mark.parametrize("value", [None, "", 2, HOSTILE])
@pytest.mark.parametrize(
    "widget",
    [
        forms.Select(choices=CHOICES),
        forms.Select(choices=CHOICES, attrs={"required": True, "title": HOSTILE}),
        forms.SelectMultiple(choices=CHOICES, attrs={"disabled": False}),
    ],
    ids=["plain", "attributes", "multiple"],
)
def test_select_is_drawn_as_django_draws_it(widget, value):
    values = [value] if isinstance(widget, forms.SelectMultiple) else value

    ours = widget.render("place", values, renderer=PortalFormRenderer())

    theirs = widget.render("place", values, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)


def test_choice_without_words_asks_to_choose():
    widget = forms.Select(choices=BLANK_CHOICE_DASH)

    drawn = widget.render("place", None, renderer=PortalFormRenderer())

    assert "请选择" in drawn
    assert "---" not in drawn
