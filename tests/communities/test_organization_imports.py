"""Party organisations from a roster."""

import io
import time
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from communities.actions import import_organizations
from communities.imports.organizations import kind_of, read_organizations
from communities.imports.results import ImportCounts, ImportRefused
from communities.models import Organization, OrganizationVersion
from core.models import AuditEntry
from tests.communities.registers import ORGANIZATIONS
from tests.factories.communities import (
    LONG_AGO,
    OrganizationFactory,
    WorkingCommitteeFactory,
)
from tests.files import workbook

pytestmark = pytest.mark.django_db

HEADER = [
    "党组织名称",
    "类型",
    "上级党组织",
    "所在单位",
    "在职党员数",
    "联系人",
    "联系电话",
]
ROOT = ["区直机关工委", "党工委", "", "区直机关工委"]
OFFICE = ["办公室机关党委", "机关党委", "区直机关工委", "区委办公室"]
FIRST = ["第一党支部", "党支部", "办公室机关党委", "区委办公室", 8, "示例", 13800000001]


def load(*rows):
    content = workbook([HEADER, *rows])
    lines, problems = read_organizations(io.BytesIO(content), filename="名册.xlsx")
    return import_organizations(
        lines=lines, problems=problems, starts_on=LONG_AGO, by=None
    )


def refusal(*rows):
    with pytest.raises(ImportRefused) as caught:
        load(*rows)
    return [str(problem) for problem in caught.value.problems]


def tree():
    return {
        row.name: row.parent and row.parent.name
        for row in Organization.objects.select_related("parent")
    }


def test_the_sample_roster_holds_219_organisations_and_is_fast(capsys):
    started = time.monotonic()

    call_command("import_organizations", str(ORGANIZATIONS))

    assert time.monotonic() - started < 10
    assert "新增 219，更新 0，未变 0" in capsys.readouterr().out
    kinds = list(Organization.objects.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "working_committee": 1,
        "committee": 21,
        "general_branch": 21,
        "branch": 176,
    }
    root = Organization.objects.get(parent=None)
    assert Organization.objects.below(root).count() == 219


def test_the_sample_roster_twice_changes_nothing(capsys):
    call_command("import_organizations", str(ORGANIZATIONS))
    lines = AuditEntry.objects.count()

    call_command("import_organizations", str(ORGANIZATIONS))

    assert "新增 0，更新 0，未变 219" in capsys.readouterr().out
    assert AuditEntry.objects.count() == lines


def test_children_may_stand_above_their_parents():
    assert load(FIRST, OFFICE, ROOT) == ImportCounts(created=3)

    first = Organization.objects.get(name="第一党支部")
    assert first.path.count("/") == 3
    assert (first.member_count, first.contact_phone) == (8, "+8613800000001")


def test_one_name_under_two_parents_is_two_organisations():
    other = ["宣传部党总支", "党总支", "区直机关工委", "区委宣传部"]
    second = ["第一党支部", "党支部", "宣传部党总支", "区委宣传部"]
    load(ROOT, OFFICE, FIRST, other, second)

    again = load(ROOT, OFFICE, FIRST, other, second)

    assert again == ImportCounts(unchanged=5)
    assert Organization.objects.filter(name="第一党支部").count() == 2


def test_a_parent_of_an_ambiguous_name_is_the_one_of_the_same_unit():
    load(
        ROOT,
        ["机关总支", "党总支", "区直机关工委", "甲局"],
        ["机关总支", "党总支", "甲工委", "乙局"],
        ["甲工委", "工委", "", "甲工委"],
        ["乙局党支部", "党支部", "机关总支", "乙局"],
    )

    branch = Organization.objects.get(name="乙局党支部")
    assert branch.parent.unit_name == "乙局"


def test_a_parent_of_an_ambiguous_name_is_refused_when_no_unit_tells():
    (problem,) = refusal(
        ROOT,
        ["机关总支", "党总支", "区直机关工委", "甲局"],
        ["机关总支", "党总支", "甲工委", "乙局"],
        ["甲工委", "工委", "", "甲工委"],
        ["丙局党支部", "党支部", "机关总支", "丙局"],
    )

    assert problem == "第 6 行：上级党组织“机关总支”有 2 个同名，无法判断是哪一个。"


def test_an_organisation_that_moved_within_its_unit_is_moved():
    load(ROOT, OFFICE, FIRST)

    counts = load(ROOT, OFFICE, [*FIRST[:2], "区直机关工委", *FIRST[3:]])

    assert counts == ImportCounts(changed=1, unchanged=2)
    assert tree()["第一党支部"] == "区直机关工委"


