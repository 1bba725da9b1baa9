"""The report of whistles: what the rates count, whole rows, scope and filters."""

from datetime import timedelta

import pytest

from campaigns.models import WhistleResponse
from reports.exports import WHISTLES_REPORT
from reports.queries import Filters, reported_whistles
from reports.queries.whistles import RATED_FIGURES
from reports.whistle_rates import Question, total_of
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)
from tests.reports.cells import all_keys, cells_of, numbers
from tests.reports.whistle_table import (
    AS_OF,
    IN_OCTOBER,
    IN_SEPTEMBER,
    OCTOBER,
    SEPTEMBER,
    TOTAL,
    at,
    build,
)

pytestmark = pytest.mark.django_db
OFFICIALS = ["office_official", "committee_official"]


@pytest.fixture
def table():
    return build()


def counts(user, **filters):
    """Figure to the rows that are found by it."""
    return {
        figure: reported_whistles(
            user, Filters(state=figure, **filters), now=AS_OF
        ).count()
        for figure in RATED_FIGURES
    }


def figures(responses, first=None, last=None):
    total = total_of(Question(responses, first, last, AS_OF))
    return {figure: total.counts[figure] for figure in RATED_FIGURES}


@pytest.mark.any_database
def test_rows_by_figure_are_those_the_rates_count(table, office_official):
    rows = WhistleResponse.objects.all()
    unit = table.units["二局"]
    own = rows.filter(organization=unit)
    street = rows.filter(whistle__community__subdistrict=table.streets["东街"])

    user = office_official
    assert counts(user) == figures(rows)
    assert counts(user, **IN_SEPTEMBER) == figures(rows, SEPTEMBER, SEPTEMBER)
    assert counts(user, **IN_OCTOBER) == figures(rows, OCTOBER, OCTOBER)
    assert counts(user, organization=unit) == figures(own)
    assert counts(user, street=table.streets["东街"]) == figures(street)


@pytest.mark.any_database
def test_whistles_of_a_unit_are_those_it_was_asked_about(table, office_official):
    rows = reported_whistles(
        office_official, Filters(organization=table.units["三局"]), now=AS_OF
    )

    assert {row.title for row in rows} == {"fresh", "joint", "released", "returned"}


@pytest.mark.any_database
def test_all_whistles_tell_which_were_in_time_and_which_are_out(table, office_official):
    rows = list(reported_whistles(office_official, Filters(), now=AS_OF))

    told = [row.is_on_time for row in rows]
    assert (told.count(None), told.count(True)) == (13 - TOTAL[2], TOTAL[3])
    assert {"withdrawn", "merged"} <= {row.state for row in rows}


@pytest.mark.parametrize("name", OFFICIALS)
def test_whistles_overdue_are_those_whose_clock_ran_out(name, request):
    user, past = request.getfixturevalue(name), at("09-01 12:00")
    own = IssuedWhistleFactory(due_at=past)
    late = HandlingResponseFactory(due_at=past).whistle
    HandlingResponseFactory(due_at=None)
    IssuedWhistleFactory(state="withdrawn", due_at=past, ended_at=past)

    assert numbers(WHISTLES_REPORT, user, Filters(state="overdue")) == {
        own.pk,
        late.pk,
    }


def test_whistles_without_a_figure_go_by_the_days_of_issue(office_official):
    last = IssuedWhistleFactory(issued_at=at("09-30 23:59"))
    IssuedWhistleFactory(issued_at=at("10-01 00:00"))
    WhistleFactory()

    found = numbers(WHISTLES_REPORT, office_official, Filters(**IN_SEPTEMBER))

    assert found == {last.pk}
    state = Filters(state="dispatched")
    assert numbers(WHISTLES_REPORT, office_official, state) == set()


def test_whistles_are_empty_without_the_right(unit_official, organization):
    WhistleResponseFactory(organization=organization)

    assert numbers(WHISTLES_REPORT, unit_official, Filters()) == set()


def test_whistle_cells_follow_the_columns_without_the_resident(office_official):
    issued, ended = at("09-28 08:00"), at("09-30 16:00")
    response = DeliveredResponseFactory(
        whistle__state="closed",
        whistle__issued_at=issued,
        whistle__ended_at=ended,
        whistle__delivered_at=ended,
        whistle__rated_at=ended,
        whistle__resolution="partly",
        whistle__is_satisfied=False,
        whistle__reopened_count=1,
        whistle__returned_count=2,
        whistle__resident_consented=True,
        whistle__resident_name="示例居民",
        whistle__resident_phone="+8613800135678",
        asked_at=issued + timedelta(hours=1),
        clock_used=95,
        delivered_late=True,
    )
    whistle = response.whistle

    keys = all_keys(WHISTLES_REPORT)
    [cells] = cells_of(WHISTLES_REPORT, office_official, keys=keys)

    assert cells == [
        whistle.number,
        whistle.community.subdistrict.name,
        whistle.community.name,
        "环境卫生",
        "一般",
        whistle.title,
        issued,
        issued + timedelta(hours=1),
        None,
        ended,
        ended,
        False,
        "部分解决",
        False,
        "已办结",
        ended,
        95,
        2,
        1,
        None,
    ]
