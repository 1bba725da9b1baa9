"""A notice that pairs units with communities: the real form, twice, and refusals."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from communities.actions import import_pairings
from communities.imports.pairings import OPTIONAL, SourceRow
from communities.imports.results import ImportRefused
from communities.models import Community, Organization, Pairing, PairingNotice
from core.errors import RuleError
from core.models import AuditEntry
from tests.communities.registers import PAIRINGS, real_register, small_register
from tests.factories.communities import (
    OrganizationFactory,
    PairingFactory,
    WorkingCommitteeFactory,
)

pytestmark = pytest.mark.django_db

NUMBER = "测试〔2026〕1号"
DAY = date(2026, 5, 1)
FIELDS = ["unit", "community", *OPTIONAL]


@pytest.fixture
def register():
    small_register()


def source(*rows, first=2):
    """Rows as read: unit, community, street, leader and so on."""
    return [
        SourceRow(
            number, dict(zip(FIELDS, (*row, *[""] * 8)[: len(FIELDS)], strict=True))
        )
        for number, row in enumerate(rows, first)
    ]


def publish(*rows, number=NUMBER, starts_on=DAY):
    return import_pairings(
        rows=source(*rows), number=number, starts_on=starts_on, by=None
    )


def refusal(*rows, **options):
    with pytest.raises(ImportRefused) as caught:
        publish(*rows, **options)
    assert not Pairing.objects.filter(notice__number=NUMBER).exists()
    return [str(problem) for problem in caught.value.problems]


def pairs():
    rows = Pairing.objects.values_list("organization__name", "community__name")
    return set(rows)


def run_command(*options, path=PAIRINGS):
    arguments = ["--notice", NUMBER, "--starts-on", "2026-05-01", *options]
    call_command("import_pairings", str(path), *arguments)


def test_the_sample_notice_gives_127_pairings_of_66_units(capsys):
    real_register()

    run_command()

    assert "新增 127 对，保持 0 对，拒绝 0 行" in capsys.readouterr().out
    assert Pairing.objects.count() == 127
    assert Pairing.objects.filter(is_lead=True).count() == 66
    owners = Organization.objects.filter(pairings__isnull=False).distinct()
    assert owners.count() == 66
    assert {notice.starts_on for notice in PairingNotice.objects.all()} == {DAY}


def test_each_sample_pairing_belongs_to_the_units_highest_organisation():
    real_register()

    run_command()

    for pairing in Pairing.objects.select_related("organization"):
        roots = Organization.objects.roots_of_unit(pairing.organization.unit_name)
        assert list(roots) == [pairing.organization]


def test_the_second_row_of_a_unit_has_its_contact_and_its_own_leader():
    real_register()

    run_command()

    pairing = Pairing.objects.get(community__name="湖内社区")
    assert pairing.organization.name == "区纪委监委机关党总支"
    assert (pairing.leader_name, pairing.leader_title) == ("李示范", "分管领导")
    assert (pairing.contact_name, pairing.contact_phone) == (
        "蔡示范",
        "+8613800004579",
    )
    assert not pairing.is_lead


def test_the_sample_notice_twice_changes_nothing(capsys):
    real_register()
    run_command()
    lines = AuditEntry.objects.count()

    run_command()

    assert "新增 0 对，保持 127 对，拒绝 0 行" in capsys.readouterr().out
    assert Pairing.objects.count() == 127
    assert AuditEntry.objects.count() == lines


def test_a_dry_run_writes_nothing_and_says_so(capsys):
    real_register()
    lines = AuditEntry.objects.count()

    run_command("--dry-run")

    output = capsys.readouterr().out
    assert "新增 127 对" in output
    assert "没有写入" in output
    assert not Pairing.objects.exists()
    assert not PairingNotice.objects.exists()
    assert AuditEntry.objects.count() == lines


def test_a_whole_notice_by_command_needs_a_yes_to_gaps(capsys):
    real_register()
    held = PairingFactory()

    with pytest.raises(CommandError, match="1 个单位、1 个社区（村）将没有结对"):
        run_command("--whole")
    run_command("--whole", "--accept-gaps")

    held.refresh_from_db()
    output = capsys.readouterr().out
    assert "变更 0 对，结束 1 对" in output
    assert held.organization.unit_name in output
    assert held.ends_on == date(2026, 4, 30)


def test_without_a_register_every_row_is_refused_and_counted(capsys):
    with pytest.raises(CommandError) as caught:
        run_command()

    assert "新增 0 对，保持 0 对，拒绝 127 行" in capsys.readouterr().out
    assert "第 4 行：名册中没有单位“区纪委监委机关”" in str(caught.value)
    assert "第 130 行：" in str(caught.value)


@pytest.mark.parametrize("text", ["2026-13-01", "明天", "1026-05-01", ""])
def test_a_day_that_is_none_is_refused_clearly(text):
    with pytest.raises(CommandError, match="日期|年份"):
        call_command(
            "import_pairings", str(PAIRINGS), "--notice", NUMBER, "--starts-on", text
        )


@pytest.mark.parametrize("number", ["", "长" * 61, "号\u202e"])
def test_a_number_that_cannot_be_kept_is_refused(number):
    with pytest.raises(CommandError, match="文号|不可见"):
        call_command(
            "import_pairings",
            str(PAIRINGS),
            "--notice",
            number,
            "--starts-on",
            "2026-05-01",
        )


def test_a_pairing_is_created_and_recorded(register):
    plan = publish(("区委办公室", "湖内社区", "通北街道", "某甲", "主任"))

    pairing = Pairing.objects.get()
    assert plan.counts == {"created": 1, "stays": 0, "refused": 0}
    assert pairs() == {("区委办公室机关党委", "湖内社区")}
    assert (pairing.starts_on, pairing.ends_on) == (DAY, None)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == [
        "communities.pairing_notice_published",
        "communities.pairing_created",
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "区委办公室",
        "区委 办 公 室",
        "区委办公室机关党委",
        "区委办公室第一党支部",
        "芗城区委办公室",
        "中共芗城区委办公室",
        "漳州市芗城区委办公室",
    ],
)
def test_a_unit_is_found_by_its_names(register, unit):
    publish((unit, "湖内社区"))

    assert pairs() == {("区委办公室机关党委", "湖内社区")}


@pytest.mark.parametrize(
    ("community", "street", "found"),
    [
        ("湖内社区", "", "湖内社区"),
        ("湖内", "通北街道", "湖内社区"),
        ("湖内", "通北", "湖内社区"),
        ("湖内社区居委会", "通北街道办事处", "湖内社区"),
        ("湖内居委会", "", "湖内社区"),
        ("湖内社区居民委员会", "芗城区通北街道", "湖内社区"),
        ("湖 内 社 区", "通 北 街 道", "湖内社区"),
        ("通北街道湖内社区", "", "湖内社区"),
        ("芗城区通北街道湖内社区", "通北街道", "湖内社区"),
        ("松州村委会", "浦南", "松州村"),
        ("松州村村民委员会", "", "松州村"),
        ("松州", "", "松州村"),
        ("浦南村", "浦南镇", "浦南村"),
        ("浦南社区", "", "浦南社区"),
        ("南山", "西桥街道", "南山社区"),
        ("南山", "石亭街道", "南山村"),
        ("和平里社区", "", "和平里社区"),
    ],
)
def test_a_community_is_found_by_its_names(register, community, street, found):
    publish(("区总工会", community, street))

    assert pairs() == {("区总工会党支部", found)}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            ("区委辨公室", "湖内社区"),
            "名册中没有单位“区委辨公室”，最接近的是：区委办公室",
        ),
        (("", "湖内社区"), "没有填写挂钩单位"),
        (("区总工会", ""), "没有填写挂钩社区"),
        (("区总工会", "湖南社区"), "没有社区（村）“湖南社区”，最接近的是：湖内社区"),
        (
            ("区总工会", "湖内社区", "浦南镇"),
            "“湖内社区”不在浦南镇，“湖内社区”属于通北街道",
        ),
        (("区总工会", "南山村", "西桥街道"), "“南山村”属于石亭街道"),
        (
            ("区总工会", "湖内社区", "通背街道"),
            "没有街道（镇）“通背街道”，最接近的是：通北街道、西桥街道、石亭街道。“湖内社区”属于通北街道",
        ),
        (("区总工会", "浦南", "浦南镇"), "可能是：浦南镇浦南社区、浦南镇浦南村"),
        (("区总工会", "南山"), "可能是：西桥街道南山社区、石亭街道南山村"),
        (("区总工会", "湖内村"), "最接近的是：湖内社区"),
        (("区总工会", "湖内社区", "", "", "", "某", "12"), "联系电话不是有效号码"),
        (("区总工会", "湖内社区", "", "长" * 51), "“挂钩领导”超过 50 个字"),
        (("区总工会", "湖内社区", "", "", "", "", "", "长" * 201), "“备注”超过"),
    ],
    ids=[
        "unit",
        "no-unit",
        "no-community",
        "community",
        "street",
        "other-street",
        "no-street",
        "two-in-street",
        "two-in-district",
        "other-kind",
        "phone",
        "leader",
        "remark",
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(register, row, words):
    (problem,) = refusal(("区委办公室", "松州村"), row)

    assert problem.startswith("第 3 行：")
    assert words in problem
    assert not Pairing.objects.exists()


def test_all_that_is_wrong_with_a_row_is_said(register):
    assert len(refusal(("没有的单位", "没有的社区", "", "", "", "某", "12"))) == 3


def test_two_highest_organisations_of_one_rank_are_refused(register):
    root = Organization.objects.get(kind="working_committee")
    OrganizationFactory(name="区总工会第二党支部", unit_name="区总工会", parent=root)

    (problem,) = refusal(("区总工会", "湖内社区"))

    assert "有 2 个同级的最高党组织" in problem
    assert "区总工会党支部、区总工会第二党支部" in problem


def test_of_two_highest_organisations_the_higher_rank_is_taken(register):
    root = Organization.objects.get(kind="working_committee")
    OrganizationFactory(
        name="区总工会机关党委", kind="committee", unit_name="区总工会", parent=root
    )

    publish(("区总工会", "湖内社区"))

    assert pairs() == {("区总工会机关党委", "湖内社区")}


def test_the_committee_that_owns_the_root_is_its_units_highest(register):
    publish(("区直机关工委", "湖内社区"))

    assert pairs() == {("区直机关工委", "湖内社区")}


def test_a_unit_whose_organisations_are_dissolved_is_refused(register):
    WorkingCommitteeFactory(unit_name="旧单位", state="dissolved")

    (problem,) = refusal(("旧单位", "湖内社区"))

    assert problem == "第 2 行：单位“旧单位”的党组织已撤销。"


def test_an_organisation_name_of_several_units_is_refused(register):
    root = Organization.objects.get(kind="working_committee")
    for unit in ("甲局", "乙局"):
        OrganizationFactory(name="机关党支部", unit_name=unit, parent=root)

    (problem,) = refusal(("机关党支部", "湖内社区"))

    assert "请改写单位名称" in problem


@pytest.mark.parametrize(
    "again",
    [("区委办公室", "湖内社区"), ("区委办公室机关党委", "湖内", "通北街道")],
    ids=["same", "other-words"],
)
def test_the_same_pair_twice_in_a_file_is_refused(register, again):
    problems = refusal(("区委办公室", "湖内社区"), ("区总工会", "湖内社区"), again)

    assert problems == ["第 4 行：与第 2 行是同一个单位和社区。"]


def test_the_same_community_twice_in_one_cell_is_refused(register):
    assert refusal(("区委办公室", "湖内社区、湖内社区")) == [
        "第 2 行：与第 2 行是同一个单位和社区。"
    ]


def test_a_second_lead_of_a_unit_is_refused(register):
    lead = ("", "", "", "", "", "牵头")
    problems = refusal(
        ("区委办公室", "湖内社区", *lead), ("区委办公室", "松州村", *lead)
    )

    assert problems == ["第 3 行：该单位的牵头社区已写在第 2 行，牵头只能有一个。"]


def test_an_open_pairing_of_an_earlier_notice_stays_as_it_is(register):
    held = PairingFactory(
        organization=Organization.objects.get(name="区总工会党支部"),
        community=Community.objects.get(name="湖内社区"),
        leader_name="旧领导",
        notice__number="示例〔2025〕9号",
    )

    plan = publish(("区总工会", "湖内社区", "", "新领导"), ("区总工会", "松州村"))

    held.refresh_from_db()
    assert plan.counts == {"created": 1, "stays": 1, "refused": 0}
    assert plan.entries[0].messages == [
        "已按示例〔2025〕9号结对，保持不变。",
        "表中与登记的不同（挂钩领导由“旧领导”改为“新领导”），补充通知不改已有结对。",
    ]
    assert (held.leader_name, held.ends_on) == ("旧领导", None)


def test_a_notice_that_brings_nothing_new_is_not_kept(register):
    publish(("区总工会", "湖内社区"))
    lines = AuditEntry.objects.count()

    plan = publish(("区总工会", "湖内社区"), number="测试〔2026〕2号")

    assert plan.counts["stays"] == 1
    assert PairingNotice.objects.count() == 1
    assert AuditEntry.objects.count() == lines


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2025, 1, 1), date(2026, 5, 1), "到2026年5月1日（周五）才结束"),
        (date(2026, 6, 1), None, "已安排从2026年6月1日（周一）起结对"),
    ],
    ids=["ends-later", "starts-later"],
)
def test_a_pairing_that_would_overlap_is_refused(register, starts_on, ends_on, words):
    PairingFactory(
        organization=Organization.objects.get(name="区总工会党支部"),
        community=Community.objects.get(name="湖内社区"),
        starts_on=starts_on,
        ends_on=ends_on,
    )

    (problem,) = refusal(("区总工会", "湖内社区"))

    assert words in problem


def test_a_pairing_that_ended_the_day_before_may_begin_anew(register):
    PairingFactory(
        organization=Organization.objects.get(name="区总工会党支部"),
        community=Community.objects.get(name="湖内社区"),
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 4, 30),
    )

    plan = publish(("区总工会", "湖内社区"))

    assert plan.counts["created"] == 1


def test_a_known_number_with_another_day_is_refused(register):
    publish(("区总工会", "湖内社区"))

    with pytest.raises(RuleError, match="生效日期是2026年5月1日（周五）"):
        publish(("区总工会", "松州村"), starts_on=date(2026, 6, 1))

    assert pairs() == {("区总工会党支部", "湖内社区")}


def test_a_known_number_in_other_brackets_is_the_same_notice(register):
    publish(("区总工会", "湖内社区"))

    publish(("区总工会", "松州村"), number="测试[2026]1号")

    assert PairingNotice.objects.count() == 1
    assert Pairing.objects.count() == 2
