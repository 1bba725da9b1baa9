"""Registers: changed by our actions, refused in the form, audited."""

import pytest
from django.urls import reverse

from communities.models import Community, Organization, Subdistrict
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
    WorkingCommitteeFactory,
)

LABEL = "communities.Organization"
pytestmark = pytest.mark.django_db


def values(organization, **changes):
    fields = {
        "name": organization.name,
        "kind": organization.kind,
        "unit_name": organization.unit_name,
        "parent": organization.parent_id or "",
        "starts_on": organization.starts_on.isoformat(),
    }
    return {**fields, **changes}


def test_organization_added_gets_code_path_and_audit(committee, committee_official):
    root = WorkingCommitteeFactory()
    data = {
        "name": "新建示例支部",
        "kind": "branch",
        "unit_name": "示例单位",
        "parent": root.pk,
        "starts_on": "2026-01-01",
    }

    committee.post(admin_url(LABEL, "add"), data)

    branch = Organization.objects.get(name="新建示例支部")
    assert branch.code.startswith("XC")
    assert branch.path == f"{root.path}{branch.pk}/"
    assert [(row.verb, row.actor_id) for row in history_of(branch)] == [
        ("communities.organization_created", committee_official.pk)
    ]


def test_organization_under_a_branch_is_refused_in_the_form(committee, organization):
    other = OrganizationFactory()

    response = committee.post(
        admin_url(LABEL, "change", other.pk), values(other, parent=organization.pk)
    )

    other.refresh_from_db()
    assert response.context["adminform"].form.non_field_errors() == [
        "党支部不能设在党支部之下。"
    ]
    assert other.parent_id != organization.pk


def test_organization_state_is_not_taken_from_the_form(committee, organization):
    committee.post(
        admin_url(LABEL, "change", organization.pk),
        values(organization, name="改名后的支部", state="dissolved", code="XC9999"),
    )

    organization.refresh_from_db()
    assert organization.name == "改名后的支部"
    assert (organization.state, organization.code) != ("dissolved", "XC9999")
    assert organization.state == Organization.State.ACTIVE


def test_organization_name_with_bidi_control_is_refused(committee, organization):
    response = committee.post(
        admin_url(LABEL, "change", organization.pk),
        values(organization, name="示例\u202e支部"),
    )

    assert "name" in response.context["adminform"].form.errors


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_organization_change_by_others_is_forbidden(role, client_of, organization):
    response = client_of(role).post(
        admin_url(LABEL, "change", organization.pk),
        values(organization, name="不该改的名字"),
    )

    organization.refresh_from_db()
    assert response.status_code == 403
    assert organization.name != "不该改的名字"


def test_contact_phone_is_full_for_its_keeper_only(client_of):
    organization = OrganizationFactory(contact_phone="13800138000")
    page = admin_url(LABEL, "change", organization.pk)

    keeper = client_of("committee").get(page).content.decode()
    auditor = client_of("auditor").get(page).content.decode()

    assert "13800138000" in keeper
    assert "13800138000" not in auditor
    assert "138****8000" in auditor


def test_community_change_is_saved_and_audited(committee):
    community = CommunityFactory(name="湖内社区")

    committee.post(
        admin_url("communities.Community", "change", community.pk),
        {
            "code": "350602999999",
            "name": "湖外社区",
            "official_name": community.official_name,
            "kind": community.kind,
            "subdistrict": community.subdistrict_id,
        },
    )

    changed = Community.objects.get(pk=community.pk)
    [entry] = history_of(community)
    assert (changed.name, changed.initials, changed.code) == (
        "湖外社区",
        "hwsq",
        community.code,
    )
    assert (entry.verb, entry.data) == (
        "communities.community_changed",
        {"fields": ["name"], "changes": {"name": [community.name, "湖外社区"]}},
    )


def test_subdistrict_added_twice_is_refused(committee):
    data = {"code": "350602001000", "name": "示例街道"}
    committee.post(admin_url("communities.Subdistrict", "add"), data)

    response = committee.post(admin_url("communities.Subdistrict", "add"), data)

    assert "code" in response.context["adminform"].form.errors
    assert Subdistrict.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "is_offered"), [("committee", True), ("office", False)]
)
def test_pairing_list_offers_the_import_to_its_publisher(role, is_offered, client_of):
    PairingFactory()

    page = client_of(role).get(admin_url("communities.Pairing", "changelist"))

    link = reverse("communities:pairing_import")
    assert (f'href="{link}"' in page.content.decode()) == is_offered


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_pairing_shows_its_phone_masked(page, committee):
    pairing = PairingFactory(contact_phone="+8613800138000")
    args = [pairing.pk] if page == "change" else []

    text = committee.get(admin_url("communities.Pairing", page, *args)).content.decode()

    assert "13800138000" not in text


def test_list_leads_to_its_import_and_its_export_as_it_is_narrowed(committee):
    page = committee.get(
        admin_url(LABEL, "changelist"), {"starts_on__from": "2026-01-01"}
    ).content.decode()

    export = reverse("reports:report_detail", args=["organizations"])
    assert f'href="{export}?starts_on=2026-01-01"' in page
    assert reverse("communities:register_import", args=["organizations"]) in page


def test_list_offers_the_import_to_its_keeper_only(client_of):
    page = client_of("office").get(admin_url(LABEL, "changelist")).content.decode()

    assert reverse("communities:register_import", args=["organizations"]) not in page
