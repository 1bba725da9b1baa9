"""The report of leaders' links: one row a person, both links, masked names."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Community, LeaderLink, Organization
from reports.exports import LEADER_LINKS
from reports.queries import Filters
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)
from tests.reports.cells import cells_of, numbers

COMMUNITY, SECOND = LeaderLink.Slot


def in_office(leader, unit, title, **values):
    organization = OrganizationFactory(unit_name=unit)
    post = LeadingPostFactory(organization=organization, title=title, **values)
    LeaderTermFactory(post=post, leader=leader)
    return organization


@pytest.fixture
def linked(db):
    """A person with posts in two units, linked to a community and a market."""
    leader = LeaderFactory(name="林某示")
    in_office(leader, "区教育局", "局长")
    in_office(leader, "区卫健局", "副局长")
    in_office(leader, "区司法局", "局长", ends_on=date(2026, 1, 2))
    community = CommunityFactory(name="湖内社区")
    LeaderLinkFactory(leader=leader, slot=COMMUNITY, community=community)
    LeaderLinkFactory(
        leader=leader,
        slot=SECOND,
        community=None,
        label="示例市场",
        starts_on=date(2026, 2, 1),
    )
    return leader


def test_leader_cells_tell_all_posts_and_both_links(linked, office_official):
    [cells] = cells_of(LEADER_LINKS, office_official)

    street = Community.objects.get(name="湖内社区").subdistrict.name
    assert cells == [
        linked.pk,
        "林**",
        "区教育局局长、区卫健局副局长",
        street,
        "湖内社区",
        date(2026, 1, 1),
        None,
        "示例市场",
        date(2026, 2, 1),
        "双挂钩",
    ]


def test_leader_without_links_has_empty_cells(office_official):
    leader = LeaderFactory()
    in_office(leader, "区教育局", "局长")
    keys = ["first_street", "first", "second_street", "second", "link_state"]

    [cells] = cells_of(LEADER_LINKS, office_official, keys=keys)

    assert cells == [None, None, None, None, "未挂钩"]


def test_leader_names_come_out_in_an_unmasked_export(linked, office_official):
    rows = cells_of(LEADER_LINKS, office_official, keys=["name"], is_masked=False)

    assert rows == [["林某示"]]


def test_leaders_by_each_filter_hold_the_one_that_fits(linked, office_official):
    LeaderLinkFactory(leader=LeaderTermFactory().leader)
    link = linked.links.get(slot=COMMUNITY)
    organization = Organization.objects.get(unit_name="区卫健局")
    filters = [
        Filters(organization=organization),
        Filters(organization_text="区教育局"),
        Filters(street=link.community.subdistrict),
        Filters(community=link.community),
        Filters(state="linked_twice"),
    ]

    kept = [numbers(LEADER_LINKS, office_official, each) for each in filters]

    assert kept == [{linked.pk}] * len(filters)


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_export_all_leaders(role, linked):
    user = MembershipFactory(role=role).user

    assert numbers(LEADER_LINKS, user, Filters()) == {linked.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_leader_cells_take_two_queries_whatever_the_rows(count, office_official):
    for _each in range(count):
        LeaderLinkFactory(leader=LeaderTermFactory().leader)
    rows = LEADER_LINKS.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(LEADER_LINKS.cells(rows))

    assert len(cells) == count
    assert len([q for q in queries if "communities_leaderterm" in q["sql"]]) == 2
