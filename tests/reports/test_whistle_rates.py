"""Rates of whistles: equal to a hand-made table, within the scope, with their rows."""

import re

import pytest
from django.http import QueryDict

from campaigns.models import WhistleResponse
from reports import views_whistles
from reports.forms_whistles import WhistleRateRowsForm
from reports.whistle_rates import (
    Figure,
    Question,
    Rate,
    rates_by,
    rows_behind,
    total_of,
)
from tests.factories.communities import MembershipFactory
from tests.factories.whistles import DeliveredResponseFactory
from tests.reports.whistle_table import AS_OF, COUNTED, EXPECTED, TOTAL, at, build

pytestmark = pytest.mark.django_db
URL = "/overview/whistles/"
LINK = re.compile(r'<a href="[^"]+rows/\?([^"]+)">(?:<span[^>]*>[^<]*</span>)?(\d+)<')


@pytest.fixture
def table():
    return build()


@pytest.fixture
def on_the_day(monkeypatch):
    """The pages look at the table on its day."""
    monkeypatch.setattr(views_whistles.timezone, "now", lambda: AS_OF)


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def figures(row):
    return [row.counts[name] for name in COUNTED]


def by_label(rows):
    return {row.label: figures(row) for row in rows}


def links(response):
    """The queries of the page's figures, with the figure each of them shows.

    The tab that is left makes no difference to the rows.
    """
    return {
        re.sub("by=[a-z]+&amp;", "", query).replace("&amp;", "&"): int(figure)
        for query, figure in LINK.findall(response.text)
    }


def rows_counted(query):
    """How many rows stand behind a link to somebody who sees all."""
    everything = WhistleResponse.objects.order_by()
    form = WhistleRateRowsForm(QueryDict(query), responses=everything, now=AS_OF)
    assert form.is_valid(), form.errors
    rows = rows_behind(form.question, Figure(form.cleaned_data["figure"]))
    return rows.count()


def test_rates_equal_the_hand_made_table(table):
    question = Question(WhistleResponse.objects.all(), None, None, AS_OF)

    found = {group: by_label(rates_by(question, group)) for group in EXPECTED}

    assert found == EXPECTED
    assert figures(total_of(question)) == TOTAL


def test_every_figure_opens_as_many_rows(table, on_the_day, office):
    shown = {}
    for group in EXPECTED:
        shown |= links(office.get(URL, {"by": group}))

    counts = {query: rows_counted(query) for query in shown}

    assert counts == shown
    rows = [row for group in EXPECTED.values() for row in group.values()]
    figures_shown = [figure for row in rows for figure in row if figure]
    assert len(shown) == len(figures_shown) + len(TOTAL)


def test_months_leave_out_what_lies_before_and_after(table, on_the_day, office):
    response = office.get(URL, {"first": "2026-09", "last": "2026-09", "by": "unit"})

    assert by_label(response.context["page"]) == {
        "一局": [2, 1, 2, 2, 1, 1, 1, 1],
        "二局": [1, 1, 0, 0, 0, 0, 0, 0],
    }
    assert figures(response.context["total"]) == EXPECTED["month"]["2026年9月"]


def test_unit_sees_figures_of_its_own_responses_alone(table, on_the_day, signed_in):
    member = MembershipFactory(role="unit", organization=table.units["三局"])

    page = signed_in(member.user).get(URL)

    own = EXPECTED["unit"]["三局"]
    assert by_label(page.context["page"]) == {"三局": own}
    assert figures(page.context["total"]) == own
    assert "二局" not in page.text


@pytest.mark.parametrize(
    ("role", "name", "group"),
    [("community", "甲", "community"), ("street", "东街", "street")],
    ids=["community", "street"],
)
def test_place_sees_figures_of_its_own_whistles(
    role, name, group, table, on_the_day, signed_in
):
    place = table.communities["甲"] if role == "community" else table.streets[name]
    scope = {"community" if role == "community" else "subdistrict": place}
    member = MembershipFactory(role=role, **scope)

    page = signed_in(member.user).get(URL, {"by": group})

    assert by_label(page.context["page"]) == {name: EXPECTED[group][name]}
    assert figures(page.context["total"]) == EXPECTED[group][name]


