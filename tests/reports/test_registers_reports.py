"""The registers as reports: cells, filters, and their way back by the imports."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from communities.actions import import_divisions, import_organizations
from communities.imports.divisions import read_divisions
from communities.imports.organizations import read_organizations
from communities.models import Organization
from core.sheets_write import write_xlsx
from reports.exports import DIVISIONS, ORGANIZATIONS
from reports.queries import Filters
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    SubdistrictFactory,
    WorkingCommitteeFactory,
)
from tests.reports.cells import all_keys, cells_of, numbers

Kind = Organization.Kind


@pytest.fixture
def tree(db):
    """A committee, a general branch with a branch, one dissolved."""
    root = WorkingCommitteeFactory(name="教育工委", unit_name="区教育局")
    middle = OrganizationFactory(
        name="一中总支",
        unit_name="第一中学",
        parent=root,
        kind=Kind.GENERAL_BRANCH,
        member_count=30,
        contact_name="陈某示",
        contact_phone="+8613800135678",
    )
    branch = OrganizationFactory(
        name="一中第一支部", unit_name="第一中学", parent=middle
    )
    gone = OrganizationFactory(name="旧支部", unit_name="旧校", parent=root)
    Organization.objects.filter(pk=gone.pk).update(
        state="dissolved", ends_on=date(2026, 3, 1)
    )
    return root, middle, branch, gone


@pytest.fixture
def divisions(db):
    """A street with a standing and a merged community, and a village.

    The names of the last tell neither its short form nor its kind.
    """
    first = SubdistrictFactory(code="350602001000", name="示例街道")
    second = SubdistrictFactory(code="350602100000", name="示例镇")
    standing = CommunityFactory(
        code="350602001001",
        name="湖内社区",
        official_name="湖内居委会",
        subdistrict=first,
    )
    ended = CommunityFactory(
        code="350602001002",
        name="旧社区",
        subdistrict=first,
        ends_on=timezone.localdate() - timedelta(days=1),
        successor=standing,
    )
    village = CommunityFactory(
        code="350602100201",
        name="松州村",
        official_name="松州小区",
        kind="village",
        subdistrict=second,
    )
    return standing, ended, village


def workbook(report, user, path, keys=(), **options):
    """The report as the file a reader gets, opened."""
    rows = report.rows(user, Filters())
    columns = report.choose(keys)
    write_xlsx(
        path,
        columns=report.head(columns),
        rows=report.cells(rows, "", columns, **options),
        sheet_name=str(report.title),
        about=[("报表", str(report.title))],
    )
    return BytesIO(path.read_bytes())


def test_organization_cells_follow_the_columns(tree, office_official):
    root, middle, branch, _gone = tree

    rows = cells_of(ORGANIZATIONS, office_official)

    rest = ("正常", root.starts_on, None, None)
    assert rows == [
        [root.code, "教育工委", "工委", None, "区教育局", None, *rest],
        [middle.code, "一中总支", "党总支", "教育工委", "第一中学", 30, *rest],
        [branch.code, "一中第一支部", "党支部", "一中总支", "第一中学", None, *rest],
    ]


def test_organization_contacts_are_masked_unless_told_otherwise(tree, office_official):
    keys = ["contact_name", "contact_phone"]

    masked = cells_of(ORGANIZATIONS, office_official, keys=keys)
    whole = cells_of(ORGANIZATIONS, office_official, keys=keys, is_masked=False)

    assert masked[1] == ["陈**", "138****5678"]
    assert whole[1] == ["陈某示", "+8613800135678"]


def test_organizations_by_each_filter_hold_those_that_fit(tree, office_official):
    _root, middle, branch, gone = tree
    filters = {
        Filters(organization=middle): {middle.pk, branch.pk},
        Filters(organization_text="一中总支"): {middle.pk, branch.pk},
        Filters(state="dissolved"): {gone.pk},
    }

    kept = [numbers(ORGANIZATIONS, office_official, each) for each in filters]

    assert kept == list(filters.values())


@pytest.mark.parametrize("choice", ["default", "all, unmasked"])
def test_organizations_come_back_by_the_import_without_a_difference(
    choice, tree, office_official, tmp_path
):
    keys = () if choice == "default" else all_keys(ORGANIZATIONS)
    path = tmp_path / "organizations.xlsx"
    masked = choice == "default"
    file = workbook(ORGANIZATIONS, office_official, path, keys, is_masked=masked)

    lines, problems = read_organizations(file, filename="organizations.xlsx")
    counts = import_organizations(
        lines=lines, problems=problems, starts_on=timezone.localdate(), by=None
    )

    assert vars(counts) == {"created": 0, "changed": 0, "unchanged": 3}


def test_organizations_with_masked_contacts_do_not_come_back(
    tree, office_official, tmp_path
):
    keys = [column.key for column in ORGANIZATIONS.choose(())]
    path = tmp_path / "organizations.xlsx"
    file = workbook(ORGANIZATIONS, office_official, path, [*keys, "contact_name"])

    _lines, problems = read_organizations(file, filename="organizations.xlsx")

    assert [problem.text for problem in problems] == [
        "“联系人”是隐去的姓名，请填全名，或者删去这一列。"
    ]


def test_division_cells_put_each_street_before_its_communities(
    divisions, office_official
):
    rows = cells_of(DIVISIONS, office_official)

    yesterday = timezone.localdate() - timedelta(days=1)
    first, second = ("350602001000", "350602100000")
    district, street, place = "350602000000", "街道/镇", "社区/村"
    ended = ("旧社区", "社区", yesterday, "湖内社区")
    assert rows == [
        [first, "示例街道", street, district, "示例街道", None, None, None],
        ["350602001001", "湖内居委会", place, first, "湖内社区", "社区", None, None],
        ["350602001002", "旧社区居委会", place, first, *ended],
        [second, "示例镇", street, district, "示例镇", None, None, None],
        ["350602100201", "松州小区", place, second, "松州村", "村", None, None],
    ]
    found = DIVISIONS.rows(office_official, Filters())
    assert DIVISIONS.count(found) == len(rows)


@pytest.mark.parametrize(
    ("state", "places"), [("", (0, 1)), ("standing", (0,)), ("ended", (1,))]
)
def test_divisions_of_a_street_and_state_hold_those_that_fit(
    state, places, divisions, office_official
):
    filters = Filters(street=divisions[0].subdistrict, state=state)

    assert numbers(DIVISIONS, office_official, filters) == {
        divisions[place].pk for place in places
    }


def test_divisions_come_back_by_the_import_without_a_difference(
    divisions, office_official, tmp_path
):
    file = workbook(DIVISIONS, office_official, tmp_path / "divisions.xlsx")

    lines = read_divisions(file, filename="divisions.xlsx")
    counts = import_divisions(lines=lines, by=None)

    assert vars(counts) == {"created": 0, "changed": 0, "unchanged": 5}


@pytest.mark.parametrize("report", [ORGANIZATIONS, DIVISIONS], ids=lambda r: r.slug)
def test_registers_are_for_those_who_may_export(report, tree, divisions):
    auditor = MembershipFactory(role="auditor").user
    unit = MembershipFactory(role="unit", organization=tree[0]).user

    assert report.rows(auditor, Filters()).exists()
    assert not report.rows(unit, Filters()).exists()
