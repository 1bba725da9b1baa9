"""Each check of the sweep finds what is planted in a page."""

import pytest
from csp.utils import build_policy
from django.http import HttpResponse

from tests.live.browser import chromium
from tests.sweep.browser import Window
from tests.sweep.checks import frame_faults, word_faults
from tests.sweep.known import Known
from tests.sweep.look import Sweep
from tests.sweep.visits import Visit

pytestmark = pytest.mark.live

PAGE = """<!doctype html><html lang="zh-Hans"><head><title>示例页面</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<header><a href="/">首页</a></header><main><h1>示例页面</h1>%s</main></body></html>"""
REFUSED_FORM = """<form method="post" action="/sent/"><label>姓名 <input name="name">
</label><button>提交</button></form>"""


class Paper:
    """Answers every request as it was told, in place of the portal."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str]] = {}

    def ask(self, _role: str, path: str, *_rest: object, **_headers: str):
        status, html = self.pages.get(path, (404, ""))
        response = HttpResponse(html, status=status)
        response["Content-Security-Policy"] = build_policy()
        response.whole = response.content
        return response


@pytest.fixture(scope="module")
def window():
    with chromium() as browser:
        yield Window(browser, Paper())


@pytest.fixture
def faults_with(window, tmp_path, monkeypatch):
    """What the sweep finds in a page that holds the given HTML."""
    monkeypatch.setattr("tests.sweep.look.LINES", "")  # no page of the portal

    def faults(html: str, **pages: str) -> list[str]:
        window.desk.pages = {"/page/": (200, PAGE % html)}
        window.desk.pages |= {
            f"/{at}/": (422, PAGE % text) for at, text in pages.items()
        }
        return Sweep(window, Known(tmp_path / "known")).look_at(
            Visit("volunteer", "/page/")
        )

    return faults


def test_sound_page_has_no_fault(faults_with):
    assert faults_with("<p>没有问题。</p>") == []


BAR = '<svg width="{}" height="9" role="img" aria-label="图"></svg>'


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<input name="name">', "axe label"),
        ('<p><font color="#dddddd">太浅的字</font></p>', "1440: axe color-contrast"),
        ('<p style="color: red">红字</p>', "policy style-src-attr"),
        ("<style>p { color: red }</style>", "policy style-src-elem"),
        ("<script>window.planted = 1</script>", "policy script-src-elem"),
        ('<script src="/static/no-such.js"></script>', "no such file"),
        ('<img src="/no-such.png" alt="图">', "404 for /no-such.png"),
        ('<img src="https://example.invalid/a.png" alt="图">', "policy img-src"),
        ("<p>请 sign in 后再看。</p>", "English: in sign"),
        ('<button aria-label="Close">×</button>', "English: close"),
        ("<h1>又一个标题</h1>", "2 h1"),
        (BAR.format(700), "360: 3"),
        (BAR.format(340), "360: at 320"),
    ],
)
def test_planted_fault_is_found(html, fault, faults_with):
    found = faults_with(html)

    assert any(fault in line for line in found), found
    assert all(line.startswith("volunteer /page/ ") for line in found)


def test_small_targets_beside_each_other_are_found(faults_with):
    dot = '<svg width="9" height="9" aria-hidden="true"></svg>'

    found = faults_with(
        "".join(f'<a href="/{n}/" aria-label="第{n}个">{dot}</a>' for n in range(3))
    )

    assert any("axe target-size" in line for line in found), found


def test_sent_form_without_a_summary_is_found(faults_with):
    found = faults_with(REFUSED_FORM, sent="<p>还不能提交。</p>")

    assert any("no summary with the focus" in line for line in found), found


def test_fault_of_a_refused_form_is_found(faults_with):
    found = faults_with(REFUSED_FORM, sent="<p>Required</p><input>")

    assert any("sent empty: axe label" in line for line in found), found
    assert any("sent empty: English: required" in line for line in found), found


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (PAGE.replace("zh-Hans", "en") % "", "no Chinese lang"),
        (PAGE.replace("示例页面</title>", "Page</title>") % "", "title 'Page'"),
        (PAGE % '<script src="/a.js"></script>' * 3, "3 scripts"),
        (PAGE % ('<link rel="stylesheet" href="/a.css">' * 2), "2 style sheets"),
    ],
)
def test_fault_of_the_frame_is_named(html, fault):
    assert any(fault in line for line in frame_faults(html))


def test_words_in_other_languages_that_say_so_may_stand():
    assert word_faults('<html lang="zh"><p lang="en">Scan me</p><code>GET</code>') == []


def test_places_that_a_name_fills_may_stand():
    assert word_faults('<html lang="zh"><p>“%(place)s”的班次</p>') == []
