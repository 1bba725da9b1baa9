"""The report of units asked: what the rates count, whole rows, scope and states."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import WhistleResponse
from reports.exports import WHISTLE_RESPONSES
from reports.queries import Filters, reported_responses
from reports.queries.whistles import ANSWER_FIGURES
from reports.whistle_rates import Question, total_of
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    WhistleEntryFactory,
    WhistleExtensionFactory,
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


@pytest.fixture
def table():
    return build()


def counts(user, **filters):
    return {
        figure: reported_responses(
            user, Filters(state=figure, **filters), now=AS_OF
        ).count()
        for figure in ANSWER_FIGURES
    }


def figures(responses, first=None, last=None):
    total = total_of(Question(responses, first, last, AS_OF))
    return {figure: total.counts[figure] for figure in ANSWER_FIGURES}


@pytest.mark.any_database
def test_responses_by_figure_are_those_the_rates_count(table, office_official):
    rows = WhistleResponse.objects.all()
    unit = table.units["二局"]
    own = rows.filter(organization=unit)

    user = office_official
    assert counts(user) == figures(rows)
    assert counts(user, **IN_SEPTEMBER) == figures(rows, SEPTEMBER, SEPTEMBER)
    assert counts(user, **IN_OCTOBER) == figures(rows, OCTOBER, OCTOBER)
    assert counts(user, organization=unit) == figures(own)


@pytest.mark.any_database
def test_column_in_time_adds_up_to_the_rates(table, office_official):
    rows = reported_responses(office_official, Filters(), now=AS_OF)

    told = [row.is_in_time for row in rows]

    due, in_time = TOTAL[:2]
    assert (told.count(True), told.count(False)) == (in_time, due - in_time)
    assert None in told


def test_responses_overdue_are_open_ones_whose_clock_ran_out(office_official):
    past = timezone.now() - timedelta(days=1)
    asked = WhistleResponseFactory(due_at=past)
    handled = HandlingResponseFactory(due_at=past)
    WhistleResponseFactory(state="released", due_at=past)
    WhistleResponseFactory(due_at=timezone.now() + timedelta(days=1))

    found = numbers(WHISTLE_RESPONSES, office_official, Filters(state="overdue"))

    assert found == {asked.pk, handled.pk}


def test_responses_are_empty_without_the_right(unit_official, organization):
    WhistleResponseFactory(organization=organization)

    assert numbers(WHISTLE_RESPONSES, unit_official, Filters()) == set()


def test_delivered_cells_follow_the_columns(office_official):
    asked, done = at("09-28 08:00"), at("09-29 10:00")
    response = DeliveredResponseFactory(
        asked_at=asked, accept_due_at=done, delivered_at=done, clock_used=95
    )
    extension = WhistleExtensionFactory(response=response, state="granted")
    whistle, organization = response.whistle, response.organization

    keys = all_keys(WHISTLE_RESPONSES)
    [cells] = cells_of(WHISTLE_RESPONSES, office_official, keys=keys)

    assert cells == [
        whistle.number,
        whistle.community.subdistrict.name,
        whistle.community.name,
        "环境卫生",
        organization.name,
        organization.unit_name,
        asked,
        done,
        done,
        True,
        "已交付",
        None,
        done,
        False,
        extension.until,
        "已同意",
        95,
        True,
        whistle.title,
        "一般",
    ]


def test_returned_cells_tell_why_and_are_in_no_rate(office_official):
    response = WhistleResponseFactory(state="returned", clock_used=30)
    WhistleEntryFactory(
        whistle=response.whistle, response=response, kind="returned", text="示例理由"
    )
    keys = ["is_in_time", "return_reason", "is_late", "handled_minutes"]

    [cells] = cells_of(WHISTLE_RESPONSES, office_official, keys=keys)

    assert cells == [None, "示例理由", None, None]
