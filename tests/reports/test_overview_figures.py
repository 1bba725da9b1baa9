"""Every figure of the overview opens its rows, and the export has the same."""

import csv
import html
import io
import re
from decimal import Decimal

import pytest

from tests.reports.overview_world import small_campaign

pytestmark = pytest.mark.django_db
URL = "/overview/"
STAT = re.compile(
    r'<a class="stat" href="(?P<url>[^"]+)">\s*<span class="stat__label">'
    r'(?P<label>[^<]+).*?stat__figure">(?P<text>[^<]+)<',
    re.S,
)
CELL = re.compile(
    r'data-label="(?P<label>[^"]+)"><a href="(?P<url>[^"]+)">(?P<text>[^<]+)<'
)
SECTION = re.compile(
    r'<section class="stack overview-section" id="([a-z-]+)".*?</section>', re.S
)
# What a figure sums up, and the column of the export that holds it.
SUMMED = {"确认时长（小时）": "分钟", "已占名额": "报名人数", "到场人次": "到场人数"}
CONCERNS = [
    "coverage",
    "pairings",
    "report-ins",
    "leaders",
    "whistles",
    "overdue",
    "hours",
]


@pytest.fixture
def world(db):
    return small_campaign()


@pytest.fixture
def office(signed_in, office_official, unrecorded):
    return signed_in(office_official)


def sections(text):
    return {found[1]: found[0] for found in SECTION.finditer(text)}


def figures(section):
    """Label, address and number of all that a section says, each once."""
    return {
        (found["label"], html.unescape(found["url"]), found["text"].strip())
        for pattern in (STAT, CELL)
        for found in pattern.finditer(section)
    }


def number_shown(client, url):
    """How many rows the page behind a figure says it has."""
    response = client.get(url)
    assert response.status_code == 200, url
    total = re.search(r"共 ([\d,]+) 条", response.text)
    return int(total[1].replace(",", "")) if total else 0


def exported(client, url):
    """The rows of the CSV file of a report's page."""
    path, _mark, query = url.partition("?")
    response = client.get(f"{path}export.csv?{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("concern", CONCERNS)
def test_every_figure_equals_its_rows_and_their_export(concern, world, office):
    found = figures(sections(office.get(URL).text)[concern])

    assert len(found) >= 4
    assert any(text != "0" for _label, _url, text in found)
    for label, url, text in found:
        number = Decimal(text.replace(",", ""))
        shown = number_shown(office, url)
        rows = exported(office, url) if url.startswith("/reports/") else None
        if label not in SUMMED:
            assert shown == number, (label, url)
        if rows is not None:
            assert len(rows) == shown, (label, url)
        if label in SUMMED:
            total = sum(int(row[SUMMED[label]]) for row in rows)
            assert number == (Decimal(total) / 60 if label[0] == "确" else total), url


@pytest.mark.parametrize("concern", CONCERNS)
def test_figures_under_filters_equal_their_rows(concern, world, office):
    query = f"street={world.streets[0].pk}&organization={world.root.pk}"

    found = figures(sections(office.get(f"{URL}?{query}").text)[concern])

    for label, url, text in found:
        if label not in SUMMED:
            assert number_shown(office, url) == int(text), (label, url)
