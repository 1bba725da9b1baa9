"""Markdown to HTML: what it makes, and what never comes out of it."""

import pytest

from core.markdown import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# 倡议", "<h2>倡议</h2>\n"),
        ("##### 小节\n###### 更小", "<h6>小节</h6>\n<h6>更小</h6>\n"),
        ("第一行\n第二行", "<p>第一行<br>\n第二行</p>\n"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n"),
        ("**要**_求_", "<p><strong>要</strong><em>求</em></p>\n"),
        ("3. 三", '<ol start="3">\n<li>三</li>\n</ol>\n'),
        (
            "[通知](https://portal.example.cn/a)",
            '<p><a href="https://portal.example.cn/a" '
            'rel="noopener noreferrer nofollow">通知</a></p>\n',
        ),
    ],
    ids=["heading", "deepest", "line", "list", "emphasis", "start", "link"],
)
def test_markdown_becomes_html(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![图](https://tracker.example/p.png)",
        "[点我](javascript:alert(1))",
        "[点我](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='jav&#x61;script:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "<style>body{display:none}</style>",
        "<iframe src=https://example.com></iframe>",
        '[x](https://example.com "a\\" onmouseover=alert(1)")',
        '<https://example.com/" onclick=alert(1)>',
        "| a |\n|---|\n| <b onclick=x> |",
        "```html\n<script>x</script>\n```",
    ],
)
def test_markdown_makes_nothing_that_acts(text):
    html = render_markdown(text)

    for forbidden in ("<script", "<img", "<svg", "<style", "<iframe", "<b "):
        assert forbidden not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert not any(f"{name}=" in tag_of(html) for name in ("onclick", "onmouseover"))


def tag_of(html):
    """The inside of the tags, where an attribute would act; texts are left out."""
    inside = []
    for piece in html.split("<")[1:]:
        head = piece.partition(">")[0]
        inside.append(" ".join(part for part in head.split('"')[::2]))
    return " ".join(inside)
