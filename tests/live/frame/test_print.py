"""What comes out of the printer: sheets of A4 with numbers and no navigation."""

import io

import pytest
from pypdf import PdfReader

from tests.live.papers import text_of

A4 = (595, 842)
NAVIGATION = ("主导航", "退出登录", "返回", "更多栏目", "跳到正文")


def printed(person, path):
    """The sheets of this page, as read from the paper."""
    person.page.goto(path)
    paper = person.page.pdf(prefer_css_page_size=True, print_background=False)
    return PdfReader(io.BytesIO(paper)).pages


def size_of(sheet):
    return tuple(round(float(side)) for side in sheet.mediabox[2:])


def found(person, path, *links):
    """Where one gets from `path` by the first of each of these links."""
    for link in links:
        person.page.goto(path)
        path = person.page.locator(f"main a{link}").first.get_attribute("href")
    return path


@pytest.mark.parametrize(
    ("name", "way", "lies"),
    [
        ("unit", ["/me/hours/"], False),
        ("unit", ["/desk/", "[href$='/roll/']"], False),
        (
            "unit",
            [
                "/organizations/?text=区委宣传部党总支",
                "[href^='/organizations/']:has-text('党总支')",
                "[href$='/ledger/']",
            ],
            False,
        ),
        ("office", ["/overview/"], False),
        ("office", ["/reports/activities/print/"], True),
    ],
    ids=["hours", "roll", "ledger", "overview", "report"],
)
def test_paper_is_a4_with_page_numbers_and_nothing_to_click(person, name, way, lies):
    someone = person(name)
    sheets = printed(someone, found(someone, *way))

    expected = A4[::-1] if lies else A4
    assert {size_of(sheet) for sheet in sheets} == {expected}
    texts = [text_of(sheet) for sheet in sheets]
    count = len(texts)
    assert [
        number
        for number, text in enumerate(texts, 1)
        if f"第{number}页·共{count}页" not in text
    ] == []
    assert [word for word in NAVIGATION if word in "".join(texts)] == []
    assert "打印" in texts[-1]


def test_table_of_a_report_has_its_head_on_each_sheet(person):
    sheets = printed(person("office"), "/reports/activities/print/")

    assert len(sheets) > 1
    assert [sheet for sheet in sheets if "活动名称" not in text_of(sheet)] == []


def test_sum_of_the_hours_stands_once_below_the_last_row(person):
    texts = [text_of(sheet) for sheet in printed(person("volunteer"), "/me/hours/")]

    assert len(texts) > 1
    assert "".join(texts).count("已确认合计") == 2  # the figure above the table, too


def test_paper_is_the_same_with_large_letters(person):
    official = person("unit")
    usual = [len(text_of(sheet)) for sheet in printed(official, "/desk/activities/")]
    official.page.get_by_role("button", name="大字").click()

    large = [len(text_of(sheet)) for sheet in printed(official, "/desk/activities/")]

    assert large == usual
