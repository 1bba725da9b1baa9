"""From which day a roster's changes hold."""

import io
from datetime import date

import pytest

from communities.actions import import_organizations
from communities.imports.organizations import read_organizations
from communities.imports.results import ImportRefused
from communities.models import Organization
from tests.communities.trees import MAY, ONE_DAY, ahead, lives
from tests.files import workbook

pytestmark = pytest.mark.django_db

HEADER = ["党组织名称", "类型", "上级党组织", "所在单位", "在职党员数"]
ROOT = ["区直机关工委", "党工委", "", "区直机关工委", 1]
FIRST_DAY = date(2026, 1, 1)


def load(*rows, day):
    file = io.BytesIO(workbook([HEADER, *rows]))
    lines, problems = read_organizations(file, filename="名册.xlsx")
    return import_organizations(lines=lines, problems=problems, starts_on=day, by=None)


@pytest.fixture
def office():
    load(ROOT, ["甲党支部", "党支部", "区直机关工委", "旧单位", 5], day=FIRST_DAY)
    return Organization.objects.get(name="甲党支部")


def units(organization):
    return [(row[1], row[3], row[4]) for row in lives(organization)]


def test_unit_changed_by_a_later_roster_holds_from_its_day(office):
    load(["甲党支部", "党支部", "区直机关工委", "新单位", 5], day=MAY)

    assert units(office) == [
        ("旧单位", FIRST_DAY, MAY - ONE_DAY),
        ("新单位", MAY, None),
    ]


def test_unit_changed_by_the_same_roster_is_corrected(office):
    load(["甲党支部", "党支部", "区直机关工委", "新单位", 5], day=FIRST_DAY)

    assert units(office) == [("新单位", FIRST_DAY, None)]


def test_number_of_members_leaves_no_version(office):
    load(["甲党支部", "党支部", "区直机关工委", "旧单位", 9], day=MAY)

    office.refresh_from_db()
    assert office.member_count == 9
    assert len(units(office)) == 1


def test_parent_changed_by_a_later_roster_holds_from_its_day(office):
    load(
        ["乙党委", "机关党委", "区直机关工委", "旧单位", 5],
        ["甲党支部", "党支部", "乙党委", "旧单位", 5],
        day=MAY,
    )

    assert [row[2:4] for row in lives(office)] == [
        (office.parent_id, FIRST_DAY),
        (Organization.objects.get(name="乙党委").pk, MAY),
    ]


def test_change_by_a_roster_dated_ahead_is_refused(office):
    with pytest.raises(ImportRefused) as caught:
        load(["甲党支部", "党支部", "区直机关工委", "新单位", 5], day=ahead())

    (problem,) = caught.value.problems
    assert "还没有到" in str(problem)