def test_the_same_name_in_another_unit_does_not_take_the_first_away():
    load(ROOT, OFFICE, FIRST)

    load(ROOT, ["第一党支部", "党支部", "区直机关工委", "区总工会"])

    assert Organization.objects.filter(name="第一党支部").count() == 2


def test_blank_cells_leave_what_is_known():
    load(ROOT, OFFICE, FIRST)

    assert load(["第一党支部", "", "", "区委办公室"]) == ImportCounts(unchanged=1)

    first = Organization.objects.get(name="第一党支部")
    assert (first.contact_name, first.parent.name) == ("示例", "办公室机关党委")


def test_merged_parents_and_units_serve_all_their_rows():
    rows = [HEADER, ROOT, OFFICE, ["一支部", "", "", ""], ["二支部", "", "", ""]]
    merged = [(3, 2, 4, 2, "办公室机关党委"), (3, 3, 4, 3, "区委办公室")]
    content = workbook(rows, merged=merged)

    lines, problems = read_organizations(io.BytesIO(content), filename="名册.xlsx")

    assert problems == []
    assert [(line.parent_name, line.unit_name) for line in lines[2:]] == [
        ("办公室机关党委", "区委办公室")
    ] * 2


def test_a_parent_may_stand_in_the_register_alone():
    load(ROOT)

    assert load(OFFICE) == ImportCounts(created=1)


def test_a_circle_is_refused_on_each_of_its_rows():
    problems = refusal(
        ROOT,
        ["甲党总支", "党总支", "乙机关党委", "甲局"],
        ["乙机关党委", "机关党委", "甲党总支", "甲局"],
    )

    assert [text for text in problems if "成环" in text] == [
        "第 3 行：上下级关系成环：甲党总支 → 乙机关党委 → 甲党总支。",
        "第 4 行：上下级关系成环：乙机关党委 → 甲党总支 → 乙机关党委。",
    ]
    assert not Organization.objects.exists()


