"""The register of communities in the admin site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.admin.pages import admin_url
from tests.factories.communities import CommunityFactory

pytestmark = pytest.mark.django_db
LABEL = "communities.Community"


@pytest.fixture
def keeper(signed_in, committee_official):
    return signed_in(committee_official)


@pytest.fixture
def ended():
    return CommunityFactory(
        name="湖内社区",
        ends_on=timezone.localdate() - timedelta(days=1),
        successor=CommunityFactory(name="湖滨社区"),
    )


def test_search_box_says_which_community_ended(keeper, ended):
    query = {
        "term": "湖内",
        "app_label": "communities",
        "model_name": "membership",
        "field_name": "community",
    }

    response = keeper.get("/admin/autocomplete/", query)

    [found] = response.json()["results"]
    assert found["text"].endswith("已由湖滨社区承接")


def test_list_says_which_community_ended(keeper, ended):
    page = keeper.get(admin_url(LABEL, "changelist")).content.decode()

    assert page.count("已由湖滨社区承接") == 1


def test_end_and_successor_are_not_taken_from_the_form(keeper):
    community, other = CommunityFactory.create_batch(2)
    data = {
        "name": community.name,
        "official_name": "示例居委会",
        "kind": community.kind,
        "subdistrict": community.subdistrict_id,
        "ends_on": "2026-01-01",
        "successor": other.pk,
    }

    keeper.post(admin_url(LABEL, "change", community.pk), data)

    community.refresh_from_db()
    assert community.official_name == "示例居委会"
    assert (community.ends_on, community.successor) == (None, None)
