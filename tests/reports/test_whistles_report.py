"""The report of whistles: what the rates count, whole rows, scope and filters."""

from datetime import date

import pytest

from campaigns.models import WhistleResponse
from reports.queries import Filters
from reports.queries.whistles import reported_whistles
from reports.whistle_rates import OF_RESPONSES, Figure, Question, total_of
from tests.reports.whistle_table import AS_OF, TOTAL, build

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
MONTHS = {
    "all": ({}, None, None),
    "september": (
        {"starts_on": SEPTEMBER, "ends_on": date(2026, 9, 30)},
        SEPTEMBER,
        SEPTEMBER,
    ),
    "october": (
        {"starts_on": OCTOBER, "ends_on": date(2026, 10, 31)},
        OCTOBER,
        OCTOBER,
    ),
}
FIGURES = [figure for figure in Figure if figure not in OF_RESPONSES]


@pytest.fixture
def table():
    return build()


def titles(rows):
    return {row.title for row in rows}


@pytest.mark.parametrize("month", MONTHS)
def test_rows_by_figure_are_those_the_rates_count(month, table, office_official):
    days, first, last = MONTHS[month]
    total = total_of(Question(WhistleResponse.objects.all(), first, last, AS_OF))

    counts = {
        figure: reported_whistles(
            office_official, Filters(state=figure.value, **days), now=AS_OF
        ).count()
        for figure in FIGURES
    }

    assert counts == {figure: total.counts[figure] for figure in FIGURES}
    assert any(counts.values())


def test_rows_of_a_unit_by_figure_are_those_the_rates_count(table, office_official):
    unit = table.units["二局"]
    own = WhistleResponse.objects.filter(organization=unit)
    total = total_of(Question(own, None, None, AS_OF))

    counts = {
        figure: reported_whistles(
            office_official, Filters(state=figure.value, organization=unit), now=AS_OF
        ).count()
        for figure in FIGURES
    }

    assert counts == {figure: total.counts[figure] for figure in FIGURES}


def test_column_on_time_adds_up_to_the_rates(table, office_official):
    rows = reported_whistles(office_official, Filters(), now=AS_OF)

    told = [row.is_on_time for row in rows]

    assert (told.count(None), told.count(True)) == (13 - TOTAL[2], TOTAL[3])