def test_a_circle_through_the_register_is_refused():
    load(ROOT, OFFICE, FIRST)
    branch = ["第二党支部", "党支部", "第一党支部", "区委办公室"]

    problems = refusal(branch)

    assert problems == ["第 2 行：党支部“第二党支部”不能设在党支部“第一党支部”之下。"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["甲党支部", "党支部", "办公室党委", "甲"], "最接近的是：办公室机关党委"),
        (["甲党支部", "党支部", "", "甲"], "没有填写上级党组织"),
        (["甲党支部", "党支部", "甲党支部", "甲"], "上级党组织不能是自己"),
        (["甲机关党委", "机关党委", "办公室机关党委", "甲"], "不能设在机关党委"),
        (["甲党小组", "党小组", "区直机关工委", "甲"], "类型“党小组”不是"),
        (["甲小组", "", "区直机关工委", "甲"], "类型“”不是"),
        (["甲党支部", "党支部", "区直机关工委", ""], "没有填写所在单位"),
        (["", "党支部", "区直机关工委", "甲"], "没有填写党组织名称"),
        (["甲党支部", "党支部", "区直机关工委", "甲", "八"], "人数“八”不是数字"),
        (["甲党支部", "党支部", "区直机关工委", "甲", 8, "某", "2020"], "联系电话不是"),
        (["办公室机关党委", "机关党委", "区直机关工委", "甲"], "与第 3 行是同一个"),
        (["长" * 101, "党支部", "区直机关工委", "甲"], "超过 100 个字"),
    ],
    ids=[
        "parent", "orphan", "itself", "kind", "word", "no-kind", "unit", "name",
        "count", "phone", "twice", "long",
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_nothing_is_written(row, words):
    problems = refusal(ROOT, OFFICE, row)

    assert all(text.startswith("第 4 行：") for text in problems)
    assert words in problems[0]
    assert not Organization.objects.exists()


def test_a_dissolved_organisation_is_not_brought_back():
    root = WorkingCommitteeFactory(name="区直机关工委", unit_name="区直机关工委")
    OrganizationFactory(
        name="甲党支部", unit_name="甲局", parent=root, state="dissolved"
    )

    problems = refusal(["甲党支部", "党支部", "区直机关工委", "甲局"])

    assert problems == ["第 2 行：该党组织已撤销，不能导入。"]


def test_a_merged_organisation_is_refused_with_the_name_of_its_successor():
    root = WorkingCommitteeFactory(name="区直机关工委", unit_name="区直机关工委")
    heir = OrganizationFactory(name="乙党支部", unit_name="乙局", parent=root)
    OrganizationFactory(
        name="甲党支部", unit_name="甲局", parent=root, state="merged", successor=heir
    )

    problems = refusal(["甲党支部", "党支部", "区直机关工委", "甲局"])

    assert problems == ["第 2 行：该党组织已并入“乙党支部”，不能导入。"]


def _called_once(organization, name):
    OrganizationVersion.objects.filter(organization=organization).delete()
    OrganizationVersion.objects.create(
        organization=organization,
        name=name,
        unit_name=organization.unit_name,
        kind=organization.kind,
        parent=organization.parent,
        starts_on=LONG_AGO,
        ends_on=date(2023, 12, 31),
    )


def test_a_parent_may_go_by_an_earlier_name():
    load(ROOT, OFFICE)
    _called_once(Organization.objects.get(name="办公室机关党委"), "综合室机关党委")

    load(["第一党支部", "党支部", "綜合室機關黨委", "区委办公室"])

    assert tree()["第一党支部"] == "办公室机关党委"


def test_an_organisation_under_an_earlier_name_is_not_made_twice():
    load(ROOT, OFFICE, FIRST)
    _called_once(Organization.objects.get(name="第一党支部"), "综合党支部")

    problems = refusal(["综合党支部", "党支部", "办公室机关党委", "区委办公室"])

    assert problems == ["第 2 行：“综合党支部”是“第一党支部”的旧名，请改写现名。"]


def test_an_earlier_name_is_free_for_another_unit():
    load(ROOT, OFFICE, FIRST)
    _called_once(Organization.objects.get(name="第一党支部"), "综合党支部")

    counts = load(["综合党支部", "党支部", "区直机关工委", "区总工会"])

    assert counts == ImportCounts(created=1)


def test_a_suspended_organisation_takes_no_children():
    WorkingCommitteeFactory(name="旧工委", state="suspended")

    problems = refusal(["甲党支部", "党支部", "旧工委", "甲局"])

    assert problems == ["第 2 行：上级党组织“旧工委”停用。"]


def test_a_parent_made_smaller_than_its_children_is_refused():
    load(ROOT, OFFICE, ["下级党总支", "党总支", "办公室机关党委", "区委办公室"])

    problems = refusal(["办公室机关党委", "党支部", "区直机关工委", "区委办公室"])

    assert problems == [
        "第 2 行：党总支“下级党总支”不能设在党支部“办公室机关党委”之下。"
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["办公室 机关\n党委", "机关党委", "区直 机关工委", "区委 办公室"],
        ["辦公室機關黨委", "機關黨委", "區直機關工委", "區委辦公室"],
    ],
    ids=["blanks", "traditional"],
)
def test_names_typed_in_another_way_are_the_same(row):
    load(ROOT, OFFICE, FIRST)

    assert load(row) == ImportCounts(unchanged=1)


def test_a_roster_with_full_width_numbers_and_signatures_is_read():
    row = ["第一党支部", "党支部", "办公室机关党委", "区委办公室", "８人", "示例", ""]

    counts = load(ROOT, OFFICE, row, [], ["填表人：某甲", "", "", "2026年5月1日"])

    assert counts == ImportCounts(created=3)
    assert Organization.objects.get(name="第一党支部").member_count == 8


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("工委", "甲", "working_committee"),
        ("党委", "甲", "committee"),
        ("总支", "甲", "general_branch"),
        ("支 部", "甲", "branch"),
        ("", "区直机关工作委员会", "working_committee"),
        ("", "甲局机关党委", "committee"),
        ("", "甲局党总支部", "general_branch"),
        ("", "甲局第一支部委员会", "branch"),
    ],
)
def test_kinds_are_known_by_the_words_people_use(text, name, kind):
    assert kind_of(text, name) == kind


def test_the_command_names_each_row_and_fails(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(workbook([HEADER, ROOT, ["甲支部", "支部", "没有的", "甲"]]))

    with pytest.raises(CommandError) as caught:
        call_command("import_organizations", str(path))

    assert "第 3 行：没有找到上级党组织“没有的”" in str(caught.value)
    assert "整个文件都没有写入" in str(caught.value)
    assert not Organization.objects.exists()
