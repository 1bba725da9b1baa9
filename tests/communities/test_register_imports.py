"""Files of registers: looked at, bound to what was looked at, written as one act."""

import pytest
from django.urls import reverse

from communities.models import Community, Organization, RegisterImport, Subdistrict
from core.models import AuditEntry
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    SubdistrictFactory,
    WorkingCommitteeFactory,
)
from tests.files import upload

pytestmark = pytest.mark.django_db
HEADINGS = "党组织名称,上级党组织,所在单位,联系电话\n"


@pytest.fixture
def committee(signed_in, committee_official):
    return signed_in(committee_official)


@pytest.fixture
def root():
    return WorkingCommitteeFactory(name="示例工委")


def send(client, text, kind="organizations", **data):
    url = reverse("communities:register_import", args=[kind])
    file = upload(text.encode(), "示例名册.csv")
    return client.post(url, {"file": file, **data}, follow=True)


def confirm(client, uploaded, page):
    seen = page.context["form"].initial["seen"]
    url = reverse("communities:register_import_confirm", args=[uploaded.pk])
    return client.post(url, {"seen": seen})


def shown(page):
    return [
        (row.name, row.outcome, row.changes) for row, _label in page.context["rows"]
    ]


def test_preview_names_each_difference_and_writes_nothing(committee, root):
    OrganizationFactory(name="示例甲支部", parent=root, unit_name="旧单位")
    OrganizationFactory(name="示例乙支部", parent=root, unit_name="示例单位")

    page = send(
        committee,
        HEADINGS
        + "示例甲支部,示例工委,新单位,\n"
        + "示例乙支部,示例工委,示例单位,\n"
        + "示例丙支部,示例工委,示例单位,13800138000\n",
    )

    assert shown(page) == [
        (
            "示例丙支部",
            "created",
            (
                ("类型", "", "党支部"),
                ("所在单位", "", "示例单位"),
                ("上级党组织", "", "示例工委"),
                ("联系电话", "", "138****8000"),
            ),
        ),
        ("示例甲支部", "changed", (("所在单位", "旧单位", "新单位"),)),
        ("示例乙支部", "unchanged", ()),
    ]
    assert Organization.objects.count() == 3
    assert not AuditEntry.objects.filter(verb__endswith="_changed").exists()


def test_confirmed_file_is_written_as_one_act_and_kept_no_longer(committee, root):
    page = send(
        committee,
        HEADINGS + "示例甲支部,示例工委,示例单位,\n示例乙支部,示例工委,示例单位,\n",
    )
    uploaded = RegisterImport.objects.get()

    response = confirm(committee, uploaded, page)

    uploaded.refresh_from_db()
    created = AuditEntry.objects.filter(
        verb="communities.organization_created", target_id__in=root.children.all()
    )
    assert response.status_code == 302
    assert set(root.children.values_list("name", flat=True)) == {
        "示例甲支部",
        "示例乙支部",
    }
    assert len(set(created.values_list("parent", flat=True))) == 1
    assert (uploaded.rows, uploaded.confirmed_at is not None) == ({}, True)


def test_confirmed_twice_is_written_once(committee, root):
    page = send(committee, HEADINGS + "示例甲支部,示例工委,示例单位,\n")
    uploaded = RegisterImport.objects.get()

    confirm(committee, uploaded, page)
    response = confirm(committee, uploaded, page)

    assert response.status_code == 302
    assert root.children.count() == 1


def test_confirm_after_the_register_changed_shows_the_new_comparison(committee, root):
    page = send(committee, HEADINGS + "示例甲支部,示例工委,示例单位,\n")
    OrganizationFactory(name="示例甲支部", parent=root, unit_name="别的单位")

    response = confirm(committee, RegisterImport.objects.get(), page)

    assert response.status_code == 422
    assert "预览之后名册有变动" in response.content.decode()
    assert root.children.get().unit_name == "别的单位"


def test_file_with_a_bad_row_names_it_and_cannot_be_confirmed(committee, root):
    page = send(
        committee,
        HEADINGS + "示例甲支部,没有的上级,示例单位,\n示例乙支部,示例工委,示例单位,\n",
    )

    response = confirm(committee, RegisterImport.objects.get(), page)

    assert "第 2 行：" in page.content.decode()
    assert not page.context["can_confirm"]
    assert response.status_code == 302
    assert not root.children.exists()


def test_file_refused_only_when_written_says_so_in_the_preview(committee, root):
    """A branch below a branch is refused by the action, not by the reader."""
    OrganizationFactory(name="示例甲支部", parent=root, unit_name="示例单位")

    page = send(committee, HEADINGS + "示例乙支部,示例甲支部,示例单位,\n")

    assert [number for number, _text in RegisterImport.objects.get().problems] == [2]
    assert not page.context["can_confirm"]


def test_divisions_are_compared_by_code_and_written(committee):
    street = SubdistrictFactory(code="350602001000", name="旧名街道")
    CommunityFactory(
        code="350602001001",
        subdistrict=street,
        official_name="湖内社区居委会",
        name="湖内社区",
        kind="residents",
    )
    table = (
        "统计用区划代码,名称\n350602001000,新名街道\n"
        "350602001001,湖内社区居委会\n350602001002,湖外社区居委会\n"
    )

    page = send(committee, table, kind="divisions")
    confirm(committee, RegisterImport.objects.get(), page)

    outcomes = [(name, outcome) for name, outcome, _changes in shown(page)]
    assert outcomes == [
        ("湖外社区", "created"),
        ("新名街道", "changed"),
        ("湖内社区", "unchanged"),
    ]
    assert Subdistrict.objects.get().name == "新名街道"
    assert Community.objects.filter(code="350602001002").exists()


def test_upload_of_others_is_refused(signed_in, office_official):
    response = send(signed_in(office_official), HEADINGS)

    assert response.status_code == 403
