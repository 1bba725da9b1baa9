"""Units as people write them: short forms, party bodies, earlier and merged names."""

from datetime import date

import pytest

from communities.imports.units import UnitIndex, UnitNotFound
from communities.models import Organization, OrganizationVersion
from tests.communities.registers import real_register
from tests.factories.communities import OrganizationFactory, WorkingCommitteeFactory

pytestmark = pytest.mark.django_db

UNITS = [
    "区委办公室",
    "区委组织部",
    "区委编办",
    "区政府办公室",
    "区人大常委会机关",
    "区总工会",
    "团区委",
    "区妇联",
    "区住房和城乡建设局",
    "区人力资源和社会保障局",
    "区市场监督管理局",
    "区城市管理局",
    "区卫生健康局",
    "区人民法院",
    "公安芗城分局",
    "芗城生态环境局",
    "区城市建设投资公司",
]


@pytest.fixture
def root():
    return WorkingCommitteeFactory(name="区直机关工委", unit_name="区直机关工委")


@pytest.fixture
def register(root):
    for unit in UNITS:
        OrganizationFactory(name=f"{unit}党支部", unit_name=unit, parent=root)


def branch(unit, **values):
    return OrganizationFactory(
        name=f"{unit}党支部",
        unit_name=unit,
        parent=Organization.objects.get(parent=None),
        **values,
    )


def find(text):
    found = UnitIndex.of_register().find(text)
    return found.row.unit_name, found.notes


def refusal(text):
    with pytest.raises(UnitNotFound) as caught:
        find(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("区住建局", "区住房和城乡建设局"),
        ("住建局", "区住房和城乡建设局"),
        ("芗城区住建局", "区住房和城乡建设局"),
        ("總工會", "区总工会"),
        ("总工会", "区总工会"),
        ("工会", "区总工会"),
        ("组织部", "区委组织部"),
        ("区组织部", "区委组织部"),
        ("中国共产党漳州市芗城区委员会组织部", "区委组织部"),
        ("区委办", "区委办公室"),
        ("区府办公室", "区政府办公室"),
        ("芗城区人民政府办公室", "区政府办公室"),
        ("编办", "区委编办"),
        ("区人大", "区人大常委会机关"),
        ("芗城区人民代表大会常务委员会", "区人大常委会机关"),
        ("共青团芗城区委", "团区委"),
        ("团委", "团区委"),
        ("芗城区妇女联合会", "区妇联"),
        ("区人社局", "区人力资源和社会保障局"),
        ("市场监管局", "区市场监督管理局"),
        ("城管局", "区城市管理局"),
        ("卫健局", "区卫生健康局"),
        ("法院", "区人民法院"),
        ("公安局芗城分局", "公安芗城分局"),
        ("区公安分局", "公安芗城分局"),
        ("生态环境局", "芗城生态环境局"),
        ("城投公司", "区城市建设投资公司"),
        ("区卫生健康局党组", "区卫生健康局"),
        ("区住建局机关党总支", "区住房和城乡建设局"),
    ],
)
def test_a_short_form_of_one_unit_is_understood_and_said(register, text, unit):
    assert find(text) == (unit, [f"“{text}”按“{unit}”理解。"])


@pytest.mark.parametrize(
    "text",
    ["区总工会", "中共漳州市芗城区总工会", "区 總 工 會", "区总工会党支部"],
    ids=["name", "district", "traditional", "organisation"],
)
def test_a_name_of_the_register_needs_no_note(register, text):
    assert find(text) == ("区总工会", [])


def test_a_short_form_of_several_units_is_refused_with_all_of_them(register):
    assert refusal("城市") == (
        "“城市”可能是：区城市建设投资公司、区城市管理局，请写全称。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "管理局",
        "办公室",
        "局",
        "漳州市总工会",
        "市总工会",
        "龙文区住建局",
        "区委办机要科",
        "区委宣传部文明办",
        "区妇联女工部",
        "区国土局",
        "区总工会第二党支部",
    ],
)
def test_what_fits_no_unit_clearly_is_not_guessed(register, text):
    assert refusal(text).startswith(f"名册中没有单位“{text}”，")