def test_foreign_unit_is_no_choice(table, signed_in):
    member = MembershipFactory(role="unit", organization=table.units["三局"])
    foreign = table.units["一局"].pk

    client = signed_in(member.user)
    answers = [
        client.get(url, {"unit": foreign, "figure": "due"}).status_code
        for url in (URL, f"{URL}rows/")
    ]

    assert answers == [422, 422]


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, "—"), (0, 3, "0.0%"), (2, 3, "66.7%"), (1, 16, "6.3%"), (7, 7, "100.0%")],
)
def test_percent_has_one_decimal_or_a_dash(part, whole, percent):
    assert Rate("", Figure.IN_TIME, Figure.DUE, part, whole).percent == percent


def test_table_without_whistles_says_what_comes(office):
    response = office.get(URL)

    assert (response.status_code, "还没有可统计的吹哨" in response.text) == (200, True)


def test_months_the_wrong_way_round_are_refused(table, on_the_day, office):
    response = office.get(URL, {"first": "2026-10", "last": "2026-09"})

    assert response.status_code == 422


def test_filter_renews_the_table_alone(table, on_the_day, office):
    response = office.get(URL, headers={"HX-Request": "true"})

    assert (response.status_code, "<html" in response.text) == (200, False)


@pytest.mark.parametrize("count", [1, 3])
def test_table_asks_as_often_for_more_units(count, office, django_assert_num_queries):
    DeliveredResponseFactory.create_batch(
        count, whistle__state="closed", whistle__ended_at=at("09-30 10:00")
    )

    with django_assert_num_queries(13):
        assert office.get(URL).status_code == 200


def rows_page(client, figure):
    """What the rows behind a figure of the whole say, without its line breaks."""
    page = client.get(f"{URL}rows/", {"figure": figure})
    return page, " ".join(page.text.split())


def test_rows_of_responses_name_the_moments_that_decided(table, on_the_day, office):
    _page, text = rows_page(office, "due")

    silent = table.whistles["silent"]
    assert silent.number in text
    assert "应响应：2026年10月9日 12:00" in text
    assert "应响应：2026年9月29日 12:00</span> <span>接单：2026年9月29日 12:01" in text
    badges = ("按时响应", "超时接单", "超时未接单")
    assert [text.count(f"{badge}<") for badge in badges] == [8, 2, 2]


def test_rows_of_whistles_name_the_moments_that_decided(table, on_the_day, office):
    _page, text = rows_page(office, "closed")

    assert "交付：2026年10月13日 10:00" in text
    assert "办结：2026年9月30日 23:59" in text
    words = ("超时交付<", "未评价<", "部分解决 · 满意", "未解决 · 不满意")
    assert [text.count(word) for word in words] == [2, 2, 1, 1]


def test_rows_of_a_unit_name_no_other_unit(table, on_the_day, signed_in):
    member = MembershipFactory(role="unit", organization=table.units["二局"])

    _page, text = rows_page(signed_in(member.user), "closed")

    assert ("joint" in text, "三局" in text, "超时交付" in text) == (True, False, False)


@pytest.mark.parametrize("figure", ["due", "closed"])
@pytest.mark.parametrize("count", [1, 3])
def test_rows_ask_as_often_for_more(count, figure, office, django_assert_num_queries):
    DeliveredResponseFactory.create_batch(
        count, whistle__state="closed", whistle__ended_at=at("09-30 10:00")
    )

    with django_assert_num_queries({"due": 7, "closed": 8}[figure]):
        assert len(rows_page(office, figure)[0].context["page"]) == count
