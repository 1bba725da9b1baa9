"""The columns a reader chooses, and the mask over those about persons."""

from datetime import UTC, date, datetime

import pytest

from communities.actions.history import keep_version
from reports.exports import ACTIVITIES, COMMUNITIES, REPORTS, SIGNUPS
from reports.exports.base import Report, ReportColumn
from reports.exports.masks import mask_name
from reports.queries import Filters
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import OrganizationFactory
from tests.factories.volunteers import SignupFactory

PERSON = ("volunteer__user__display_name", "volunteer__user__phone")


class Fixed(Report):
    """Rows that no table holds."""

    def count(self, rows, boundary=""):
        return 3

    def full_rows(self, rows, boundary):
        return iter([[1, "陈某示", "甲"], [2, "王某", "乙"], [3, "李某", "丙"]])


FIXED = Fixed(
    slug="fixed",
    title="固定",
    counts="",
    period="",
    states=[],
    rows=lambda user, filters: None,
    moment="",
    columns=(
        ReportColumn("number", "编号", "int"),
        ReportColumn("name", "姓名", mask=mask_name),
        ReportColumn("place", "地点", is_default=False),
    ),
)


def signed_up():
    return SignupFactory(
        volunteer__user__display_name="陈某示", volunteer__user__phone="+8613800135678"
    )


@pytest.mark.parametrize("report", REPORTS.values(), ids=lambda report: report.slug)
def test_columns_of_each_report_have_keys_of_their_own(report):
    keys = [column.key for column in report.columns]

    assert len(set(keys)) == len(keys)
    assert report.choose(())


def test_columns_chosen_in_any_order_stand_in_that_of_the_report():
    chosen = ACTIVITIES.choose(["title", "organization_id.unit_name", "pk", "other"])

    assert [column.key for column in chosen] == [
        "pk",
        "title",
        "organization_id.unit_name",
    ]


def test_columns_that_are_no_default_are_left_out_until_chosen():
    assert next(FIXED.cells(None)) == [1, "陈**"]
    assert [*FIXED.cells(None, "", FIXED.choose(["place"]))] == [["甲"], ["乙"], ["丙"]]


def test_cells_without_the_moment_still_say_the_name_of_the_day(office_official):
    organization = OrganizationFactory(name="旧名支部")
    ActivityFactory(
        organization=organization,
        state="approved",
        starts_at=datetime(2026, 2, 28, tzinfo=UTC),
    )
    organization.name = "新名支部"
    organization.save()
    keep_version(organization, on=date(2026, 3, 10))
    columns = ACTIVITIES.choose(["organization_id.name"])

    rows = ACTIVITIES.rows(office_official, Filters())

    assert [*ACTIVITIES.cells(rows, "", columns)] == [["旧名支部"]]
    assert [*ACTIVITIES.cells(rows, "now", columns)] == [["新名支部"]]


def test_cells_are_unmasked_only_when_asked(office_official):
    signed_up()
    rows = SIGNUPS.rows(office_official, Filters())
    columns = SIGNUPS.choose(PERSON)

    assert [*SIGNUPS.cells(rows, "", columns)] == [["陈**", "138****5678"]]
    assert [*SIGNUPS.cells(rows, "", columns, is_masked=False)] == [
        ["陈某示", "+8613800135678"]
    ]


def test_cells_of_computed_rows_are_masked_and_chosen_alike():
    assert [*FIXED.cells(None)] == [[1, "陈**"], [2, "王*"], [3, "李*"]]
    assert next(FIXED.cells(None, is_masked=False)) == [1, "陈某示"]


def test_preview_of_computed_rows_begins_where_the_page_does():
    [row] = FIXED.preview(None, 1, offset=1)

    assert [text for _column, text in row] == ["2", "王*"]


def test_preview_of_a_queryset_begins_where_the_page_does(office_official):
    first, second = ActivityFactory.create_batch(2, state="approved")
    columns = ACTIVITIES.choose(["pk"])
    rows = ACTIVITIES.rows(office_official, Filters())

    pages = [
        ACTIVITIES.preview(rows, 1, "", columns, offset=offset) for offset in (0, 1)
    ]

    assert [page[0][0][1] for page in pages] == [str(second.pk), str(first.pk)]


def test_community_report_is_cut_to_the_chosen_columns(office_official):
    activity = ActivityFactory(state="approved")
    rows = COMMUNITIES.rows(office_official, Filters())

    cells = [*COMMUNITIES.cells(rows, "", COMMUNITIES.choose(["community"]))]

    assert cells == [[activity.community.name]]