def test_each_unit_of_the_sample_roster_is_found_by_its_name_alone():
    real_register()
    units = set(Organization.objects.values_list("unit_name", flat=True))
    index = UnitIndex.of_register()

    found = {unit: index.find(unit) for unit in units}

    assert {unit: (f.row.unit_name, f.notes) for unit, f in found.items()} == {
        unit: (unit, []) for unit in units
    }


USUAL = {
    "发改局": "区发展和改革局",
    "工信局": "区工业和信息化局",
    "人社局": "区人力资源和社会保障局",
    "文旅局": "区文化体育和旅游局",
    "医保局": "区医疗保障局",
    "市监局": "区市场监督管理局",
    "退役军人局": "区退役军人事务局",
    "统战部": "区委统战部",
    "区纪委": "区纪委监委机关",
    "区检察院": "区人民检察院",
    "消防大队": "区消防救援大队",
    "供销社": "区供销合作社",
    "区文学艺术界联合会": "区文联",
    "国资中心": "区国有资产事务中心",
}


def test_the_usual_short_forms_find_their_units_in_the_sample_roster():
    real_register()
    index = UnitIndex.of_register()

    assert {text: index.find(text).row.unit_name for text in USUAL} == USUAL


def test_an_earlier_name_leads_to_the_unit_of_today(root):
    held = branch("区卫生健康局")
    OrganizationVersion.objects.filter(organization=held).delete()
    OrganizationVersion.objects.create(
        organization=held,
        name="区卫计局党支部",
        unit_name="区卫计局",
        kind=held.kind,
        parent=root,
        starts_on=date(2020, 1, 1),
        ends_on=date(2025, 12, 31),
    )

    note = "”是旧名，现为“区卫生健康局”。"
    assert find("区卫计局") == ("区卫生健康局", [f"“区卫计局{note}"])
    assert find("区卫计局党支部") == ("区卫生健康局", [f"“区卫计局党支部{note}"])


def test_a_merged_unit_leads_to_its_last_successor(root):
    last = branch("区自然资源局")
    middle = branch("区国土局", state="merged", successor=last)
    branch("区规划局", state="merged", successor=middle)

    assert find("区规划局") == (
        "区自然资源局",
        [
            "“区规划局”已并入“区国土局”，按后者登记。",
            "“区国土局”已并入“区自然资源局”，按后者登记。",
        ],
    )


def test_a_merged_unit_whose_branches_went_along_leads_to_its_successor(root):
    heir = OrganizationFactory(
        name="乙局机关党委", kind="committee", unit_name="乙局", parent=root
    )
    OrganizationFactory(
        name="甲局机关党委",
        kind="committee",
        unit_name="甲局",
        parent=root,
        state="merged",
        successor=heir,
    )
    for name in ("甲局第一党支部", "甲局第二党支部"):
        OrganizationFactory(name=name, unit_name="甲局", parent=heir)

    assert find("甲局") == ("乙局", ["“甲局”已并入“乙局”，按后者登记。"])


def test_a_unit_whose_parts_went_into_two_others_is_refused(root):
    branch("区文体局", state="merged", successor=branch("区教育局"))
    OrganizationFactory(
        name="区文体局第二党支部",
        unit_name="区文体局",
        parent=root,
        state="merged",
        successor=branch("区旅游局"),
    )

    assert refusal("区文体局") == (
        "单位“区文体局”已分别并入：区教育局、区旅游局，请写明是哪一个。"
    )


def test_units_merged_in_a_circle_are_refused(root):
    one, other = branch("甲局"), branch("乙局")
    for row, heir in ((one, other), (other, one)):
        Organization.objects.filter(pk=row.pk).update(state="merged", successor=heir)

    assert "已撤销" in refusal("甲局")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"state": "dissolved", "ends_on": date(2026, 3, 31)},
            "单位“旧局”的党组织已撤销，最后一天是2026年3月31日（周二）。",
        ),
        ({"state": "suspended"}, "单位“旧局”的党组织已停用，恢复后才能结对。"),
    ],
    ids=["dissolved", "suspended"],
)
def test_a_unit_that_takes_no_pairing_is_refused_with_the_reason(root, values, words):
    branch("旧局", **values)

    assert refusal("旧局") == words


def test_a_short_form_prefers_the_unit_that_still_stands(root):
    branch("区住房建设局", state="dissolved")
    branch("区住房和城乡建设局")

    assert find("区住建局")[0] == "区住房和城乡建设局"
