"""The door, the front page and the search boxes."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from campaigns.models import Activity
from communities.admin_base import BoundedPaginator
from communities.admin_site import PortalAdminSite
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db
INDEX = "admin:index"


def test_default_site_is_the_portals():
    assert isinstance(admin.site, PortalAdminSite)


def test_site_has_no_bulk_delete():
    assert "delete_selected" not in dict(admin.site.actions)


def test_entry_with_is_staff_but_no_role_is_refused(signed_in):
    client = signed_in(UserFactory(is_staff=True))

    assert client.get(reverse(INDEX)).status_code == 403


def test_entry_of_superuser_shows_everything(signed_in):
    client = signed_in(UserFactory(is_superuser=True))
    ActivityFactory(state=Activity.State.DRAFT, title="草稿示例")

    response = client.get(reverse("admin:campaigns_activity_changelist"))

    assert "草稿示例" in response.content.decode()


def test_entry_after_the_role_ended_is_refused(signed_in):
    ended = MembershipFactory(role="office", ends_on="2021-01-01").user

    assert signed_in(ended).get(reverse(INDEX)).status_code == 403


def test_login_page_never_takes_a_password():
    response = Client().post(
        reverse("admin:login"), {"username": "office", "password": "guess"}
    )

    assert response["Location"].startswith(reverse("account_login"))


def test_login_page_of_staff_without_role_is_refused(signed_in):
    client = signed_in(UserFactory(is_staff=True))

    assert client.get(reverse("admin:login")).status_code == 403


def test_logout_signs_out(office):
    office.post(reverse("admin:logout"))

    assert office.get(reverse(INDEX)).status_code == 302


def test_password_change_is_the_portals(office):
    response = office.get(reverse("admin:password_change"))

    assert response["Location"] == reverse("account_change_password")


@pytest.mark.parametrize(
    "name",
    ["auth_group_changelist", "account_emailaddress_changelist", "view_on_site"],
)
def test_foreign_pages_are_closed(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}")


def test_index_for_the_auditor_shows_no_queues(client_of):
    response = client_of("auditor").get(reverse(INDEX))

    assert response.context["queues"] == []


def test_index_is_chinese(office):
    page = office.get(reverse(INDEX)).content.decode()

    assert "挂钩与报到" in page
    assert "Site administration" not in page


def search(client, term, **field):
    response = client.get(reverse("admin:autocomplete"), {"term": term, **field})
    return [row["text"] for row in response.json()["results"]]


def test_autocomplete_names_a_person_with_masked_phone(office):
    UserFactory(display_name="陈示例", username="chen", phone="+8613800138000")

    found = search(
        office,
        "陈示例",
        app_label="communities",
        model_name="membership",
        field_name="user",
    )

    assert found == ["陈示例 138****8000 chen"]


def test_autocomplete_of_people_is_refused_to_the_committee(committee):
    response = committee.get(
        reverse("admin:autocomplete"),
        {
            "term": "示例",
            "app_label": "communities",
            "model_name": "membership",
            "field_name": "user",
        },
    )

    assert response.status_code == 403


def test_autocomplete_finds_a_community_by_initials(office):
    community = CommunityFactory(name="湖内社区")

    found = search(
        office,
        "hnsq",
        app_label="communities",
        model_name="membership",
        field_name="community",
    )

    assert found == [f"湖内社区（{community.subdistrict}）"]


@pytest.mark.parametrize("term", ["SLDZB", "shilidang", "示例党支部"])
def test_search_finds_an_organization_by_name_and_pinyin(office, term):
    organization = OrganizationFactory(name="示例党支部")

    response = office.get(
        reverse("admin:communities_organization_changelist"), {"q": term}
    )

    assert list(response.context["cl"].queryset) == [organization]


def test_paginator_counts_no_further_than_its_bound(monkeypatch):
    UserFactory.create_batch(4)
    monkeypatch.setattr(BoundedPaginator, "MOST", 3)
    paginator = BoundedPaginator(UserFactory._meta.model.objects.order_by("pk"), 2)

    assert (paginator.count, paginator.num_pages, paginator.is_cut) == (3, 2, True)
