"""What the filter form takes and what it refuses."""

from datetime import date

import pytest
from django.http import QueryDict

from campaigns.models import Pillar
from reports.exports import ACTIVITIES, HONORS
from reports.forms import ReportForm
from reports.queries import Filters
from reports.queries.asked import Period
from tests.factories.communities import OrganizationFactory

TODAY = date(2026, 3, 1)


@pytest.fixture
def form_for(office_official):
    """The form of the activities report over the given query."""

    def build(report=ACTIVITIES, **data):
        query = QueryDict(mutable=True)
        for name, value in data.items():
            query.setlist(name, value if isinstance(value, list) else [str(value)])
        return ReportForm(query, user=office_official, report=report, today=TODAY)

    return build


def test_form_without_values_narrows_nothing(form_for):
    form = form_for()

    assert form.is_valid()
    assert form.filters == Filters()
    assert form.in_words() == "全部记录"


def test_form_cleans_to_filters(form_for, organization):
    pillar = Pillar.objects.get(code="duty")

    form = form_for(
        pillar=pillar.pk,
        organization=organization.pk,
        organization_text=" 示例 ",
        starts_on="2026-03-01",
        ends_on="2026-03-01",
        state="approved",
    )

    assert form.is_valid()
    assert form.filters == Filters(
        pillar=pillar,
        organization=organization,
        organization_text="示例",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 1),
        state="approved",
    )


def test_form_says_its_filters_in_words_and_for_the_log(form_for, organization):
    form = form_for(
        organization=organization.pk, ends_on="2026-03-01", state="approved"
    )
    form.is_valid()

    assert form.in_words() == (
        f"党组织（含下级）：{organization}；至（含当日）：2026-03-01；状态：已通过"
    )
    assert form.plain_values() == {
        "organization": organization.pk,
        "ends_on": "2026-03-01",
        "state": "approved",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("campaign", "abc"),
        ("pillar", "99999999999999999999999"),
        ("organization", "0"),
        ("organization", "1 OR 1=1"),
        ("organization_text", "字" * 51),
        ("organization_text", "党\u200b组织"),
        ("starts_on", "0001-01-01"),
        ("starts_on", "2026-02-30"),
        ("ends_on", "9999-12-31"),
        ("ends_on", "昨天"),
        ("state", "draft"),
        ("state", "x' --"),
    ],
)
def test_form_with_a_bad_value_names_the_field(field, value, form_for):
    form = form_for(**{field: value})

    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_form_with_a_period_turned_round_names_its_end(form_for):
    form = form_for(starts_on="2026-03-02", ends_on="2026-03-01")

    assert form.errors == {"ends_on": ["结束日期不能早于开始日期。"]}


def test_organizations_are_set_in_by_depth_and_marked_when_over(form_for):
    branch = OrganizationFactory(state="dissolved")

    labels = dict(form_for().fields["organization"].choices)

    assert labels[branch.parent_id] == branch.parent.name
    assert labels[branch.pk] == f"　{branch.name}（已撤销）"


def test_form_offers_only_what_the_report_knows(form_for):
    form = form_for(HONORS, campaign=1, state="nothing")

    assert set(form.fields) == {*HONORS.filters, "columns"} | {"period"}


def test_form_takes_the_days_of_a_period_in_beijing(form_for):
    form = form_for(period="last_month")

    assert form.is_valid()
    assert form.filters == Filters(
        starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28)
    )
    assert form.plain_values() == {"period": "last_month"}
    assert form.in_words() == "期间：上月"


def test_form_refuses_a_period_beside_days(form_for):
    assert "period" in form_for(period="last_week", ends_on="2026-03-01").errors


def test_form_keeps_chosen_columns_in_its_query_and_the_default_out(form_for):
    chosen = form_for(columns=["title", "pk"], state="approved")
    default = form_for(columns=[column.key for column in ACTIVITIES.choose(())])

    assert chosen.is_valid()
    assert default.is_valid()
    assert chosen.query == "state=approved&columns=title&columns=pk"
    assert default.query == ""
    assert chosen.active == 1


@pytest.mark.parametrize(
    ("period", "today", "first", "last"),
    [
        ("last_month", "2026-01-31", "2025-12-01", "2025-12-31"),
        ("last_month", "2028-03-01", "2028-02-01", "2028-02-29"),
        ("this_month", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("last_week", "2026-03-02", "2026-02-23", "2026-03-01"),
        ("last_week", "2026-03-01", "2026-02-16", "2026-02-22"),
        ("this_year", "2026-06-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_period_moves_with_the_day(period, today, first, last):
    days = Period(period).days(date.fromisoformat(today))

    assert days == (date.fromisoformat(first), date.fromisoformat(last))
