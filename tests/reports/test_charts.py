"""The geometry of charts, and how they are drawn."""

import re

import pytest
from django.template.loader import render_to_string

from reports.charts import MONTHS_SHOWN, WIDTH, Line, bar_chart, column_chart

pytestmark = pytest.mark.any_database
WORDS = {"title": "图", "gist": "要点"}


def bars(*values, **more):
    lines = [Line(f"第{n}街道", each, "") for n, each in enumerate(values)]
    return bar_chart("one", lines=lines, **WORDS, **more)


def widths(chart):
    return [[piece.width for piece in bar.pieces] for bar in chart.bars]


def test_parts_of_a_bar_stand_side_by_side_in_different_patterns():
    [bar] = bars((3, 1)).bars

    assert [(p.x, p.width, p.pattern) for p in bar.pieces] == [
        (0, 255, "full"),
        (255, 85, "hollow"),
    ]


def test_bars_are_measured_by_the_longest_line_or_by_the_whole():
    assert widths(bars((4,), (2,))) == [[340], [170]]
    assert widths(bars((4,), (2,), whole=8)) == [[170], [85]]


def test_what_is_little_can_be_seen_and_nothing_is_left_out():
    assert widths(bars((0, 1, 10_000), (0, 0, 0))) == [[2, 338]]


def test_months_beyond_the_last_twelve_are_left_out():
    lines = [Line(f"{n}月", (n,), str(n)) for n in range(30)]

    chart = column_chart("one", lines=lines, **WORDS)

    assert [bar.text for bar in chart.bars] == [str(n) for n in range(18, 30)]
    assert len(chart.bars) == MONTHS_SHOWN


@pytest.mark.parametrize("values", [[], [0, 0], [5], [1, 900, 3]])
def test_columns_stay_inside_the_drawing(values):
    lines = [Line("5月", (value,), str(value)) for value in values]

    chart = column_chart("one", lines=lines, **WORDS)

    pieces = [piece for bar in chart.bars for piece in bar.pieces]
    assert len(pieces) == sum(map(bool, values))
    assert all(p.y >= 15 and p.y + p.height == chart.base for p in pieces)
    assert all(p.x >= 0 and p.x + p.width <= WIDTH for p in pieces)


def test_drawn_chart_says_its_gist_and_its_patterns_without_inline_style():
    chart = bars((3, 1, 2), parts=("已结对", "未结对", "不适用"))

    html = render_to_string("components/chart_bars.html", {"chart": chart})

    assert 'role="img"' in html
    assert '<title id="chart-one-title">图</title>' in html
    assert '<desc id="chart-one-gist">要点</desc>' in html
    assert 'fill="url(#chart-one-hatch)"' in html
    assert re.findall(r">(已结对|未结对|不适用)<", html) == [
        "已结对",
        "未结对",
        "不适用",
    ]
    assert "style=" not in html
